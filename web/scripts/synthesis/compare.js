import { h } from "../dom/element.js";

/** Two pictures over each other with an edge between them that is moved by pointer or keyboard. */
export function compare(before, after, beforeSays, afterSays) {
  const input = h("input", {
    type: "range", class: "compare-input", min: 0, max: 100, step: 1,
      "aria-label": `How much of the ${beforeSays} is seen beside the ${afterSays}`,
  });
  const element = h("div", { class: "compare" }, before, h("div", { class: "compare-after" }, after),
    h("span", { class: "compare-edge", "aria-hidden": "true" }),
    h("span", { class: "compare-label left", "aria-hidden": "true" }, beforeSays),
    h("span", { class: "compare-label right", "aria-hidden": "true" }, afterSays), input);
  const show = () => {
    element.style.setProperty("--edge", `${input.value}%`);
    input.setAttribute("aria-valuetext", `${input.value} % ${beforeSays}`);
  };
  input.value = 50;
  input.addEventListener("input", show);
  show();
  return element;
}
