import { getJson } from "../api/client.js";
import { save } from "../api/pictures.js";
import { h, put } from "../dom/element.js";
import { press } from "../dom/press.js";
import { percent } from "../text/numbers.js";
import { duration, moment } from "../text/times.js";
import { fileName } from "../text/words.js";

/**
 * What a finished run tells about itself.
 * @param {AbortSignal} signal of the view
 * @param {{begins: () => void, failed: (error: Error) => void}} on a button was pressed; it did not work
 */
export function summary(signal, on) {
  const element = h("div", { class: "stack" });
  let shown = "";
  return {
    element,
    async update(view) {
      const key = `${view.run} ${view.status}`;
      if (key === shown) {
        return;
      }
      element.hidden = view.status !== "completed";
      if (view.status === "completed") {
        const report = await getJson(view.links.report, signal);
        put(element,
          h("dl", { class: "facts" }, facts(view, report).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
          press(h("button", { type: "button", class: "button small" }, "Report as JSON"),
            () => save(view.links.report, fileName(`${view.name} report`, "json"), signal), signal, on));
      }
      shown = key;
    },
  };
}

function facts(view, report) {
  return [
    ["Size", `${view.size.width} × ${view.size.height} px`],
    ["Computed in", duration(report.seconds)],
    ["Features", report.weights],
    ["Device", report.device],
    typeof report.matches?.copy === "number" ? ["Pasted as one piece", percent(report.matches.copy)] : null,
    report.matches?.mirroredStyles?.length ? ["Also mirrored", styles(report.matches.mirroredStyles)] : null,
    ["Finished", moment(report.finishedAt)],
  ].filter((f) => f !== null);
}

function styles(numbers) {
  return `${numbers.length > 1 ? "styles" : "style"} ${numbers.join(", ")}`;
}
