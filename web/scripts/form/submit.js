import { answered, api, send } from "../api/client.js";
import { ProblemError } from "../api/problem.js";
import { settingsOf } from "../settings/choice.js";
import { draft, hasMaps, mostBytes, unpainted } from "./draft.js";

/** Starts what the form says. Returns the synthesis. */
export async function start(known, signal) {
  const form = new FormData();
  if (draft.styles.length === 0) {
    throw new ProblemError({ field: "style", detail: "Choose a style picture: the new picture is put together from pieces of it." });
  }
  const all = [draft.content, ...draft.styles, draft.initial].filter((f) => f !== null);
  if (all.reduce((sum, f) => sum + f.size, 0) > mostBytes) {
    throw new ProblemError({ field: "body", detail: "The pictures have more than 50 MB together. Save them smaller." });
  }
  if (unpainted() !== "") {
    throw new ProblemError({
      field: "styleMap", detail: `Nothing is painted over ${unpainted()}. Paint areas there too, or forget those that there are.`,
    });
  }
  let settings;
  try {
    settings = settingsOf(draft.choice, known, draft.content !== null);
  } catch (e) {
    throw new ProblemError({ field: "settings", detail: `The settings are no JSON: ${e.message}` });
  }
  // Texts first: they are refused before the pictures are read.
  form.append("settings", JSON.stringify(settings));
  if (draft.name.trim() !== "") {
    form.append("name", draft.name.trim());
  }
  if (draft.content) {
    form.append("content", draft.content, draft.content.name);
  }
  draft.styles.forEach((file) => form.append("style", file, file.name));
  if (draft.initial) {
    form.append("initial", draft.initial, draft.initial.name);
  }
  if (hasMaps()) {
    form.append("contentMap", draft.contentMap, "content-map.png");
    draft.styleMaps.forEach((map, i) => form.append("styleMap", map, `style-map-${i}.png`));
  }
  return (await answered(await send(api("syntheses"), { method: "POST", body: form, signal }))).data;
}
