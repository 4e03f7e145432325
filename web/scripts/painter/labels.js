/** What is painted over one picture: a class for each cell, with hard edges, because a blended colour would be a class of its own. */
export class Labels {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.cells = new Uint8Array(width * height);
    this.before = [];
  }

  /** Remembers what there is, for one undo. */
  mark() {
    this.before.push(this.cells.slice());
    if (this.before.length > 40) {
      this.before.shift();
    }
  }

  /** Takes the last stroke back. Returns false where there is none. */
  undo() {
    const cells = this.before.pop();
    this.cells = cells ?? this.cells;
    return cells !== undefined;
  }

  /** A stroke of round brush from one point to another; cells. */
  stroke(x0, y0, x1, y1, radius, label) {
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / Math.max(1, radius / 3)));
    for (let i = 0; i <= steps; i++) {
      this.disc(x0 + ((x1 - x0) * i) / steps, y0 + ((y1 - y0) * i) / steps, radius, label);
    }
  }

  disc(x, y, radius, label) {
    const top = Math.max(0, Math.ceil(y - radius));
    const bottom = Math.min(this.height - 1, Math.floor(y + radius));
    for (let row = top; row <= bottom; row++) {
      const half = Math.sqrt(Math.max(0, radius ** 2 - (row - y) ** 2));
      const left = Math.max(0, Math.ceil(x - half));
      const right = Math.min(this.width - 1, Math.floor(x + half));
      if (right >= left) {
        this.cells.fill(label, row * this.width + left, row * this.width + right + 1);
      }
    }
  }

  /** Gives a class to all that is not painted. */
  fillRest(label) {
    this.cells = this.cells.map((c) => c === 0 ? label : c);
  }

  /** Nothing is painted. */
  clear() {
    this.cells.fill(0);
  }

  /** The classes that occur. */
  used() {
    return new Set(this.cells);
  }
}
