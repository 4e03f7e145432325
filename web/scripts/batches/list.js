import { answered, api, send } from "../api/client.js";
import { announce } from "../dom/announce.js";
import { h, put } from "../dom/element.js";
import { Field } from "../form/field.js";
import { batchAt, go } from "../router.js";
import { keepFresh } from "./fresh.js";
import { recentBatches } from "./recent.js";

const example = `{
  "style": "evening/style.jpg",
  "contents": ["evening/content.jpg"],
  "settings": { "size": 256 }
}`;

/** Many syntheses at once, from a manifest. */
export function batchesView(outlet, parts, signal) {
  const nameField = new Field("batch-name");
  const manifestField = new Field("manifest");
  const name = nameField.bind(h("input",
    { id: "batch-name", class: "input", autocomplete: "off", spellcheck: "false", placeholder: "nightly" }));
  const manifest = manifestField.bind(h("textarea", {
    id: "manifest", class: "input code-input", rows: 9, spellcheck: "false", autocomplete: "off", placeholder: example,
  }));
  const file = h("input", { id: "manifest-file", type: "file", accept: ".json,application/json", class: "input file-input" });
  const alert = h("div", { class: "alert", role: "alert", hidden: true });
  const button = h("button", { type: "submit", class: "button primary" }, "Start the batch");
  const look = h("button", { type: "button", class: "button" }, "Look at the batch of this name");

  name.addEventListener("input", () => nameField.clear());
  manifest.addEventListener("input", () => manifestField.clear());
  file.addEventListener("change", async () => {
    if (file.files[0]) {
      manifest.value = await file.files[0].text();
      manifestField.clear();
      name.value ||= file.files[0].name.replace(/\.json$/i, "");
    }
  });
  look.addEventListener("click", () => {
    if (name.value.trim() === "") {
      nameField.say("Give the batch's name.");
      name.focus();
    } else {
      go(`/batches/${encodeURIComponent(name.value.trim())}`);
    }
  });

  const form = h("form", { class: "card stack narrow", novalidate: true },
    h("label", { for: "batch-name" }, "Name"), name, nameField.problem,
    h("label", { for: "manifest" }, "Manifest"),
    h("p", { class: "soft" },
      "One style for many contents, or pairs. File names are those of the uploads. "
      + "Left empty, the manifest that lies among the batches under this name is taken."),
    manifest, manifestField.problem,
    h("label", { for: "manifest-file" }, "Or take it from a file"), file,
    alert, h("div", { class: "actions" }, button, look));
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    alert.hidden = true;
    button.disabled = true;
    try {
      const called = name.value.trim() === "" ? "" : `?name=${encodeURIComponent(name.value.trim())}`;
      const { data } = await answered(await send(api(`batches${called}`), {
        method: "POST", signal, body: manifest.value.trim() === "" ? undefined : manifest.value,
        headers: manifest.value.trim() === "" ? {} : { "content-type": "application/json" },
      }));
      keepFresh(data);
      go(`/batches/${encodeURIComponent(data.name)}`);
    } catch (error) {
      if (!signal.aborted) {
        tell(error);
      }
    } finally {
      button.disabled = false;
    }
  });

  const recent = recentBatches();
  outlet.append(
    h("div", { class: "view-head" }, h("h1", { tabIndex: -1 }, "Batches"),
      h("p", { class: "lead" }, "Many pictures at once, from a list.")),
    form,
    recent.length === 0 ? "" : h("section", { class: "narrow" }, h("h2", {}, "Looked at in this browser"),
      h("ul", { class: "plain-list" }, recent.map((n) => h("li", {}, h("a", { href: batchAt(n) }, n))))));

  function tell(error) {
    const field = error.field === "name" ? nameField : error.field === null || error.status === 0 || error.status >= 500 ? null
      : manifestField;
    if (field) {
      field.say(error.field === "name" || error.field === "body" ? error.message : `${error.field}: ${error.message}`);
      field.control.focus();
    } else {
      put(alert, error.message);
      alert.hidden = false;
    }
    announce(error.message);
  }
}
