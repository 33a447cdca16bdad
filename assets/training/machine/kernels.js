// The kernels of C1 and C3 as pictures; those of C3 stand in the table of which map reads which.

import { colour } from "../../shared/scale.js";
import { number, t } from "../../shared/words.js";

const BETWEEN = 1; // pixels between kernels

/** { root, paint, say }: the pictures of one network's kernels. */
export function makeKernels(spec, ranges) {
  const pictures = ["c1", "c3"].map((key) => pictureOf(spec, key, ranges[key]));
  const root = document.createElement("div");
  root.className = "pair";
  const caption = document.createElement("h4");
  root.append(caption, ...pictures.map(({ figure }) => figure));
  return {
    root,
    /** Paints the weights of parameters by name, in the colours of a theme's scale. */
    paint(parameters, scale) {
      for (const picture of pictures) picture.paint(parameters, scale);
    },
    say(title) {
      if (caption.textContent !== title) caption.textContent = title;
    },
  };
}

/** { columns, rows, places } of a layer's kernels: where each stands, in the order of its weights. */
export function tableOf({ maps, reads }, before) {
  if (before.maps === 1) return { columns: maps, rows: 1, places: reads.map((_, map) => [0, map]) };
  const places = reads.flatMap((read, map) => read.map((from) => [from, map]));
  return { columns: maps, rows: before.maps, places };
}

function pictureOf(spec, key, range) {
  const place = spec.layers.findIndex((layer) => layer.key === key);
  const layer = spec.layers[place];
  const side = layer.kernel;
  const { columns, rows, places } = tableOf(layer, spec.layers[place - 1]);
  const step = side + BETWEEN;
  const canvas = document.createElement("canvas");
  canvas.width = columns * step - BETWEEN;
  canvas.height = rows * step - BETWEEN;
  canvas.className = key;
  canvas.role = "img";
  canvas.ariaLabel = t("The {count} kernels of {layer}", { count: number(places.length), layer: layer.name });
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.textContent = t("{count} kernels of {layer}, weights from {least} to {most} and beyond", {
    count: number(places.length),
    layer: layer.name,
    least: number(-range, 2),
    most: number(range, 2),
  });
  figure.append(canvas, caption);
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  return {
    figure,
    paint(parameters, { diverging }) {
      const { values } = parameters[`${key}.weight`];
      let at = 0;
      for (const [row, column] of places) {
        for (let y = 0; y < side; y++) {
          let pixel = (row * step + y) * canvas.width + column * step;
          for (let x = 0; x < side; x++) pixels[pixel++] = colour(diverging, values[at++], range);
        }
      }
      context.putImageData(image, 0, 0);
    },
  };
}
