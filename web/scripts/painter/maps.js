import { Labels } from "./labels.js";

const most = 1024;

/** A picture and what is painted over it. Painted at 1024 px at most, kept at the picture's own size. */
export async function openMap(file, map, palette) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, most / Math.max(picture.width, picture.height));
  const labels = new Labels(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  if (map) {
    await read(map, labels, palette);
  }
  return { picture, labels };
}

/** The map as a PNG of the picture's size, a colour a class. */
export function toPng({ picture, labels }, palette) {
  const small = canvas(labels.width, labels.height);
  const context = small.getContext("2d");
  const pixels = context.createImageData(labels.width, labels.height);
  labels.cells.forEach((label, i) => {
    pixels.data.set(palette.classes[label].rgb, 4 * i);
    pixels.data[4 * i + 3] = 255;
  });
  context.putImageData(pixels, 0, 0);
  const whole = canvas(picture.width, picture.height);
  const large = whole.getContext("2d");
  large.imageSmoothingEnabled = false;
  large.drawImage(small, 0, 0, picture.width, picture.height);
  return new Promise((resolve) => { whole.toBlob(resolve, "image/png"); });
}

async function read(map, labels, palette) {
  const small = canvas(labels.width, labels.height);
  const context = small.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingEnabled = false;
  context.drawImage(await createImageBitmap(map), 0, 0, labels.width, labels.height);
  const { data } = context.getImageData(0, 0, labels.width, labels.height);
  for (let i = 0; i < labels.cells.length; i++) {
    labels.cells[i] = palette.of(data[4 * i], data[4 * i + 1], data[4 * i + 2]);
  }
}

function canvas(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}
