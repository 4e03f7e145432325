import { put, h } from "../dom/element.js";

/** Where a control's problems are told, below it, and read out with it. */
export class Field {
  /** @param {string} id of the control */
  constructor(id) {
    this.problem = h("p", { id: `${id}-problem`, class: "error", hidden: true });
    this.control = null;
  }

  /** Binds the control that is said to be wrong. */
  bind(control) {
    this.control = control;
    return control;
  }

  /** Says what is wrong. */
  say(text) {
    put(this.problem, text);
    this.problem.hidden = false;
    this.control.setAttribute("aria-invalid", "true");
    this.control.setAttribute("aria-describedby", this.problem.id);
  }

  /** Nothing is wrong any more. */
  clear() {
    this.problem.hidden = true;
    this.control.removeAttribute("aria-invalid");
    this.control.removeAttribute("aria-describedby");
  }
}
