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
  clearMaps();
}

/** One style picture more. */
export function addStyle(file) {
  draft.styles.push(file);
  draft.styleMaps.push(null);
}

/** One style picture less. */
export function removeStyle(index) {
  draft.styles.splice(index, 1);
  draft.styleMaps.splice(index, 1);
  if (draft.styles.length === 0) {
    draft.contentMap = null;
  }
}

/** Forgets what was painted. */
export function clearMaps() {
  draft.contentMap = null;
  draft.styleMaps = draft.styles.map(() => null);
}

/** True where areas were painted. */
export function hasMaps() {
  return draft.contentMap !== null && draft.styleMaps.length > 0 && draft.styleMaps.every((m) => m !== null);
}
