import { h, put } from "../dom/element.js";
import { brief } from "../text/numbers.js";
import { term } from "../text/words.js";
import { curve } from "./curve.js";

/** The energies of a run, a curve a term, and the same as numbers. */
export function curves() {
  const charts = h("div", { class: "curves" });
  const table = h("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Energies as numbers" });
  const element = h("section", { class: "card", hidden: true },
    h("h2", {}, "Energies"),
    h("p", { class: "soft" },
      "What is minimised falls within a level; the next level is larger and begins anew. "
      + "Numbers below are levels; heights are logarithmic."),
    charts, h("details", { class: "more" }, h("summary", {}, "As numbers"), table));
  return {
    element,
    update(course, view) {
      const terms = course.terms();
      element.hidden = terms.length === 0;
      put(charts, terms.map((t) => curve(t, view.levels)));
      put(table, numbers(terms, view.levels));
    },
  };
}

function numbers(terms, levels) {
  const cell = (t, i) => {
    const own = t.points.filter((p) => p.level === i);
    return own.length === 0 ? "" : `${brief(own[0].value)} → ${brief(own.at(-1).value)}`;
  };
  return h("table", { class: "table" },
    h("caption", { class: "hidden-text" }, "Energies at start and end of each level"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Term"), levels.map((_, i) => h("th", { scope: "col" }, `Level ${i + 1}`)))),
    h("tbody", {}, terms.map((t) => h("tr", {}, h("th", { scope: "row" }, term(t.name)), levels.map((_, i) => h("td", {}, cell(t, i)))))));
}
