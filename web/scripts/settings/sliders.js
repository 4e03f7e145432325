import { tidy } from "../text/numbers.js";

/**
 * The sliders of the form. Each position of one is a few settings, made of the preset's own; the middle is the preset itself.
 * `fields` are the settings whose problems belong to it.
 */
export const sliders = [
  {
    name: "balance",
    label: "Balance",
    low: "more style",
    high: "more content",
    positions: [-3, -2, -1, 0, 1, 2, 3],
    start: 0,
    fields: ["contentWeight", "guidance", "styleWeight"],
    settings: (k, preset) => k === 0 ? {} : {
      contentWeight: times(preset.contentWeight, 2 ** k),
      // What takes part in picking patches, where the preset has it; beyond 4 it tears the style.
      ...(sum(preset.guidance) > 0 ? { guidance: times(preset.guidance, 1.25 ** k) } : {}),
    },
    say: (k) => k === 0 ? "as the preset" : `${k > 0 ? "content" : "style"} +${Math.abs(k)}`,
  },
  {
    name: "size",
    label: "Size",
    low: "small, quick",
    high: "large, slow",
    positions: [64, 96, 128, 192, 256, 320, 384, 512, 640, 768, 1024],
    start: 384,
    fields: ["size"],
    settings: (px, preset) => px === preset.size ? {} : { size: px },
    say: (px) => `${px} px`,
  },
  {
    name: "quality",
    label: "Quality",
    low: "draft",
    high: "finest",
    positions: [0.25, 0.5, 1, 2, 4],
    start: 1,
    fields: ["iterations", "levels"],
    settings: (factor, preset) => factor === 1 ? {} : {
      // A list of iterations would set the levels: they are counted as the preset does.
      ...(Array.isArray(preset.iterations) ? { levels: preset.levels } : {}),
      iterations: times(preset.iterations, factor, (n) => Math.max(1, Math.round(n))),
    },
    say: (factor) => factor === 1 ? "as the preset" : factor < 1 ? `1/${1 / factor} of the work` : `${factor} × the work`,
  },
  {
    name: "strokes",
    label: "Strokes",
    low: "larger",
    high: "finer",
    positions: [0.5, 0.7, 1, 1.4, 2],
    start: 1,
    fields: ["styleScale"],
    settings: (scale, preset) => times(preset.styleScale, scale) === preset.styleScale || scale === 1 ? {}
      : { styleScale: times(preset.styleScale, scale) },
    say: (scale) => scale === 1 ? "as in the style" : scale > 1 ? `${scale} × finer` : `${tidy(1 / scale).toFixed(1)} × larger`,
  },
  {
    name: "minimumFit",
    label: "Give up below a fit of",
    low: "never",
    high: "strict",
    positions: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
    start: 0,
    fields: ["minimumFit"],
    needs: "minimumFit",
    settings: (fit) => fit === 0 ? {} : { minimumFit: fit },
    say: (fit) => fit === 0 ? "never" : fit.toFixed(1),
  },
];

/** Settings that are switched on or off. */
export const switches = [
  {
    name: "preserveColor", label: "Keep the content's colours", fields: ["preserveColor"], needs: "preserveColor", guided: true,
    settings: (on) => on ? { preserveColor: true } : {},
  },
  {
    name: "tileable", label: "Tileable: opposite edges continue into each other", fields: ["tileable"], needs: "tileable", guided: false,
    settings: (on) => on ? { tileable: true } : {},
  },
];

function times(value, factor, round = tidy) {
  return Array.isArray(value) ? value.map((v) => round(v * factor)) : round(value * factor);
}

function sum(value) {
  return Array.isArray(value) ? value.reduce((a, b) => a + b, 0) : value;
}
