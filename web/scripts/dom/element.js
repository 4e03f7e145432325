const properties = new Set(["value", "checked", "disabled", "hidden", "open", "selected", "multiple", "htmlFor", "tabIndex"]);

/**
 * Makes an element. Children are nodes or texts; a text is shown as it is and never becomes markup.
 * Names beginning with "on" are listeners; null, undefined and false are left out.
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Replaces what is in a node. */
export function put(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

/** A name for an id attribute that nothing else has. */
export function unique(stem) {
  return `${stem}-${++count}`;
}

let count = 0;

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value === null || value === undefined || (value === false && !properties.has(name))) {
      continue;
    } else if (properties.has(name)) {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...flat(children));
  return element;
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
