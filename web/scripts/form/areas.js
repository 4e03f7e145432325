import { announce } from "../dom/announce.js";
import { h, put } from "../dom/element.js";
import { icon } from "../dom/icons.js";
import { paint } from "../painter/painter.js";
import { canHaveMaps, clearMaps, draft, hasMaps, keepMaps, unpainted } from "./draft.js";
import { Field } from "./field.js";

/** Where areas are painted that guide which parts of the style go where. */
export function areas() {
  const field = new Field("areas");
  const says = h("p", { class: "soft" });
  const buttons = h("div", { class: "actions" });
  const open = h("button", { type: "button", class: "button" }, icon("brush"), h("span", {}, "Paint areas"));
  const clear = h("button", { type: "button", class: "button quiet" }, "Forget them");
  field.bind(open);
  put(buttons, open, clear);

  open.addEventListener("click", async () => {
    const painted = await paint(draft);
    if (painted) {
      keepMaps(painted);
      announce("The areas are kept and will be sent along.");
    }
    refresh();
  });
  clear.addEventListener("click", () => {
    clearMaps();
    refresh();
    open.focus();
  });

  function refresh() {
    const missing = unpainted();
    field.clear();
    open.disabled = !canHaveMaps();
    clear.hidden = !hasMaps();
    says.className = missing === "" ? "soft" : "note";
    says.textContent = missing !== "" ? `Areas are painted, but not over ${missing} yet.`
      : hasMaps() ? "Areas are painted: each takes its patches from the style's area of the same colour."
        : canHaveMaps() ? "Paint which parts of the content are to be made of which parts of the style."
          : "With a content and a style picture, you can paint which parts of one are made of which parts of the other.";
  }

  refresh();
  return {
    fields: { contentMap: field, styleMap: field },
    refresh,
    element: h("section", { class: "areas" }, h("h2", {}, "Areas"), says, buttons, field.problem),
  };
}
