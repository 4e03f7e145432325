import { announce } from "./announce.js";
import { h } from "./element.js";

/** A text in a box, with a button that copies it. */
export function copyable(label, text) {
  const box = h("pre", { class: "code", tabIndex: 0, role: "region", "aria-label": label }, text);
  const button = h("button", { type: "button", class: "button small" }, "Copy");
  button.setAttribute("aria-label", `Copy: ${label}`);
  button.addEventListener("click", async () => {
    const done = await copied(box);
    button.textContent = done ? "Copied" : "Selected: copy it";
    announce(done ? `${label} copied.` : `${label} is selected; copy it with the keyboard.`);
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  return h("div", { class: "copyable" }, h("div", { class: "copyable-head" }, h("h3", {}, label), button), box);
}

// Only safe origins have a clipboard; elsewhere the text is selected, which is half of it.
async function copied(box) {
  getSelection().selectAllChildren(box);
  try {
    await navigator.clipboard.writeText(box.textContent);
    return true;
  } catch {
    return false;
  }
}
