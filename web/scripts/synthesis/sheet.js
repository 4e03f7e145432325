import { pictureIn, save } from "../api/pictures.js";
import { showDialog } from "../dom/dialog.js";
import { h, put } from "../dom/element.js";
import { press } from "../dom/press.js";

/** Inputs, levels and result on one picture, in front of everything. */
export async function showSheet(path, name, signal) {
  const over = new AbortController();
  const img = h("img", { class: "sheet-picture", alt: "Inputs, levels and result on one sheet", hidden: true });
  await pictureIn(img, AbortSignal.any([signal, over.signal]))(path);
  const alert = h("div", { class: "alert", role: "alert", hidden: true });
  const download = press(h("button", { type: "button", class: "button" }, "Download"), () => save(path, name, signal), signal, {
    begins: () => { alert.hidden = true; },
    failed: (e) => {
      put(alert, e.message);
      alert.hidden = false;
    },
  });
  await showDialog("Sheet", (close) => [
    h("div", { class: "sheet-frame", tabIndex: 0, role: "region", "aria-label": "Sheet" }, img),
    alert,
    h("div", { class: "actions end" }, download,
      h("button", { type: "button", class: "button primary", onclick: () => close() }, "Close")),
  ], { className: "wide" });
  over.abort();
}
