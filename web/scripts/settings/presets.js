import { send } from "../api/client.js";

let loading = null;

/** Every preset's settings, by its name; which settings this server knows is read off them. */
export function presets() {
  loading ??= send("presets.json").then((answer) => answer.json()).catch((e) => {
    loading = null;
    throw e;
  });
  return loading;
}

/** What people are told of a preset. */
export const presetWords = {
  balanced: ["Balanced", "The best picture per second, with any features. Begin here."],
  paper: ["Paper", "The published text to the letter: noise, 35 copies of the style. Slow; wants VGG-19."],
  authors: ["Authors", "The run that its authors published. Slow; wants VGG-19."],
  "authors-cli": ["Authors, single", "Their single-run script: no copies of the style. Wants VGG-19."],
};
