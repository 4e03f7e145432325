import { announce } from "../dom/announce.js";
import { ended, states } from "../text/words.js";
import { card } from "./card.js";

// Asked for one by one at a look, and at once; the others have their turn at the next.
const mostAsked = 12;
const atOnce = 4;

/** The cards in their list, newest first. `status` is what they must be, null: anything. */
export class Cards {
  constructor(list, status, signal) {
    this.list = list;
    this.status = status;
    this.signal = signal;
    this.cards = new Map();
    this.looks = 0;
  }

  get size() {
    return this.cards.size;
  }

  /** Those that have not ended. */
  get running() {
    return [...this.cards.values()].filter((c) => !ended(c.view.status));
  }

  /** Shows what a page of the list says, and where it belongs what is new. */
  take(items) {
    for (const item of items) {
      const known = this.cards.get(item.id);
      if (known) {
        known.update(item);
      } else {
        this.add(item);
      }
    }
  }

  /**
   * Asks for those that run and of which a page said nothing: they are on a later page, or no longer what the list is of.
   * @param {{id: string}[]} items of the page
   * @param {(path: string) => Promise<object>} load asks for one
   */
  async lookAtOthers(items, load) {
    const told = new Set(items.map((i) => i.id));
    const others = this.running.filter((c) => !told.has(c.view.id)).sort((a, b) => a.asked - b.asked).slice(0, mostAsked);
    this.looks++;
    for (let i = 0; i < others.length; i += atOnce) {
      await Promise.all(others.slice(i, i + atOnce).map((c) => this.lookAt(c, load)));
    }
  }

  async lookAt(card, load) {
    card.asked = this.looks;
    try {
      card.update(await load(card.view.links.self));
    } catch (e) {
      if (e.status === 404) {
        this.remove(card, "Removed");
      } else if (e.status !== 500) {
        // What fails with one of them only says nothing about the others; what is unavailable is so for all.
        throw e;
      }
      return;
    }
    if (this.status !== null && card.view.status !== this.status) {
      this.remove(card, states[card.view.status] ?? card.view.status);
    }
  }

  add(item) {
    const made = card(item, this.signal);
    made.asked = 0;
    const older = [...this.list.children].find((e) => this.cards.get(e.dataset.id).made < made.made);
    this.list.insertBefore(made.element, older ?? null);
    this.cards.set(item.id, made);
  }

  remove(card, why) {
    const { element } = card;
    if (element.contains(document.activeElement)) {
      ((element.nextElementSibling ?? element.previousElementSibling)?.querySelector("a") ?? document.querySelector("h1")).focus();
    }
    element.remove();
    this.cards.delete(card.view.id);
    announce(`${card.view.name}: ${why}.`);
  }
}
