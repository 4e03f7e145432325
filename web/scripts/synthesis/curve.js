import { h, svg } from "../dom/element.js";
import { brief } from "../text/numbers.js";
import { term } from "../text/words.js";

const width = 320;
const height = 120;
const bottom = 18;
const top = 8;

/**
 * One energy term over all levels of a run.
 * @param {{name: string, points: {level: number, iteration: number, value: number}[]}} course
 * @param {{iterations: number}[]} levels as planned: each has its stretch of the axis
 */
export function curve(course, levels) {
  const lengths = levels.map((l) => Math.max(1, l.iterations));
  const starts = lengths.map((_, i) => lengths.slice(0, i).reduce((a, b) => a + b, 0));
  const all = lengths.reduce((a, b) => a + b, 0);
  const x = (level, iteration) => ((starts[level] + Math.min(iteration, lengths[level])) / all) * width;
  const y = scale(course.points.map((p) => p.value));
  const paths = levels.map((_, i) => {
    const own = course.points.filter((p) => p.level === i);
    return own.length === 0 ? null : own.length === 1
      ? svg("circle", { class: "curve-dot", cx: x(i, own[0].iteration), cy: y(own[0].value), r: 2.5 })
      : svg("path", { class: "curve-line",
        d: own.map((p, k) => `${k ? "L" : "M"}${x(i, p.iteration).toFixed(1)} ${y(p.value).toFixed(1)}`).join("") });
  });
  const last = course.points.at(-1);
  return h("figure", { class: "curve" },
    h("figcaption", {}, h("span", {}, term(course.name)), h("span", { class: "curve-now" }, brief(last.value))),
    svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": says(course, levels) },
      svg("line", { class: "curve-axis", x1: 0, x2: width, y1: height - bottom, y2: height - bottom }),
      levels.map((_, i) => [
        i === 0 ? null : svg("line", { class: "curve-edge", x1: x(i, 0), x2: x(i, 0), y1: 0, y2: height - bottom }),
        svg("text", { class: "curve-level", x: (x(i, 0) + x(i, lengths[i])) / 2, y: height - 4 }, lengths[i] / all > 0.05 ? String(i + 1)
          : ""),
      ]),
      paths,
      svg("circle", { class: "curve-dot", cx: x(last.level, last.iteration), cy: y(last.value), r: 3 })));
}

// Logarithmic: energies of different levels are of different size, and the first step of a level may be a wild one.
function scale(values) {
  const room = height - bottom - top;
  const positive = values.filter((v) => v > 0);
  const low = Math.min(...positive);
  const high = Math.max(...positive);
  return high > low ? (v) => top + room * (1 - Math.log(Math.max(v, low) / low) / Math.log(high / low)) : () => top + room / 2;
}

function says(course, levels) {
  const parts = levels.map((_, i) => {
    const own = course.points.filter((p) => p.level === i);
    return own.length === 0 ? null : `level ${i + 1} from ${brief(own[0].value)} to ${brief(own.at(-1).value)}`;
  });
  return `${term(course.name)}: ${parts.filter((p) => p !== null).join(", ")}`;
}
