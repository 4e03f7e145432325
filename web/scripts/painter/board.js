import { h } from "../dom/element.js";

const opacity = 150;

/**
 * A picture to paint on, by pointer or by keyboard: arrows move the brush, the space bar paints where it is, Shift with arrows paints
 * along.
 * @param {string} label
 * @param {{picture: ImageBitmap, labels: import("./labels.js").Labels}} map
 * @param {{classes: {rgb: number[]}[]}} palette
 * @param {{label: number, size: number}} brush what is painted with; size is a share of the picture's long side
 * @param {() => void} painted is called after each stroke
 */
export function board(label, map, palette, brush, painted) {
  const { picture, labels } = map;
  const canvas = h("canvas", {
    class: "board-canvas", width: labels.width, height: labels.height, tabIndex: 0, role: "application",
    "aria-label": `${label}: paint with the pointer, or with arrows and space`, "aria-describedby": "painter-help",
  });
  canvas.style.setProperty("--shape", String(labels.width / labels.height));
  const context = canvas.getContext("2d");
  const overlay = Object.assign(document.createElement("canvas"), { width: labels.width, height: labels.height });
  const layer = overlay.getContext("2d");
  const pixels = layer.createImageData(labels.width, labels.height);
  let at = { x: labels.width / 2, y: labels.height / 2 };
  let last = null;
  let shown = false;
  let drawing = 0;

  const radius = () => Math.max(1, (brush.size * Math.max(labels.width, labels.height)) / 2);

  function draw() {
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(() => {
      const words = new Uint32Array(pixels.data.buffer);
      const colours = palette.classes.map(({ rgb: [r, g, b] }, i) => i === 0 ? 0 : (opacity << 24 | b << 16 | g << 8 | r) >>> 0);
      labels.cells.forEach((c, i) => { words[i] = colours[c]; });
      layer.putImageData(pixels, 0, 0);
      context.drawImage(picture, 0, 0, labels.width, labels.height);
      context.drawImage(overlay, 0, 0);
      if (shown) {
        for (const [width, style] of [[3, "#000"], [1.5, "#fff"]]) {
          context.beginPath();
          context.arc(at.x, at.y, radius(), 0, 2 * Math.PI);
          context.lineWidth = width * (labels.width / (canvas.clientWidth || labels.width));
          context.strokeStyle = style;
          context.stroke();
        }
      }
    });
  }

  function place(e) {
    const box = canvas.getBoundingClientRect();
    return { x: ((e.clientX - box.left) / box.width) * labels.width, y: ((e.clientY - box.top) / box.height) * labels.height };
  }

  function strokeTo(point) {
    const from = last ?? point;
    labels.stroke(from.x, from.y, point.x, point.y, radius(), brush.label);
    last = point;
    at = point;
    draw();
  }

  canvas.addEventListener("pointerdown", (e) => {
    if (e.button === 0) {
      canvas.setPointerCapture(e.pointerId);
      labels.mark();
      strokeTo(place(e));
    }
  });
  canvas.addEventListener("pointermove", (e) => {
    shown = true;
    if (last) {
      (e.getCoalescedEvents?.() ?? []).concat(e).forEach((each) => strokeTo(place(each)));
    } else {
      at = place(e);
      draw();
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (last) {
        last = null;
        painted();
      }
    });
  }
  canvas.addEventListener("pointerleave", () => { shown = document.activeElement === canvas; draw(); });
  canvas.addEventListener("focus", () => { shown = canvas.matches(":focus-visible"); draw(); });
  canvas.addEventListener("blur", () => { shown = false; draw(); });
  canvas.addEventListener("keydown", (e) => {
    const step = Math.max(1, radius() / 2);
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[e.key];
    if (!move && e.key !== " ") {
      return;
    }
    e.preventDefault();
    shown = true;
    const to = move ? { x: clamp(at.x + move[0], labels.width), y: clamp(at.y + move[1], labels.height) } : at;
    if (e.key === " " || e.shiftKey) {
      labels.mark();
      last = at;
      strokeTo(to);
      last = null;
      painted();
    }
    at = to;
    draw();
  });
  draw();
  return { draw, labels, element: h("figure", { class: "board" }, h("figcaption", {}, label), canvas) };
}

function clamp(value, most) {
  return Math.min(most - 1, Math.max(0, value));
}
