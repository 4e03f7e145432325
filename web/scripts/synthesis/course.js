import { getJson } from "../api/client.js";
import { ended } from "../text/words.js";

/** The course of a run: what its levels wrote of themselves, asked for only where it may have changed. */
export class Course {
  constructor(signal) {
    this.signal = signal;
    this.levels = [];
    this.done = new Set();
    this.run = 0;
  }

  /** Brings it up to date. Returns true when anything came. */
  async follow(view) {
    let changed = false;
    if (view.run !== this.run) {
      this.run = view.run;
      this.levels = [];
      this.done.clear();
      changed = true;
    }
    for (const [i, level] of view.levels.entries()) {
      // The present level has no course before its first iteration.
      const past = i + 1 < view.level;
      if (!level.self || this.done.has(i) || !(past || view.iteration > 0)) {
        continue;
      }
      const got = await getJson(level.self, this.signal);
      changed ||= JSON.stringify(got.trace) !== JSON.stringify(this.levels[i]?.trace);
      this.levels[i] = got;
      if (past || ended(view.status)) {
        this.done.add(i);
      }
    }
    return changed;
  }

  /** Each term's values over all levels: [{name, points: [{level, iteration, value}]}]. */
  terms() {
    const terms = new Map();
    this.levels.forEach((level, i) => {
      for (const sample of level?.trace ?? []) {
        for (const [name, value] of values(sample)) {
          if (!terms.has(name)) {
            terms.set(name, { name, points: [] });
          }
          terms.get(name).points.push({ level: i, iteration: sample.iteration, value });
        }
      }
    });
    return [...terms.values()].filter((t) => t.points.some((p) => p.value > 0));
  }
}

function values(sample) {
  const { energy } = sample;
  return energy
    ? [...Object.entries(energy.style), ["content", energy.content], ["smoothness", energy.smoothness], ["total", energy.total]]
    : [["objective", sample.objective]];
}
