import { Labels } from "./labels.js";

const most = 1024;
const leastSide = 64;

/** A picture and what is painted over it, at 1024 px at most. */
export async function openMap(file, map, palette) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, most / Math.max(picture.width, picture.height));
  const labels = new Labels(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  if (map) {
    await read(map, labels, palette);
  }
  return { picture, labels };
}

/** The map as a PNG, a colour a class, as it was painted: it is laid over its picture whatever its own size. */
export function toPng({ picture, labels }, palette) {
  const small = canvas(labels.width, labels.height);
  const context = small.getContext("2d");
  const pixels = context.createImageData(labels.width, labels.height);
  labels.cells.forEach((label, i) => {
    pixels.data.set(palette.classes[label].rgb, 4 * i);
    pixels.data[4 * i + 3] = 255;
  });
  context.putImageData(pixels, 0, 0);
  return new Promise((resolve) => { enlarged(small, picture).toBlob(resolve, "image/png"); });
}

// A strip's short side would be rounded too far from the picture's proportions, and is enlarged.
function enlarged(small, picture) {
  if (Math.min(small.width, small.height) >= leastSide) {
    return small;
  }
  const whole = canvas(picture.width, picture.height);
  const large = whole.getContext("2d");
  large.imageSmoothingEnabled = false;
  large.drawImage(small, 0, 0, picture.width, picture.height);
  return whole;
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
