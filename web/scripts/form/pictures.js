import { announce } from "../dom/announce.js";
import { h, put } from "../dom/element.js";
import { icon } from "../dom/icons.js";
import { addStyle, draft, mostStyles, removeStyle, setContent, unpainted } from "./draft.js";
import { Field } from "./field.js";
import { thumb } from "./thumb.js";
import { dropZone, pasted } from "./tile.js";

/** The two places for pictures. `changed` is called after each change. */
export function pictures(signal, changed) {
  const content = new Field("content");
  const style = new Field("style");
  const contentBody = h("div", { class: "tile-body" });
  const styleBody = h("div", { class: "tile-body" });

  function showContent() {
    const { zone, input } = dropZone({
      id: "content-input", label: draft.content ? "Choose another content" : "Choose the content",
      hint: "or drop or paste it here", small: draft.content !== null, take: takeContent,
    });
    content.bind(input);
    put(contentBody, draft.content
      ? [thumb(draft.content, signal,
        remove("Remove the content picture", () => { setContent(null); content.clear(); show(showContent, "content-input"); })), zone]
      : zone);
  }

  function showStyles() {
    const any = draft.styles.length > 0;
    const { zone, input } = dropZone({
      id: "style-input", label: any ? "Add another style" : "Choose the style",
      hint: "one picture, or several", multiple: true, small: any, take: takeStyles,
    });
    style.bind(input);
    const thumbs = draft.styles.map((file, i) => thumb(file, signal,
      remove(`Remove style picture ${i + 1}`, () => { removeStyle(i); style.clear(); show(showStyles, "style-input"); })));
    put(styleBody, any ? h("div", { class: draft.styles.length > 1 ? "thumbs many" : "thumbs" }, thumbs) : null,
      draft.styles.length < mostStyles ? zone : null);
  }

  function takeContent([file]) {
    setContent(file);
    content.clear();
    announce(`${file.name} is the content.${bare()}`);
    show(showContent, "content-input");
  }

  function takeStyles(files) {
    const room = mostStyles - draft.styles.length;
    const [added, left] = [files.slice(0, room), files.slice(room)];
    added.forEach(addStyle);
    style.clear();
    show(showStyles, "style-input");
    const full = left.length === 0 ? ""
      : ` At most ${mostStyles} style pictures are used together: remove some to add ${names(left)}.`;
    if (full) {
      style.say(full.trim());
    }
    announce(`${added.length > 0 ? `${names(added)} added as style.` : ""}${bare()}${full}`.trim());
  }

  // What was painted before says nothing about a new picture.
  function bare() {
    return unpainted() === "" ? "" : ` Areas are not painted over ${unpainted()} yet.`;
  }

  // What was not changed is left alone, and with it what people are about to do there.
  function show(part, focused) {
    part();
    changed();
    document.getElementById(focused)?.focus();
  }

  function refresh() {
    showContent();
    showStyles();
    changed();
  }

  document.addEventListener("paste", (e) => {
    const files = pasted(e);
    if (files.length > 0 && !document.querySelector("dialog[open]")) {
      e.preventDefault();
      // Where the focus is, unless the other place is still empty.
      const inStyle = styleBody.contains(document.activeElement);
      const inContent = contentBody.contains(document.activeElement);
      const toContent = draft.content === null ? !inStyle : inContent && draft.styles.length > 0;
      (toContent ? takeContent : takeStyles)(files);
    }
  }, { signal });

  showContent();
  showStyles();
  return {
    fields: { content, style },
    refresh,
    element: h("div", { class: "tiles" },
      tile("Content", "what the picture shows", contentBody, content),
      tile("Style", "what it is made of", styleBody, style)),
  };
}

function names(files) {
  return files.map((f) => f.name).join(", ");
}

function tile(title, says, body, field) {
  return h("section", { class: "card tile" }, h("h2", { class: "tile-title" }, title, h("span", { class: "soft" }, says)), body,
    field.problem);
}

function remove(label, act) {
  return h("button", { type: "button", class: "button icon-button", "aria-label": label, title: label, onclick: act }, icon("close"));
}
