import { h, unique } from "./element.js";

/**
 * Shows a dialog that is in front of everything until it is closed.
 * @param {string} title what it is called
 * @param {(close: (result?: unknown) => void, leave: () => void) => Node[]} content what is in it; leave() is what Escape does
 * @param {{className?: string, mayLeave?: () => Promise<boolean>, away?: () => unknown}} options mayLeave is asked before it is left
 * without an answer; away says what it is closed with when the view below it goes
 * @returns a promise of what it was closed with; undefined when it was left
 */
export function showDialog(title, content, { className = "", mayLeave = null, away = () => undefined } = {}) {
  return new Promise((resolve) => {
    const id = unique("dialog");
    let closed = mayLeave === null;
    let asking = false;
    let result;
    const dialog = h("dialog", { class: `dialog ${className}`, "aria-labelledby": id });
    const close = (value) => {
      closed = true;
      result = value;
      dialog.close();
    };
    const leave = async () => {
      if (mayLeave === null) {
        close();
      } else if (!asking) {
        asking = true;
        const may = await mayLeave();
        asking = false;
        if (may && !closed) {
          close();
        }
      }
    };
    dialog.append(h("h2", { id, class: "dialog-title" }, title), ...content(close, leave));
    const watch = mayLeave === null ? null : guard(dialog, leave);
    dialog.addEventListener("close", () => {
      if (!closed) {
        // Some ways to close are not to be held up, such as going back twice on a phone.
        dialog.showModal();
        leave();
        return;
      }
      removeEventListener("hashchange", gone);
      watch?.abort();
      dialog.remove();
      resolve(result);
    });
    const gone = () => close(away());
    addEventListener("hashchange", gone);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks for a yes; no is what is near. */
export function confirmed(title, text, yes, no = "Keep it") {
  return showDialog(title, (close) => [
    h("p", {}, text),
    h("div", { class: "actions end" },
      h("button", { type: "button", class: "button", onclick: () => close(false) }, no),
      h("button", { type: "button", class: "button danger", onclick: () => close(true) }, yes)),
  ]);
}

// A browser lets its cancel event be refused once only, and then closes: the key itself may be taken every time, wherever the focus is.
function guard(dialog, leave) {
  const over = new AbortController();
  addEventListener("keydown", (e) => {
    if (e.key === "Escape" && [...document.querySelectorAll("dialog[open]")].at(-1) === dialog) {
      e.preventDefault();
      // Held down it asks once.
      if (!e.repeat) {
        leave();
      }
    }
  }, { signal: over.signal });
  dialog.addEventListener("cancel", (e) => {
    if (e.cancelable) {
      e.preventDefault();
      leave();
    }
  });
  return over;
}
