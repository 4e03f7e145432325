import { getJson } from "../api/client.js";
import { fileOf } from "../api/pictures.js";
import { choiceOf } from "../settings/choice.js";
import { presets } from "../settings/presets.js";
import { draft } from "./draft.js";

/** Fills the form with what a synthesis was made of. */
export async function fillAgain(self, signal) {
  const request = await getJson(`${self}/request`, signal);
  const known = await presets();
  const files = await Promise.all(request.inputs.map((i) => fileOf(i.self, i.fileName, signal)));
  const of = (role) => files.filter((_, i) => request.inputs[i].role === role);
  draft.content = of("content")[0] ?? null;
  draft.styles = of("style");
  draft.initial = of("initial")[0] ?? null;
  draft.contentMap = of("content-map")[0] ?? null;
  draft.styleMaps = draft.styles.map((_, i) => of("style-map")[i] ?? null);
  draft.name = request.name;
  const { initial, ...rest } = request.settings ?? {};
  // That a picture is given says it; so taking the picture away takes the setting with it.
  draft.choice = choiceOf(draft.initial || initial === undefined ? rest : { ...rest, initial }, known);
}
