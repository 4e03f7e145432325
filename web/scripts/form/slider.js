import { h } from "../dom/element.js";
import { Field } from "./field.js";

/** A slider with words at its ends and what it stands at. */
export function sliderControl(slider, chosen, changed) {
  const id = `slider-${slider.name}`;
  const field = new Field(id);
  const says = h("output", { class: "slider-says", for: id });
  const input = field.bind(h("input", { id, type: "range", class: "range", min: 0, max: slider.positions.length - 1, step: 1 }));
  const show = () => {
    const position = slider.positions[input.value];
    says.textContent = slider.say(position);
    input.setAttribute("aria-valuetext", slider.say(position));
    input.style.setProperty("--at", `${100 * input.value / (slider.positions.length - 1)}%`);
  };
  input.value = Math.max(0, slider.positions.indexOf(chosen[slider.name]));
  input.addEventListener("input", () => {
    chosen[slider.name] = slider.positions[input.value];
    field.clear();
    show();
    changed();
  });
  show();
  return {
    field,
    element: h("div", { class: "slider" },
      h("div", { class: "slider-head" }, h("label", { for: id }, slider.label), says), input,
      h("div", { class: "slider-ends", "aria-hidden": "true" }, h("span", {}, slider.low), h("span", {}, slider.high)), field.problem),
  };
}
