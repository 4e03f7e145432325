import { h, put } from "../dom/element.js";
import { offered, settingsOf } from "../settings/choice.js";
import { presetWords } from "../settings/presets.js";
import { sliders, switches } from "../settings/sliders.js";
import { draft } from "./draft.js";
import { Field } from "./field.js";
import { initial } from "./initial.js";
import { sliderControl } from "./slider.js";

/** Preset, sliders, and all else as JSON. */
export function options(known, signal) {
  const start = initial(signal);
  const fields = { ...start.fields };
  const sent = h("pre", { class: "code", tabIndex: 0, role: "region", "aria-label": "Settings that will be sent" });
  const changed = () => { sent.textContent = text(known); };

  const says = h("p", { id: "preset-says", class: "soft" }, presetWords[draft.choice.preset]?.[1] ?? "");
  const choices = Object.keys(known).map((name) => h("label", { class: "chip" },
    h("input", {
      type: "radio", name: "preset", value: name, checked: draft.choice.preset === name,
      onchange: () => {
        draft.choice.preset = name;
        says.textContent = presetWords[name]?.[1] ?? "";
        changed();
      },
    }),
    h("span", {}, presetWords[name]?.[0] ?? name)));
  const preset = h("fieldset", { class: "plain", "aria-describedby": "preset-says" },
    h("legend", {}, "Preset"), h("div", { class: "chips" }, choices), says);

  const controls = sliders.filter((s) => offered(s, known)).map((slider) => {
    const control = sliderControl(slider, draft.choice.sliders, changed);
    slider.fields.forEach((name) => { fields[name] = control.field; });
    control.element.dataset.slider = slider.name;
    return control.element;
  });
  const flips = switches.filter((s) => offered(s, known)).map((each) => flip(each, fields, changed));

  const seedField = fields.seed = new Field("seed");
  const seed = seedField.bind(h("input", {
    id: "seed", class: "input", inputmode: "numeric", pattern: "[0-9]*", placeholder: "0", value: draft.choice.seed, autocomplete: "off",
  }));
  seed.addEventListener("input", () => { draft.choice.seed = seed.value.replaceAll(/\D/g, ""); seedField.clear(); changed(); });

  const jsonField = new Field("json");
  const json = jsonField.bind(h("textarea", {
    id: "json", class: "input code-input", rows: 5, spellcheck: "false", autocomplete: "off", placeholder: "{\"coherence\": 0.02}",
    value: draft.choice.json,
  }));
  json.addEventListener("input", () => { draft.choice.json = json.value; jsonField.clear(); changed(); });
  const more = h("details", { class: "more", open: draft.choice.json !== "" || draft.initial !== null },
    h("summary", {}, "Advanced"),
    h("div", { class: "stack" },
      h("label", { for: "seed" }, "Seed – another one, another picture"), seed, seedField.problem,
      start.element,
      h("label", { for: "json" }, "Settings as JSON – these win over the sliders"), json, jsonField.problem,
      h("h3", {}, "Will be sent"), sent));

  function refresh() {
    const guided = draft.content !== null;
    controls.filter((c) => c.dataset.slider === "balance" || c.dataset.slider === "minimumFit").forEach((c) => { c.hidden = !guided; });
    flips.forEach((f) => { f.hidden = (f.dataset.guided === "true") !== guided; });
    changed();
  }

  refresh();
  return {
    fields, jsonField, refresh,
    /** Opens the fold where a problem is told that belongs to no slider. */
    unfold: () => { more.open = true; },
    element: put(h("div", { class: "options stack" }), preset, controls, flips, more),
  };
}

function flip(each, fields, changed) {
  const id = `switch-${each.name}`;
  const field = fields[each.name] = new Field(id);
  const input = field.bind(h("input", { id, type: "checkbox", checked: draft.choice.switches[each.name] }));
  input.addEventListener("change", () => { draft.choice.switches[each.name] = input.checked; field.clear(); changed(); });
  return h("div", { class: "flip", "data-guided": String(each.guided) }, h("label", { for: id }, input, h("span", {}, each.label)),
    field.problem);
}

function text(known) {
  try {
    return JSON.stringify(settingsOf(draft.choice, known, draft.content !== null), null, 2);
  } catch (e) {
    return `The JSON is not whole yet: ${e.message}`;
  }
}
