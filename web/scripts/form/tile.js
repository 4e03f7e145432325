import { h } from "../dom/element.js";
import { icon } from "../dom/icons.js";

/** What the server can read. */
export const accepted = "image/png,image/jpeg,image/webp,image/gif,image/bmp,.png,.jpg,.jpeg,.webp,.gif,.bmp";

/**
 * A place for pictures: choose them, or drop them on it.
 * @param {{id: string, label: string, hint: string, multiple?: boolean, small?: boolean, take: (files: File[]) => void}} options
 */
export function dropZone({ id, label, hint, multiple = false, small = false, take }) {
  const input = h("input", { id, type: "file", class: "zone-input", accept: accepted, multiple, "aria-label": label });
  input.addEventListener("change", () => {
    if (input.files.length > 0) {
      take([...input.files]);
    }
  });
  const zone = h("div", { class: small ? "zone small" : "zone" }, input,
    h("div", { class: "zone-face", "aria-hidden": "true" }, icon(small ? "plus" : "picture"), h("strong", {}, label), small ? null
      : h("span", { class: "soft" }, hint)));
  zone.addEventListener("dragover", () => zone.classList.add("over"));
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (e) => {
    e.preventDefault();
    e.stopPropagation();
    zone.classList.remove("over");
    const files = [...e.dataTransfer.files];
    if (files.length > 0) {
      take(multiple ? files : files.slice(0, 1));
    }
  });
  return { zone, input };
}

/** The pictures that are pasted. */
export function pasted(e) {
  return [...(e.clipboardData?.files ?? [])].filter((f) => f.type.startsWith("image/"));
}
