/**
 * Shows the view that the address names, and ends the one before.
 * @param {{pattern: RegExp, view: Function, section: string}[]} routes the first that fits; view(outlet, parts, signal, query)
 * @param {HTMLElement} outlet
 */
export function route(routes, outlet) {
  let leave = new AbortController();
  let first = true;
  const show = () => {
    leave.abort();
    leave = new AbortController();
    const [path, query] = location.hash.replace(/^#/, "").split("?");
    const found = routes.map((r) => ({ ...r, match: r.pattern.exec(path || "/") })).find((r) => r.match);
    const { view, match, section } = found ?? { view: nothing, match: [path], section: "" };
    outlet.replaceChildren();
    view(outlet, match.slice(1).map(decoded), leave.signal, new URLSearchParams(query ?? ""));
    for (const link of document.querySelectorAll("[data-section]")) {
      link.toggleAttribute("aria-current", link.dataset.section === section);
      if (link.dataset.section === section) {
        link.setAttribute("aria-current", "page");
      }
    }
    const heading = outlet.querySelector("h1");
    document.title = heading ? `${heading.textContent} – CnnMrf` : "CnnMrf";
    if (!first) {
      scrollTo(0, 0);
      heading?.focus({ preventScroll: true });
    }
    first = false;
  };
  addEventListener("hashchange", show);
  show();
}

/** Goes to a view. */
export function go(path) {
  location.hash = `#${path}`;
}

/** The address of a synthesis's view. */
export function synthesisAt(id) {
  return `#/syntheses/${encodeURIComponent(id)}`;
}

/** The address of a batch's view. */
export function batchAt(name) {
  return `#/batches/${encodeURIComponent(name)}`;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function nothing(outlet) {
  const heading = document.createElement("h1");
  heading.tabIndex = -1;
  heading.textContent = "There is nothing at this address";
  const text = document.createElement("p");
  const link = document.createElement("a");
  link.href = "#/";
  link.textContent = "Begin with two pictures";
  text.append(link);
  outlet.append(heading, text);
}
