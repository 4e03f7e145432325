import { copyable } from "../dom/copy.js";
import { h, put } from "../dom/element.js";
import { commandLine } from "../settings/commandLine.js";

/** The settings, to be copied. */
export function settings() {
  const body = h("div", { class: "stack" });
  const element = h("section", { class: "card", hidden: true }, h("h2", {}, "Settings"), body);
  return {
    element,
    show(request) {
      if (request.settings) {
        put(body, copyable("Command line", commandLine(request.inputs, request.settings)),
          copyable("JSON", JSON.stringify(request.settings, null, 2)));
        element.hidden = false;
      }
    },
  };
}
