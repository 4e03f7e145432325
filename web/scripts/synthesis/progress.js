import { h, put } from "../dom/element.js";
import { duration } from "../text/times.js";

const phases = {
  preparing: "A worker reads the pictures and the style's patches, or is still busy with another picture.",
  fitting: "It looks whether the pictures go together.",
  finishing: "It makes the picture of this level.",
};

/** How far it is, in words and as a bar. */
export function progress() {
  const bar = h("progress", { max: 100, class: "progress", "aria-label": "Progress" });
  const number = h("p", { class: "big-number" });
  const line = h("p", {});
  const rest = h("p", { class: "soft" });
  const element = h("div", { class: "stack progress-box" }, number, bar, line, rest);
  return {
    element,
    update(view, phase) {
      const done = Math.floor(view.percent);
      bar.value = done;
      bar.textContent = `${done} %`;
      put(number, `${done}`, h("span", {}, " %"));
      line.textContent = view.level === 0 ? "Waiting for its turn"
        : `Level ${view.level} of ${view.levels.length}, iteration ${view.iteration} of ${view.iterations}`;
      rest.textContent = [
        view.level > 0 ? phases[view.iteration === 0 ? "preparing" : phase] ?? null : null,
        view.etaSeconds ? `About ${duration(view.etaSeconds)} left.` : null,
      ].filter((t) => t !== null).join(" ");
    },
  };
}
