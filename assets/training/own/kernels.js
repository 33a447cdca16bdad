// The kernels of a network as pictures: the first layers that have any, as they are just now.

import { wipe } from "../../shared/paint.js";
import { colour } from "../../shared/scale.js";

const MOST = { small: 60, large: 21 }; // pictures of a layer; of more, some from all of them
const LARGE = 8; // weights of a side
const MOST_LAYERS = 2;
const GAP = 4; // CSS pixels

/**
 * What is shown of a network: for each layer { key, name, side, places } with the first weight of
 * every picture. `shapes` are [name, shape] of all parameters in their order.
 */
export function kernelsOf(spec, shapes) {
  const found = [];
  let at = 0;
  for (const [name, shape] of shapes) {
    const count = shape.reduce((product, side) => product * side, 1);
    const [key, part] = name.split(".");
    const layer = spec.layers.find((one) => one.key === key);
    const side = layer.kernel;
    if (part === "weight" && side > 1 && found.length < MOST_LAYERS) {
      const pictures = count / side ** 2;
      const shown = Math.min(pictures, side > LARGE ? MOST.large : MOST.small);
      const places = Array.from({ length: shown }, (_, i) => at + side ** 2 * Math.floor((i * pictures) / shown));
      found.push({ key, name: layer.name, side, places, of: pictures });
    }
    at += count;
  }
  return found;
}

/** { columns, rows, scale, width, height } of a layer's pictures in a width; `larger` says how large. */
export function arrange({ side, places }, width, larger = 1) {
  const scale = Math.max(1, Math.round((side > LARGE ? 2 : places.length <= 12 ? 12 : 5) * larger));
  const each = side * scale + GAP;
  const columns = Math.max(1, Math.min(places.length, Math.floor((width + GAP) / each)));
  const rows = Math.ceil(places.length / columns);
  return { columns, rows, scale, width: columns * each - GAP, height: rows * each - GAP };
}

/**
 * Paints a layer's kernels, the largest weight of the layer's pictures in the full colour; returns
 * that weight. One unit of the picture is one pixel, which `layout` enlarges.
 */
export function paintKernels(canvas, kernels, weights, layout, table, ratio) {
  const { side, places } = kernels;
  const { columns, scale, width, height } = layout;
  let most = 1e-6;
  for (const first of places) {
    for (let i = first; i < first + side ** 2; i++) most = Math.max(most, Math.abs(weights[i]));
  }
  const small = smallCanvas(kernels);
  for (const [n, first] of places.entries()) {
    for (let i = 0; i < side ** 2; i++) {
      small.pixels[n * side ** 2 + i] = colour(table, weights[first + i], most);
    }
  }
  small.context.putImageData(small.image, 0, 0);
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  wipe(context, true);
  context.imageSmoothingEnabled = false;
  const each = (side * scale + GAP) * ratio;
  const drawn = side * scale * ratio;
  for (const n of places.keys()) {
    const x = Math.round((n % columns) * each);
    const y = Math.round(Math.floor(n / columns) * each);
    context.drawImage(small.canvas, 0, n * side, side, side, x, y, drawn, drawn);
  }
  return most;
}

const made = new WeakMap();

// One below the other, pixel for weight.
function smallCanvas(kernels) {
  if (!made.has(kernels)) {
    const canvas = document.createElement("canvas");
    canvas.width = kernels.side;
    canvas.height = kernels.side * kernels.places.length;
    const context = canvas.getContext("2d");
    const image = context.createImageData(canvas.width, canvas.height);
    made.set(kernels, { canvas, context, image, pixels: new Uint32Array(image.data.buffer) });
  }
  return made.get(kernels);
}
