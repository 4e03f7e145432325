import { h, unique } from "./element.js";

/**
 * Shows a dialog that is in front of everything until it is closed.
 * @param {string} title what it is called
 * @param {(close: (result?: unknown) => void) => Node[]} content what is in it
 * @returns a promise of what it was closed with; undefined when it was left
 */
export function showDialog(title, content, className = "") {
  return new Promise((resolve) => {
    const id = unique("dialog");
    let result;
    const dialog = h("dialog", { class: `dialog ${className}`, "aria-labelledby": id });
    const close = (value) => {
      result = value;
      dialog.close();
    };
    dialog.append(h("h2", { id, class: "dialog-title" }, title), ...content(close));
    dialog.addEventListener("close", () => {
      removeEventListener("hashchange", leave);
      dialog.remove();
      resolve(result);
    });
    const leave = () => dialog.close();
    addEventListener("hashchange", leave);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks for a yes. */
export function confirmed(title, text, yes) {
  return showDialog(title, (close) => [
    h("p", {}, text),
    h("div", { class: "actions end" },
      h("button", { type: "button", class: "button", onclick: () => close(false) }, "Keep it"),
      h("button", { type: "button", class: "button danger", onclick: () => close(true) }, yes)),
  ]);
}
