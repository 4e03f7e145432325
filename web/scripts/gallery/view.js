import { answered, api, send } from "../api/client.js";
import { poll } from "../api/poll.js";
import { announce } from "../dom/announce.js";
import { h, put } from "../dom/element.js";
import { states } from "../text/words.js";
import { Cards } from "./cards.js";

const pageSize = 24;
const lookEvery = 3;

/** All syntheses, newest first. */
export function galleryView(outlet, parts, signal, query) {
  const status = query.get("status") in states ? query.get("status") : null;
  const list = h("ul", { class: "gallery", role: "list" });
  const cards = new Cards(list, status, signal);
  const more = h("button", { type: "button", class: "button", hidden: true }, "More");
  const note = h("div", { class: "empty", hidden: true });
  const alert = h("div", { class: "alert", role: "alert", hidden: true });
  // What follows the pages that are shown: undefined before the first, null after the last.
  let next;
  let watching = false;

  outlet.append(
    h("div", { class: "view-head" }, h("h1", { tabIndex: -1 }, "Gallery"), filter(status)),
    alert, list, note, h("div", { class: "actions centre" }, more));

  more.addEventListener("click", async () => {
    more.disabled = true;
    alert.hidden = true;
    const before = list.lastElementChild;
    try {
      const page = await load(next);
      cards.take(page.items);
      follow(page);
      announce(`${page.items.length} more.`);
      (before?.nextElementSibling ?? list.lastElementChild)?.querySelector("a").focus();
      if (cards.running.length > 0) {
        watch();
      }
    } catch (e) {
      fail(e);
    }
    more.disabled = false;
  });
  watch();

  // As long as anything runs; anew when a further page brings something that does.
  function watch() {
    if (!watching) {
      watching = true;
      poll(look, (e) => watching = fail(e), signal);
    }
  }

  async function look() {
    const page = await load(first(status));
    alert.hidden = true;
    cards.take(page.items);
    if (next === undefined) {
      follow(page);
    }
    await cards.lookAtOthers(page.items, load);
    tell();
    watching = cards.running.length > 0;
    return watching ? lookEvery : null;
  }

  async function load(path) {
    return (await answered(await send(path, { signal }))).data;
  }

  function follow(page) {
    next = page.next ?? null;
    more.hidden = next === null;
    tell();
  }

  function tell() {
    note.hidden = cards.size > 0;
    put(note, status === null
      ? [h("p", {}, "Nothing was made here yet."), h("a", { class: "button primary", href: "#/" }, "Begin with two pictures")]
      : h("p", {}, next ? "None among the newest; there are more to look through." : `None is ${states[status].toLowerCase()}.`));
  }

  function fail(error) {
    put(alert, error.message);
    alert.hidden = false;
    return error.passes ?? false;
  }
}

function first(status) {
  return api(`syntheses?limit=${pageSize}${status ? `&status=${status}` : ""}`);
}

function filter(status) {
  const link = (name, value) => h("a", {
    class: "chip-link", href: value ? `#/syntheses?status=${value}` : "#/syntheses", "aria-current": status === value ? "true" : null,
  }, name);
  return h("nav", { class: "chips", "aria-label": "Show only" }, link("All", null),
    Object.entries(states).map(([value, name]) => link(name, value)));
}
