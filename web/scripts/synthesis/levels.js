import { pictureIn } from "../api/pictures.js";
import { h, put } from "../dom/element.js";
import { duration } from "../text/times.js";
import { ended } from "../text/words.js";

/** The levels of a run, coarsest first, each with its picture as it grows. */
export function levels(signal) {
  const list = h("ol", { class: "levels", role: "list" });
  const element = h("section", { class: "card", hidden: true }, h("h2", {}, "Level by level"), list);
  let run = 0;
  let items = [];

  function make(count) {
    items = Array.from({ length: count }, (_, i) => {
      const img = h("img", { class: "level-picture", alt: `The picture at level ${i + 1}`, hidden: true });
      return { img, show: pictureIn(img, signal), says: h("span", { class: "soft" }), done: false };
    });
    put(list, items.map((item, i) => item.element = h("li", { class: "level" },
      h("div", { class: "level-frame" }, item.img), h("strong", {}, `Level ${i + 1}`), item.says)));
  }

  return {
    element,
    async update(view) {
      if (view.run !== run || view.levels.length !== items.length) {
        run = view.run;
        make(view.levels.length);
      }
      element.hidden = items.length === 0;
      for (const [i, level] of view.levels.entries()) {
        const item = items[i];
        const current = view.status === "running" && i + 1 === view.level;
        item.element.classList.toggle("current", current);
        item.says.textContent = `${level.width} × ${level.height}${level.seconds ? ` · ${duration(level.seconds)}` : ""}`;
        if (level.preview && !item.done) {
          await item.show(level.preview);
          item.done = i + 1 < view.level || ended(view.status);
        }
      }
    },
    /** The newest picture of any level, to be shown large. */
    newest: () => items.findLast((i) => !i.img.hidden)?.img.src ?? null,
  };
}
