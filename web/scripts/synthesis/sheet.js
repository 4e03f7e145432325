import { pictureIn, save } from "../api/pictures.js";
import { showDialog } from "../dom/dialog.js";
import { h } from "../dom/element.js";

/** Inputs, levels and result on one picture, in front of everything. */
export async function showSheet(path, name, signal) {
  const over = new AbortController();
  const img = h("img", { class: "sheet-picture", alt: "Inputs, levels and result on one sheet", hidden: true });
  await pictureIn(img, AbortSignal.any([signal, over.signal]))(path);
  await showDialog("Sheet", (close) => [
    h("div", { class: "sheet-frame", tabIndex: 0, role: "region", "aria-label": "Sheet" }, img),
    h("div", { class: "actions end" },
      h("button", { type: "button", class: "button", onclick: () => save(path, name, signal) }, "Download"),
      h("button", { type: "button", class: "button primary", onclick: () => close() }, "Close")),
  ], { className: "wide" });
  over.abort();
}
