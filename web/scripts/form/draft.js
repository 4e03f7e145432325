import { freshChoice } from "../settings/choice.js";

/** Most style pictures of one synthesis. */
export const mostStyles = 16;

/** Largest body that the server takes, bytes. */
export const mostBytes = 50_000_000;

/** The synthesis that is being put together; it stays while other views are looked at. */
export const draft = {
  /** @type {File|null} */
  content: null,
  /** @type {File[]} */
  styles: [],
  /** @type {File|null} what to start from; else the settings say */
  initial: null,
  /** @type {Blob|null} */
  contentMap: null,
  /** @type {(Blob|null)[]} one for each style picture */
  styleMaps: [],
  name: "",
  choice: freshChoice(),
};

/** Another content picture, or none; what was painted over the old one goes. */
export function setContent(file) {
  draft.content = file;
  draft.contentMap = null;
}

/** One style picture more; nothing is painted over it yet. */
export function addStyle(file) {
  draft.styles.push(file);
  draft.styleMaps.push(null);
}

/** One style picture less, and what was painted over it. */
export function removeStyle(index) {
  draft.styles.splice(index, 1);
  draft.styleMaps.splice(index, 1);
}

/** Keeps what was painted over those pictures that are still chosen. @param {Map<File, Blob>} painted */
export function keepMaps(painted) {
  draft.contentMap = painted.get(draft.content) ?? draft.contentMap;
  draft.styleMaps = draft.styles.map((file, i) => painted.get(file) ?? draft.styleMaps[i]);
}

/** Forgets what was painted. */
export function clearMaps() {
  draft.contentMap = null;
  draft.styleMaps = draft.styles.map(() => null);
}

/** True where areas were painted over content or style. */
export function hasMaps() {
  return canHaveMaps() && maps().some((m) => m !== null);
}

/** True where there is something to paint over: areas are of content and style. */
export function canHaveMaps() {
  return draft.content !== null && draft.styles.length > 0;
}

/** The pictures over which nothing is painted although others have areas, in words; "" where there are none: all guide, or none does. */
export function unpainted() {
  const names = ["the content", ...draft.styles.map((_, i) => draft.styles.length > 1 ? `style ${i + 1}` : "the style")];
  const missing = hasMaps() ? names.filter((_, i) => maps()[i] === null) : [];
  return missing.length > 3 ? `${missing.length} of the pictures` : new Intl.ListFormat("en-GB").format(missing);
}

function maps() {
  return [draft.contentMap, ...draft.styleMaps];
}
