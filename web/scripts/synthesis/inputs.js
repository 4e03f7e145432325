import { pictureIn } from "../api/pictures.js";
import { h, put } from "../dom/element.js";

const roles = { content: "Content", style: "Style", "content-map": "Areas of the content", "style-map": "Areas of the style",
  initial: "Start" };

/** The pictures that it was asked with. */
export function inputs(signal) {
  const list = h("ul", { class: "inputs", role: "list" });
  const element = h("section", { class: "card", hidden: true }, h("h2", {}, "Made from"), list);
  return {
    element,
    show(request) {
      put(list, request.inputs.map((input) => {
        const img = h("img", { alt: "", class: "input-picture", hidden: true });
        pictureIn(img, signal)(input.self).catch(() => {});
        return h("li", {}, h("div", { class: "level-frame" }, img), h("strong", {}, roles[input.role] ?? input.role),
          h("span", { class: "soft name" }, input.fileName));
      }));
      element.hidden = request.inputs.length === 0;
    },
  };
}
