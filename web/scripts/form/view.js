import { announce } from "../dom/announce.js";
import { h, put } from "../dom/element.js";
import { go } from "../router.js";
import { presets } from "../settings/presets.js";
import { areas } from "./areas.js";
import { draft } from "./draft.js";
import { Field } from "./field.js";
import { options } from "./options.js";
import { pictures } from "./pictures.js";
import { takeSamples } from "./sample.js";
import { start } from "./submit.js";

/** Two pictures in, one picture out: the form. */
export function formView(outlet, parts, signal) {
  const alert = h("div", { class: "alert", role: "alert", hidden: true });
  const settings = h("div", { class: "stack" });
  const startButton = h("button", { type: "submit", class: "button primary large" }, "Start");
  const guide = areas();
  const chosen = pictures(signal, () => { guide.refresh(); opts?.refresh(); showSample(); });
  const nameField = new Field("name");
  const name = nameField.bind(h("input", { id: "name", class: "input", value: draft.name, maxlength: 120, autocomplete: "off",
    placeholder: "as the content is called" }));
  name.addEventListener("input", () => { draft.name = name.value; nameField.clear(); });
  let opts = null;
  let known = null;

  const sample = h("button", { type: "button", class: "button quiet" }, "Try it with the sample pair");
  sample.addEventListener("click", () => attempt(async () => {
    await takeSamples(signal);
    startButton.focus();
    chosen.refresh();
    announce("The sample photograph and painting are chosen.");
  }));

  const showSample = () => { sample.hidden = draft.content !== null || draft.styles.length > 0; };
  showSample();

  const form = h("form", { class: "form", novalidate: true },
    h("div", { class: "form-pictures" }, chosen.element, sample,
      h("div", { class: "card form-extras" }, guide.element,
        h("div", { class: "name" }, h("h2", {}, h("label", { for: "name" }, "Name")), name, nameField.problem))),
    h("div", { class: "card form-settings" }, settings, alert, startButton));
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    attempt(begin);
  });

  outlet.append(
    h("div", { class: "hero" }, h("h1", { tabIndex: -1 }, "Two pictures in, one picture out"),
      h("p", { class: "lead" },
        "The layout of the first, put together from pieces of the second. Without the first, a texture of the second.")),
    form);
  attempt(async () => {
    known = await presets();
    opts = options(known, signal);
    put(settings, opts.element);
  });

  async function begin() {
    known ??= await presets();
    startButton.disabled = true;
    startButton.textContent = "Sending the pictures …";
    announce("Sending the pictures.");
    try {
      const synthesis = await start(known, signal);
      go(`/syntheses/${encodeURIComponent(synthesis.id)}`);
    } finally {
      startButton.disabled = false;
      startButton.textContent = "Start";
    }
  }

  async function attempt(act) {
    alert.hidden = true;
    try {
      await act();
    } catch (e) {
      if (!signal.aborted) {
        tell(e);
      }
    }
  }

  // Each problem where it belongs; the first gets the focus.
  function tell(error) {
    const fields = { ...chosen.fields, ...guide.fields, name: nameField, ...opts?.fields };
    const json = opts?.jsonField ?? null;
    const told = new Map();
    for (const { field, detail } of error.problems ?? [{ field: null, detail: error.message }]) {
      const place = placeOf(field, error, fields, json);
      const text = place === json && field !== "settings" ? `${field}: ${detail}` : detail;
      told.set(place, [...told.get(place) ?? [], text]);
    }
    for (const [place, texts] of told) {
      if (place === null) {
        put(alert, texts.join(" "));
        alert.hidden = false;
      } else {
        place.say(texts.join(" "));
      }
      if (place !== null && (place === json || place === fields.seed || place === fields.initial)) {
        opts.unfold();
      }
    }
    ([...told.keys()].find((place) => place !== null)?.control ?? startButton).focus();
    announce(error.message);
  }

  // What was written as JSON is wrong there, whatever slider it overrides.
  function placeOf(field, error, fields, json) {
    if (field !== null && json !== null && draft.choice.json.includes(`"${field}"`)) {
      return json;
    }
    return fields[field] ?? (field === "settings" || error.code === "settings" ? json : null);
  }
}
