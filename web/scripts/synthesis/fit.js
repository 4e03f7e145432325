import { pictureIn } from "../api/pictures.js";
import { h, put } from "../dom/element.js";
import { percent } from "../text/numbers.js";

/** Whether content and style go together, where it was estimated. */
export function fit(signal) {
  const img = h("img", { class: "fit-map", alt: "Map of the content: where nothing of the style matches", hidden: true });
  const show = pictureIn(img, signal);
  const says = h("div", { class: "stack" });
  const element = h("section", { class: "card", hidden: true }, h("h2", {}, "Do the pictures go together?"),
    h("div", { class: "fit" }, img, says));
  let shown = "";
  return {
    element,
    async update({ fit: estimate, links, run }) {
      const key = `${run} ${JSON.stringify(estimate)}`;
      if (!estimate) {
        element.hidden = true;
        return;
      }
      if (key === shown) {
        return;
      }
      put(says, h("p", {}, estimate.advice), h("dl", { class: "facts" },
        fact("Fit", estimate.fit.toFixed(2)), fact("Patches with a good match", percent(estimate.coverage)),
        fact("Mean correlation", estimate.meanNcc.toFixed(2)), fact("Pasted as one piece", percent(estimate.copy))));
      element.hidden = false;
      if (links.fitMap) {
        // The map is written after the numbers, and may not be there.
        await show(links.fitMap).catch(() => {});
      }
      shown = key;
    },
  };
}

function fact(name, value) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}
