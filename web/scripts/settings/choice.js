import { sliders, switches } from "./sliders.js";

/** What is chosen in the form before anything is. */
export function freshChoice() {
  return {
    preset: "balanced",
    sliders: Object.fromEntries(sliders.map((s) => [s.name, s.start])),
    switches: Object.fromEntries(switches.map((s) => [s.name, false])),
    seed: "",
    json: "",
  };
}

/**
 * The settings that a choice means; what is written as JSON wins over sliders.
 * @throws {SyntaxError} the JSON is none
 */
export function settingsOf(choice, presets, guided) {
  const preset = presets[choice.preset];
  const settings = { preset: choice.preset };
  for (const slider of sliders.filter((s) => offered(s, presets) && (guided || s.name !== "balance"))) {
    Object.assign(settings, slider.settings(choice.sliders[slider.name], preset));
  }
  for (const each of switches.filter((s) => offered(s, presets) && s.guided === guided)) {
    Object.assign(settings, each.settings(choice.switches[each.name]));
  }
  if (choice.seed !== "") {
    settings.seed = Number(choice.seed);
  }
  return Object.assign(settings, written(choice.json));
}

/** The choice that means given settings: sliders where they can say it, JSON for the rest. */
export function choiceOf(settings, presets) {
  const choice = freshChoice();
  const rest = { ...settings };
  choice.preset = rest.preset in presets ? rest.preset : choice.preset;
  delete rest.preset;
  const preset = presets[choice.preset];
  for (const [all, chosen] of [[sliders, choice.sliders], [switches, choice.switches]]) {
    for (const each of all) {
      for (const position of each.positions ?? [true]) {
        const means = each.settings(position, preset);
        const names = Object.keys(means);
        if (names.length > 0 && names.every((n) => n in rest && same(rest[n], means[n]))) {
          chosen[each.name] = position;
          names.forEach((n) => delete rest[n]);
          break;
        }
      }
    }
  }
  if (Number.isInteger(rest.seed)) {
    choice.seed = String(rest.seed);
    delete rest.seed;
  }
  choice.json = Object.keys(rest).length > 0 ? JSON.stringify(rest, null, 2) : "";
  return choice;
}

/** Whether this server knows what a control sets. */
export function offered(control, presets) {
  return !control.needs || control.needs in presets.balanced;
}

/** The object that a JSON text is. */
export function written(text) {
  if (text.trim() === "") {
    return {};
  }
  const value = JSON.parse(text);
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new SyntaxError("an object is expected, such as {\"seed\": 7}");
  }
  return value;
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
