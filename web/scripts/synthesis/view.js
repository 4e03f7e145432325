import { answered, api, getJson, send } from "../api/client.js";
import { poll } from "../api/poll.js";
import { announce } from "../dom/announce.js";
import { h, put } from "../dom/element.js";
import { ago, moment } from "../text/times.js";
import { ended, states } from "../text/words.js";
import { actions } from "./actions.js";
import { Course } from "./course.js";
import { curves } from "./curves.js";
import { fit } from "./fit.js";
import { inputs } from "./inputs.js";
import { levels } from "./levels.js";
import { progress } from "./progress.js";
import { settings } from "./settings.js";
import { stage } from "./stage.js";
import { summary } from "./summary.js";

/** One synthesis: the picture as it grows, and what became of it. */
export function synthesisView(outlet, [id], signal) {
  const self = api(`syntheses/${encodeURIComponent(id)}`);
  const title = h("h1", { tabIndex: -1 }, "Synthesis");
  const pill = h("span", { class: "pill", role: "status" });
  const facts = h("span", { class: "soft" });
  const alert = h("div", { class: "alert", role: "alert", hidden: true });
  const words = h("div", { class: "stack" });
  const parts = {
    stage: stage(signal), progress: progress(), summary: summary(signal, { begins: forgive, failed: tell }), levels: levels(signal), curves: curves(), fit: fit(signal),
    inputs: inputs(signal), settings: settings(),
  };
  const course = new Course(signal);
  const buttons = actions(signal, { begins: forgive, again: follow, failed: tell });
  const side = h("div", { class: "card side" }, words, parts.progress.element, parts.summary.element, buttons.element, alert);
  const body = h("div", { class: "synthesis", hidden: true },
    h("div", { class: "synthesis-main" }, parts.stage.element, side),
    parts.levels.element, parts.fit.element, parts.curves.element,
    h("div", { class: "pair" }, parts.inputs.element, parts.settings.element));
  const lost = h("div", { class: "alert", role: "alert", hidden: true });
  outlet.append(
    h("div", { class: "view-head" }, h("a", { class: "back", href: "#/syntheses" }, "Gallery"), title,
      h("div", { class: "head-line" }, pill, facts)),
    lost, body);
  let request = null;
  let following = new AbortController();
  let before = { status: "", run: 0 };
  follow();

  // Looks until it has ended; anew after a retry or a cancellation.
  function follow() {
    following.abort();
    following = new AbortController();
    poll(look, failed, AbortSignal.any([signal, following.signal]));
  }

  async function look() {
    const { data: view, retryAfter } = await answered(await send(self, { signal }));
    lost.hidden = true;
    if (request === null) {
      request = await getJson(`${self}/request`, signal);
      parts.inputs.show(request);
      parts.settings.show(request);
    }
    head(view);
    body.hidden = false;
    await parts.levels.update(view);
    await parts.stage.update(view, request, parts.levels.newest());
    const changed = await course.follow(view);
    const phase = course.levels[view.level - 1]?.phase;
    parts.progress.element.hidden = ended(view.status);
    parts.progress.update(view, phase);
    if (changed) {
      parts.curves.update(course, view);
    }
    await parts.fit.update(view);
    await parts.summary.update(view);
    return retryAfter;
  }

  function head(view) {
    title.textContent = view.name;
    document.title = `${ended(view.status) ? "" : `${Math.floor(view.percent)} % `}${view.name} – CnnMrf`;
    pill.textContent = states[view.status] ?? view.status;
    pill.className = `pill ${view.status}`;
    facts.textContent = [
      view.size ? `${view.size.width} × ${view.size.height} px` : null, view.preset, view.run > 1 ? `run ${view.run}` : null,
      `asked for ${ago(view.createdAt)}`,
    ].filter((t) => t).join(" · ");
    facts.title = moment(view.createdAt);
    put(words, view.problem ? h("p", { class: "alert" }, view.problem.message) : null,
      view.status === "cancelled" ? h("p", {}, "It was cancelled. What was there by then is kept; a retry begins anew.") : null,
      view.warnings.map((w) => h("p", { class: "note" }, w)));
    buttons.update(view);
    if (before.status !== view.status && before.status !== "") {
      announce(`${view.name}: ${states[view.status]}.`);
    }
    if (before.status !== view.status || before.run !== view.run) {
      forgive();
      before = view;
    }
  }

  function failed(error) {
    put(lost, error.message);
    lost.hidden = false;
    return error.passes ?? false;
  }

  function tell(error) {
    put(alert, error.message);
    alert.hidden = false;
  }

  // What failed is over when something else is tried, or came to pass.
  function forgive() {
    alert.hidden = true;
  }
}
