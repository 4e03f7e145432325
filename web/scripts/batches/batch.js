import { answered, api, send } from "../api/client.js";
import { poll } from "../api/poll.js";
import { h, put } from "../dom/element.js";
import { synthesisAt } from "../router.js";
import { moment } from "../text/times.js";
import { states } from "../text/words.js";
import { freshBatch } from "./fresh.js";
import { rememberBatch } from "./recent.js";

// Seconds after which the report of a batch just started is there.
const firstLook = 2;
const order = ["completed", "running", "queued", "failed", "cancelled"];

/** Where a batch stands. */
export function batchView(outlet, [name], signal) {
  const body = h("div", { class: "stack" });
  const alert = h("div", { class: "alert", role: "alert", hidden: true });
  outlet.append(h("div", { class: "view-head" }, h("a", { class: "back", href: "#/batches" }, "Batches"),
    h("h1", { tabIndex: -1 }, name)), alert, body);
  let shown = null;
  let given = freshBatch(name);

  poll(async () => {
    if (given) {
      show(given);
      given = null;
      return firstLook;
    }
    const { data, retryAfter, etag } = await answered(await send(api(`batches/${encodeURIComponent(name)}`), { signal }));
    alert.hidden = true;
    if (etag === null || etag !== shown) {
      show(data);
      shown = etag;
      rememberBatch(data.name);
    }
    return retryAfter;
  }, (e) => {
    if (e.status === 404 && freshBatch(name)) {
      return true;
    }
    put(alert, e.message);
    alert.hidden = false;
    return e.passes ?? false;
  }, signal);

  function show(batch) {
    const { counts } = batch;
    put(body,
      h("p", { class: "soft" }, `${words[batch.status] ?? batch.status}. Taken up ${moment(batch.startedAt)}`
        + (batch.endedAt ? `, ended ${moment(batch.endedAt)}.` : ".")),
      batch.problem ? h("p", { class: "alert" }, batch.problem.message) : null,
      bar(counts),
      h("ul", { class: "counts", role: "list" },
        order.map((s) => h("li", {}, h("span", { class: `pill ${s}` }, states[s]), h("strong", {}, String(counts[s]))))),
      batch.items.length === 0 ? null : h("table", { class: "table" },
        h("caption", { class: "hidden-text" }, "Syntheses of the batch"),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Name"), h("th", { scope: "col" }, "Status"),
          h("th", { scope: "col" }, "Remark"))),
        h("tbody", {}, batch.items.map((item) => h("tr", {},
          h("td", {}, item.id ? h("a", { href: synthesisAt(item.id) }, item.name) : item.name),
          h("td", {}, h("span", { class: `pill ${item.status}` }, states[item.status] ?? item.status)),
          h("td", { class: "soft" }, item.problem?.message ?? ""))))));
  }
}

const words = { running: "Running", completed: "Ended", failed: "Could not be taken up" };

function bar(counts) {
  const parts = order.map((s) => {
    const part = h("span", { class: `bar-part ${s}` });
    part.style.setProperty("--share", `${counts.all ? (100 * counts[s]) / counts.all : 0}%`);
    return part;
  });
  return h("div", { class: "bar", role: "img", "aria-label": `${counts.completed} of ${counts.all} finished` }, parts);
}
