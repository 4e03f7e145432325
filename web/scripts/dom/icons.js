import { svg } from "./element.js";

const shapes = {
  picture: "M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15.5 9.5h.01",
  brush: "M14 4l6 6-8 8-4 2-2-2 2-4z M12 6l6 6",
  plus: "M12 5v14 M5 12h14",
  close: "M6 6l12 12 M18 6L6 18",
  undo: "M9 6L4 11l5 5 M4 11h10a5 5 0 0 1 0 10h-3",
  download: "M12 4v11 M7 11l5 5 5-5 M5 20h14",
};

/** A drawing beside a text that says the same: screen readers skip it. */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: shapes[name] }));
}
