import { batchesView } from "./batches/list.js";
import { batchView } from "./batches/batch.js";
import { formView } from "./form/view.js";
import { galleryView } from "./gallery/view.js";
import { route } from "./router.js";
import { synthesisView } from "./synthesis/view.js";

// A picture that misses its place must not take the place of the page.
for (const event of ["dragover", "drop"]) {
  addEventListener(event, (e) => e.preventDefault());
}

// The address names the view, so that the link cannot do this by itself.
document.querySelector("[data-skip]").addEventListener("click", (e) => {
  e.preventDefault();
  document.getElementById("view").focus();
});

route([
  { pattern: /^\/$/, view: formView, section: "new" },
  { pattern: /^\/syntheses$/, view: galleryView, section: "gallery" },
  { pattern: /^\/syntheses\/([^/]+)$/, view: synthesisView, section: "gallery" },
  { pattern: /^\/batches$/, view: batchesView, section: "batches" },
  { pattern: /^\/batches\/([^/]+)$/, view: batchView, section: "batches" },
], document.getElementById("view"));
