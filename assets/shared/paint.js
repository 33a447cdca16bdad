// Puts a trace on the screen. Every unit is one pixel of a small picture; the browser enlarges
// the pictures, so that a repaint of all layers is one upload and some fifty copies.

import { colour } from "./scale.js";
import { tileHeight, tileWidth } from "./tiles.js";

/** A painter for one layout: `paint(trace, scale, limitOf)` repaints every layer. */
export function makePainter(canvas, spec, layout, ratio) {
  const context = fit(canvas, layout, ratio);
  const codes = codeTiles(spec, layout);
  const pictures = [...layout.tiles, ...codes];
  if (!pictures.length) return { paint() {} }; // nothing between the input and the output
  const atlas = document.createElement("canvas");
  atlas.width = Math.max(...pictures.map((tile) => tile.columns));
  atlas.height = pictures.reduce((sum, tile) => sum + tile.rows, 0);
  const atlasContext = atlas.getContext("2d");
  const image = atlasContext.createImageData(atlas.width, atlas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const input = spec.layers[0].key;
  const middle = (spec.background + spec.ink) / 2;
  const half = (spec.ink - spec.background) / 2;

  return {
    paint(trace, scale, limitOf) {
      let top = 0;
      for (const tile of pictures) {
        const values = tile.values ?? trace[tile.layer];
        const grey = tile.layer === input;
        const limit = grey ? half : limitOf(tile);
        const table = grey ? scale.grey : scale.diverging;
        const shift = grey ? middle : 0;
        for (let row = 0, i = tile.first; row < tile.rows; row++) {
          let pixel = (top + row) * atlas.width;
          for (let column = 0; column < tile.columns; column++, i++, pixel++) {
            pixels[pixel] = colour(table, values[i] - shift, limit);
          }
        }
        top += tile.rows;
      }
      atlasContext.putImageData(image, 0, 0);
      context.imageSmoothingEnabled = false;
      top = 0;
      for (const tile of pictures) {
        context.drawImage(
          atlas, 0, top, tile.columns, tile.rows, tile.x, tile.y, tileWidth(tile), tileHeight(tile),
        );
        top += tile.rows;
      }
    },
  };
}

/** A hairline around every tile, and the edges between them; those that are `marked` stand out. */
export function paintLines(canvas, layout, ratio, colours, marked = () => false) {
  const context = fit(canvas, layout, ratio);
  context.strokeStyle = colours.edge;
  for (const tile of layout.tiles) {
    context.strokeRect(tile.x - 0.5, tile.y - 0.5, tileWidth(tile) + 1, tileHeight(tile) + 1);
  }
  for (const accent of [false, true]) {
    context.strokeStyle = accent ? colours.accent : colours.edge;
    context.lineWidth = accent ? 1.5 : 0.6;
    context.beginPath();
    for (const edge of layout.edges) {
      if (marked(edge) !== accent) continue;
      const bend = (edge.to.x - edge.from.x) / 2;
      context.moveTo(edge.from.x, edge.from.y);
      context.bezierCurveTo(
        edge.from.x + bend, edge.from.y, edge.to.x - bend, edge.to.y, edge.to.x, edge.to.y,
      );
    }
    context.stroke();
  }
}

/** A canvas of its own for a few values, each a square of `side` CSS pixels. */
export function smallPicture(values, rows, columns, limit, table, side) {
  const canvas = document.createElement("canvas");
  canvas.ariaHidden = "true"; // the numbers and names beside it say the same
  canvas.width = columns;
  canvas.height = rows;
  canvas.style.width = `${columns * side}px`;
  canvas.style.height = `${rows * side}px`;
  repaintSmall(canvas, values, limit, table);
  return canvas;
}

/** Other values on such a canvas. */
export function repaintSmall(canvas, values, limit, table) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colour(table, values[i], limit);
  context.putImageData(image, 0, 0);
}

/** Sizes a canvas to the layout in device pixels; returns a context that draws in CSS pixels. */
export function fit(canvas, layout, ratio) {
  const context = canvas.getContext("2d");
  renew(canvas, Math.round(layout.width * ratio), Math.round(layout.height * ratio));
  canvas.style.width = `${layout.width}px`;
  canvas.style.height = `${layout.height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/**
 * Wipes a canvas that lies on others, and keeps how it draws in CSS pixels; `used` says whether
 * something will be drawn on it. Chromium prints a canvas as what was done to it, and to clear it,
 * with clearRect or by leaving it empty, also clears what lies below it on the paper.
 */
export function wipe(context, used) {
  const { canvas } = context;
  canvas.hidden = !used;
  const transform = context.getTransform();
  renew(canvas, canvas.width, canvas.height);
  context.setTransform(transform);
}

// An empty canvas of that size: one that has it already would only be cleared.
function renew(canvas, width, height) {
  canvas.width = 0;
  canvas.width = width;
  canvas.height = height;
}

// The codes are pictures too, with values that never change.
function codeTiles(spec, layout) {
  return layout.outputs.flatMap(({ code, digit }) =>
    code ? [{ ...code, values: spec.codes[digit] }] : [],
  );
}
