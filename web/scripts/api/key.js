import { h, unique } from "../dom/element.js";
import { showDialog } from "../dom/dialog.js";

const place = "cnnmrf-function-key";
// What a header takes and keys are made of; with anything else the browser sends no request at all.
const possible = /^[\x21-\x7e]+$/;
let key = read();
let asking = null;

/** The function key, or null while none was asked for. It is kept as long as the tab is open. */
export function functionKey() {
  return key;
}

/**
 * Asks for the key, once for all who wait.
 * @param {string|null} refused the key that was not accepted
 * @returns true when there is another key to try
 */
export function askForKey(refused) {
  if (key !== refused) {
    return Promise.resolve(key !== null);
  }
  asking ??= ask(refused !== null).finally(() => { asking = null; });
  return asking;
}

async function ask(again) {
  const given = await showDialog("Function key", (close) => {
    const id = unique("key");
    const input = h("input", {
      id, type: "password", class: "input", required: true, autocomplete: "off", spellcheck: "false",
      "aria-describedby": `${id}-why`, "aria-invalid": again ? "true" : null,
    });
    const why = h("p", { id: `${id}-why`, class: again ? "error" : null, "aria-live": "polite" }, again
      ? "That key was not accepted. Look it up in the function app, under App keys."
      : "This server wants a key before it works. You find it in the function app, under App keys. It is kept until this tab is closed.");
    const take = (e) => {
      e.preventDefault();
      const text = input.value.trim();
      if (possible.test(text)) {
        close(text);
        return;
      }
      why.textContent = "That is no key: it has a space, an accent or a character that cannot be seen. "
        + "Copy it anew in the function app, under App keys.";
      why.className = "error";
      input.setAttribute("aria-invalid", "true");
      input.select();
    };
    return [
      why,
      h("form", { class: "stack", onsubmit: take },
        h("label", { for: id }, "Key"), input,
        h("div", { class: "actions end" },
          h("button", { type: "button", class: "button", onclick: () => close() }, "Not now"),
          h("button", { type: "submit", class: "button primary" }, "Use this key"))),
    ];
  });
  if (!given) {
    return false;
  }
  key = given;
  try {
    sessionStorage.setItem(place, given);
  } catch {
    // Without storage it is kept in this page only.
  }
  return true;
}

function read() {
  try {
    const kept = sessionStorage.getItem(place);
    return possible.test(kept ?? "") ? kept : null;
  } catch {
    return null;
  }
}
