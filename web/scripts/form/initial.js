import { announce } from "../dom/announce.js";
import { h, put } from "../dom/element.js";
import { icon } from "../dom/icons.js";
import { draft } from "./draft.js";
import { Field } from "./field.js";
import { thumb } from "./thumb.js";
import { dropZone, pasted } from "./tile.js";

/** The place for a picture to start from, for whoever has one. */
export function initial(signal) {
  const field = new Field("initial");
  const body = h("div", { class: "tile-body" });

  function show(focused) {
    const { zone, input } = dropZone({
      id: "initial-input", label: draft.initial ? "Another starting picture" : "Choose a starting picture", hint: "", small: true,
      take,
    });
    input.setAttribute("aria-describedby", "initial-says");
    field.bind(input);
    const remove = h("button", { type: "button", class: "button icon-button", "aria-label": "Remove the starting picture",
      title: "Remove the starting picture" }, icon("close"));
    remove.addEventListener("click", () => set(null, "The starting picture is removed."));
    put(body, draft.initial ? h("div", { class: "thumbs many" }, thumb(draft.initial, signal, remove)) : null, zone);
    if (focused) {
      input.focus();
    }
  }

  function take([file]) {
    set(file, `${file.name} is what the synthesis starts from.`);
  }

  function set(file, says) {
    draft.initial = file;
    field.clear();
    announce(says);
    show(true);
  }

  // Pasted here it is the starting picture, not another style.
  body.addEventListener("paste", (e) => {
    const files = pasted(e);
    if (files.length > 0) {
      e.preventDefault();
      e.stopPropagation();
      take(files);
    }
  });

  show(false);
  return {
    fields: { initial: field },
    element: h("div", { class: "stack" },
      h("label", { id: "initial-says", for: "initial-input" }, "Starting picture – else it starts as the settings say"), body, field.problem),
  };
}
