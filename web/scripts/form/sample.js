import { fileOf } from "../api/pictures.js";
import { addStyle, draft, setContent } from "./draft.js";

/** Takes the pair that comes with the program. */
export async function takeSamples(signal) {
  const [content, style] = await Promise.all([
    fileOf("samples/photograph.jpg", "photograph.jpg", signal), fileOf("samples/painting.jpg", "painting.jpg", signal),
  ]);
  draft.styles = [];
  draft.styleMaps = [];
  setContent(content);
  addStyle(style);
}
