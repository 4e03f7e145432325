import { pictureIn } from "../api/pictures.js";
import { h } from "../dom/element.js";
import { synthesisAt } from "../router.js";
import { duration, ago } from "../text/times.js";
import { ended, states } from "../text/words.js";

/** A synthesis in the gallery; update(view) shows what changed, view is what is shown. */
export function card(view, signal) {
  const img = h("img", { alt: "", class: "card-picture", hidden: true });
  const show = pictureIn(img, signal);
  const name = h("span", { class: "card-name" });
  const status = h("span", { class: "pill" });
  const facts = h("span", { class: "soft" });
  const bar = h("span", { class: "card-bar", "aria-hidden": "true" });
  const element = h("li", { class: "gallery-item", "data-id": view.id },
    h("a", { class: "gallery-card", href: synthesisAt(view.id) },
      h("span", { class: "card-frame" }, img, bar),
        h("span", { class: "card-text" }, name, h("span", { class: "card-line" }, status, facts))));
  let now = view;
  let seen = false;

  // Pictures are fetched when their card comes near what is looked at.
  const watcher = new IntersectionObserver((entries) => {
    if (entries.some((e) => e.isIntersecting)) {
      watcher.disconnect();
      seen = true;
      picture();
    }
  }, { rootMargin: "300px" });
  signal.addEventListener("abort", () => watcher.disconnect());
  watcher.observe(element);

  function picture() {
    const path = now.links.result ?? now.links.preview;
    if (path && seen) {
      // The first preview comes some seconds after its level has begun.
      show(path).catch(() => {});
    }
  }

  function update(next) {
    now = next;
    name.textContent = next.name;
    status.textContent = states[next.status] ?? next.status;
    status.className = `pill ${next.status}`;
    facts.textContent = next.status === "running"
      ? `${Math.floor(next.percent)} %${next.etaSeconds ? `, about ${duration(next.etaSeconds)} left` : ""}` : ago(next.createdAt);
    bar.style.setProperty("--done", `${ended(next.status) ? 0 : next.percent}%`);
    picture();
  }

  update(view);
  return { element, update, made: Date.parse(view.createdAt), get view() { return now; } };
}
