import { send } from "../api/client.js";
import { save } from "../api/pictures.js";
import { announce } from "../dom/announce.js";
import { confirmed } from "../dom/dialog.js";
import { h, put } from "../dom/element.js";
import { icon } from "../dom/icons.js";
import { press } from "../dom/press.js";
import { fillAgain } from "../form/again.js";
import { go } from "../router.js";
import { ended, fileName } from "../text/words.js";
import { showSheet } from "./sheet.js";

/**
 * What can be done with a synthesis; buttons come and go with where it stands, and keep the focus while they stay.
 * @param {AbortSignal} signal of the view
 * @param {{begins: () => void, again: () => void, failed: (error: Error) => void}} on a button was pressed; it is worth looking anew;
 * what was asked for was refused
 */
export function actions(signal, on) {
  const element = h("div", { class: "actions" });
  let shown = "";

  return {
    element,
    update(view) {
      const key = `${view.run} ${view.status}`;
      if (key === shown) {
        return;
      }
      shown = key;
      const hadFocus = element.contains(document.activeElement);
      put(element, buttons(view));
      if (hadFocus) {
        element.querySelector("button")?.focus();
      }
    },
  };

  function buttons(view) {
    const { links } = view;
    return ended(view.status) ? [
      links.result && button("Download", "primary", () => save(links.result, fileName(view.name, "png"), signal), "download"),
      links.sheet && button("Sheet", "", () => showSheet(links.sheet, fileName(`${view.name} sheet`, "png"), signal)),
      button("Again with …", links.result ? "" : "primary", async () => {
        await fillAgain(links.self, signal);
        go("/");
        announce("The form holds the same pictures and settings.");
      }),
      button("Retry", "", async () => {
        await send(links.retry, { method: "POST", signal });
        announce("Another run begins.");
        on.again();
      }),
      button("Delete", "quiet", async () => {
        if (await confirmed("Delete this synthesis?", "Its pictures, result and numbers are removed for good.", "Delete it")) {
          await purge(links.purge);
          announce("It is removed.");
          go("/syntheses");
        }
      }),
    ] : [
      button("Cancel", "", async () => {
        await send(links.cancel, { method: "DELETE", signal });
        announce("It will end soon.");
        on.again();
      }),
    ];
  }

  // Just after it has ended, its workflow or a worker may not have let go of it.
  async function purge(path) {
    for (let left = 15; ; left--) {
      try {
        await send(path, { method: "DELETE", signal });
        return;
      } catch (e) {
        if (e.status !== 409 || left === 0) {
          throw e;
        }
        await new Promise((resolve) => { setTimeout(resolve, 2000); });
      }
    }
  }

  function button(text, kind, act, drawing) {
    const element = h("button", { type: "button", class: `button ${kind}` }, drawing ? icon(drawing) : null, h("span", {}, text));
    return press(element, act, signal, on);
  }
}
