import { announce } from "../dom/announce.js";
import { confirmed, showDialog } from "../dom/dialog.js";
import { h } from "../dom/element.js";
import { icon } from "../dom/icons.js";
import { board } from "./board.js";
import { openMap, toPng } from "./maps.js";
import { Palette } from "./palette.js";

/**
 * Lets people paint areas over content and styles.
 * @param draft the pictures and what was painted before
 * @returns {Promise<Map<File, Blob>|undefined>} what is painted over each picture; undefined when it was left
 */
export async function paint(draft) {
  const palette = new Palette();
  const pictures = [draft.content, ...draft.styles];
  const painted = [draft.contentMap, ...draft.styleMaps];
  let maps;
  try {
    maps = await Promise.all(pictures.map((p, i) => openMap(p, painted[i], palette)));
  } catch {
    await showDialog("Paint areas", (close) => [
      h("p", { class: "error" }, "One of the pictures cannot be shown by this browser. Save it as PNG or JPEG, and choose it again."),
      h("div", { class: "actions end" }, h("button", { type: "button", class: "button primary", onclick: () => close() }, "Back"))]);
    return undefined;
  }

  const before = maps.map((m) => m.labels.cells.slice());
  const changed = () => maps.some((m, i) => m.labels.cells.some((c, at) => c !== before[i][at]));
  let keeping = false;
  const files = async () => {
    const all = await Promise.all(maps.map((m) => toPng(m, palette)));
    return new Map(pictures.map((p, i) => [p, all[i]]));
  };
  return showDialog("Paint areas", (close, leave) => content(maps, palette, () => {
    keeping = true;
    files().then(close);
  }, leave), {
    className: "painter",
    mayLeave: async () => !keeping && (!changed() || await confirmed("Leave without keeping this?",
      "What you painted since you opened it is lost then. What was kept before stays.", "Leave without keeping", "Keep painting")),
    // Nobody can be asked any more, and areas that are not wanted are forgotten with a click.
    away: () => changed() ? files() : undefined,
  });
}

function content(maps, palette, keep, leave) {
  const brush = { label: 1, size: 0.12 };
  const strokes = [];
  const warning = h("p", { class: "painter-warning", role: "status" });
  const boards = maps.map((map, i) => board(name(i, maps.length), map, palette, brush, () => { strokes.push(i); refresh(); }));
  const undo = h("button", { type: "button", class: "button", onclick: back }, icon("undo"), h("span", {}, "Undo"));
  const size = h("input", { id: "brush-size", type: "range", class: "range", min: 2, max: 60, step: 1, value: brush.size * 100 });
  const sizeSays = h("output", { for: "brush-size" });

  function back() {
    const i = strokes.pop();
    if (i !== undefined && boards[i].labels.undo()) {
      boards[i].draw();
      announce("The last stroke is taken back.");
    }
    refresh();
  }

  function change(i, act) {
    boards[i].labels.mark();
    act(boards[i].labels);
    boards[i].draw();
    strokes.push(i);
    refresh();
  }

  function refresh() {
    // A board remembers so many strokes only.
    undo.disabled = !strokes.some((i) => boards[i].labels.before.length > 0);
    warning.textContent = advice(boards.map((b) => b.labels.used()), palette);
    sizeSays.textContent = `${Math.round(brush.size * 100)} % of the picture`;
    size.setAttribute("aria-valuetext", sizeSays.textContent);
    size.style.setProperty("--at", `${((size.value - 2) / 58) * 100}%`);
  }

  const choices = palette.classes.map((each, i) => h("label", { class: "swatch", title: i === 0 ? "Eraser" : each.name },
    h("input", { type: "radio", name: "area", value: i, checked: i === brush.label, onchange: () => { brush.label = i; } }),
    h("span", { class: i === 0 ? "swatch-colour eraser" : "swatch-colour", "data-colour": each.colour }),
    h("span", { class: "swatch-name" }, i === 0 ? "eraser" : each.name)));
  for (const swatch of choices) {
    const colour = swatch.querySelector(".swatch-colour");
    colour.style.setProperty("--swatch", colour.dataset.colour);
  }
  size.addEventListener("input", () => { brush.size = size.value / 100; refresh(); });

  const body = h("div", { class: "painter-body" },
    h("p", { id: "painter-help", class: "soft" },
      "Each colour is an area: what is red in the content is made of what is red in the style. What is not painted is an area too. "
      + "Keys: 1 to 6 choose a colour, 0 the eraser, [ and ] the brush; arrows move it, the space bar paints, "
      + "Shift with arrows paints along."),
    h("div", { class: "painter-tools" },
      h("fieldset", { class: "plain swatches" }, h("legend", {}, "Paint with"), choices),
      h("div", { class: "brush" }, h("div", { class: "slider-head" }, h("label", { for: "brush-size" }, "Brush"), sizeSays), size),
      undo),
    h("div", { class: "boards" }, boards.map((each, i) => {
      each.element.append(h("div", { class: "actions" },
        h("button", { type: "button", class: "button small", onclick: () => change(i, (l) => l.fillRest(brush.label)),
          "aria-label": `Fill the rest of ${name(i, maps.length)}` }, "Fill the rest"),
        h("button", { type: "button", class: "button small", onclick: () => change(i, (l) => l.clear()),
          "aria-label": `Clear ${name(i, maps.length)}` }, "Clear")));
      return each.element;
    })),
    warning,
    h("div", { class: "actions end" },
      h("button", { type: "button", class: "button", onclick: leave }, "Leave"),
      h("button", { type: "button", class: "button primary", onclick: keep }, "Keep these areas")));
  body.addEventListener("keydown", (e) => {
    if (e.key === "z" && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      back();
    } else if (/^[0-9]$/.test(e.key) && !e.ctrlKey && !e.altKey && !e.metaKey && Number(e.key) < choices.length) {
      choices[e.key].querySelector("input").click();
      announce(`${e.key === "0" ? "The eraser" : palette.classes[e.key].name} is chosen.`);
    } else if (e.key === "[" || e.key === "]") {
      size.value = Number(size.value) + (e.key === "]" ? 3 : -3);
      brush.size = size.value / 100;
      refresh();
      boards.forEach((b) => b.draw());
    }
  });
  refresh();
  return [body];
}

// An area of the content that no style has cannot be made of anything.
function advice([ofContent, ...ofStyles], palette) {
  const missing = [...ofContent].filter((c) => !ofStyles.some((s) => s.has(c)));
  if (ofContent.size === 1 && ofContent.has(0)) {
    return "Nothing is painted over the content yet.";
  }
  return missing.length === 0 ? "Every area of the content has one in the style."
    : `In no style, but in the content: ${missing.map((c) => palette.classes[c].name).join(", ")}. Paint it there too.`;
}

function name(i, count) {
  return i === 0 ? "Content" : count > 2 ? `Style ${i}` : "Style";
}
