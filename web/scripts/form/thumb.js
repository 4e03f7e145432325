import { h } from "../dom/element.js";
import { bytes } from "../text/numbers.js";

/**
 * A picture that was chosen, with its name and size.
 * @param {File} file
 * @param {AbortSignal} signal of the view; the picture's address is given back then
 */
export function thumb(file, signal, ...actions) {
  const url = URL.createObjectURL(file);
  signal.addEventListener("abort", () => URL.revokeObjectURL(url));
  const facts = h("span", { class: "soft" }, bytes(file.size));
  const img = h("img", { alt: "", class: "thumb-picture" });
  const frame = h("div", { class: "thumb-frame" }, img);
  img.addEventListener("load", () => { facts.textContent = `${img.naturalWidth} × ${img.naturalHeight} · ${bytes(file.size)}`; });
  img.addEventListener("error", () => {
    img.hidden = true;
    frame.append(h("span", { class: "soft" }, "This browser cannot show it."));
  });
  img.src = url;
  return h("figure", { class: "thumb" }, frame,
    h("figcaption", { class: "thumb-caption" }, h("span", { class: "thumb-name" }, file.name), facts),
    h("div", { class: "thumb-actions" }, ...actions));
}
