/** Class 0 is what is not painted. Colours that stay apart for every kind of sight; what counts is that each is its own. */
const colours = ["#000000", "#e6443c", "#f5b700", "#1aa36b", "#2f7de1", "#b14fc5", "#ffffff", "#8a5a2b", "#00c2c7"];

const names = ["everything else", "red", "yellow", "green", "blue", "purple", "white", "brown", "turquoise"];

/** How many classes one can paint with from the start. */
export const offeredClasses = 6;

/** The classes of a pair of maps; colours of maps that came from elsewhere are added as they are met. */
export class Palette {
  constructor() {
    this.classes = colours.map((colour, i) => ({ name: names[i], rgb: parse(colour), colour })).slice(0, offeredClasses + 1);
  }

  /** The class of a colour. */
  of(r, g, b) {
    let found = this.classes.findIndex(({ rgb }) => rgb[0] === r && rgb[1] === g && rgb[2] === b);
    if (found < 0 && this.classes.length < 64) {
      const colour = `#${[r, g, b].map((v) => v.toString(16).padStart(2, "0")).join("")}`;
      found = this.classes.push({ name: colour, rgb: [r, g, b], colour }) - 1;
    }
    return Math.max(0, found);
  }
}

function parse(colour) {
  return [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
}
