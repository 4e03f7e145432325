import { pictureIn } from "../api/pictures.js";
import { h, put } from "../dom/element.js";
import { ended } from "../text/words.js";
import { compare } from "./compare.js";

/** The picture: as it grows, and at the end beside what it was made from. */
export function stage(signal) {
  const growing = h("img", { class: "stage-picture", alt: "The picture as it is now", hidden: true });
  const waiting = h("p", { class: "soft stage-wait" }, "The first picture comes in a moment.");
  const element = h("div", { class: "stage" }, growing, waiting);
  const faint = h("img", { class: "stage-picture stage-faint", alt: "", hidden: true });
  const begin = h("div", { class: "stage-begin" }, faint, waiting);
  let shown = "";

  return {
    element,
    async update(view, request, newest) {
      if (view.size) {
        element.style.setProperty("--ratio", `${view.size.width} / ${view.size.height}`);
        element.style.setProperty("--shape", String(view.size.width / view.size.height));
      }
      const key = `${view.run} ${view.status === "completed"}`;
      if (view.status === "completed" && key !== shown) {
        await finish(view, request);
      } else if (view.status !== "completed") {
        if (shown !== key) {
          put(element, growing, begin);
          await backdrop(request);
        }
        growing.hidden = newest === null;
        begin.hidden = newest !== null;
        waiting.textContent = ended(view.status) ? "There is no picture." : "The first picture comes in a moment.";
        growing.alt = ended(view.status) ? "The picture as it was when it ended" : "The picture as it is now";
        if (newest !== null) {
          growing.src = newest;
        }
      }
      shown = key;
    },
  };

  // Before there is anything else to see, it is what the picture begins with.
  async function backdrop(request) {
    const content = request?.inputs.find((i) => i.role === "content");
    if (content) {
      await pictureIn(faint, signal)(content.self);
    }
  }

  async function finish(view, request) {
    const result = h("img", { class: "stage-picture", alt: `Result: ${view.name}` });
    const content = request?.inputs.find((i) => i.role === "content");
    await pictureIn(result, signal)(view.links.result);
    if (!content) {
      put(element, result);
      return;
    }
    const before = h("img", { class: "stage-picture", alt: `Content: ${content.fileName}` });
    await pictureIn(before, signal)(content.self);
    put(element, compare(before, result, "content", "result"));
  }
}
