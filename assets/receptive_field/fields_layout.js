// Where the layers stand: the input large, the layers beside it in rows, below it on a phone.

import { detailOf, titleOf } from "../engine/kinds.js";
import { shapeOf, tilesFor } from "../shared/tiles.js";

const TITLE = 20;
const GAP = 5;
const NARROW = 480;
const USUAL = 760; // on a wider page everything is larger, to twice as large
const MANY = 6; // more maps than this are drawn smaller, eight in a row rather than six

/** { width, height, tiles, titles } for a width in CSS pixels; tiles as in tiles.js. */
export function layOutFields(spec, width) {
  const [input, ...layers] = spec.layers.slice(0, -1);
  const narrow = width < NARROW;
  const larger = Math.max(1, Math.min(2, width / USUAL));
  const largest = Math.floor(Math.min(narrow ? width : width * 0.4, 460 * larger) / input.size);
  const tiles = tilesFor(input).map((tile) => ({ ...tile, x: 1, y: TITLE, scale: largest }));
  const titles = [{ text: titleOf(input), x: 0, y: 0 }];
  const side = input.size * largest;
  const left = narrow ? 1 : side + 28;
  const room = Math.min(width - left - 1, 620 * larger);
  let y = narrow ? side + TITLE + 16 : 0;
  for (const layer of layers) {
    titles.push({ text: `${titleOf(layer)} \u00b7 ${detailOf(layer, spec)}`, x: left, y });
    y += TITLE;
    const shown = tilesFor(layer, lying(spec, layer));
    const [{ rows, columns, single }] = shown;
    const most = single ? 1 : layer.maps > MANY ? 8 : 6;
    const perRow = most * (2 * columns + GAP) > room + GAP ? Math.ceil(most / 2) : most;
    const fits = Math.floor((room - GAP * (perRow - 1)) / perRow / columns);
    const scale = Math.max(2, Math.min(fits, largestUnit(layer, rows, columns, larger)));
    shown.forEach((tile, i) => {
      tile.x = left + (i % perRow) * (columns * scale + GAP);
      tile.y = y + Math.floor(i / perRow) * (rows * scale + GAP);
      tile.scale = scale;
    });
    tiles.push(...shown);
    y += Math.ceil(shown.length / perRow) * (rows * scale + GAP) + 4;
  }
  return { width, height: Math.max(y, side + TITLE) + 2, tiles, titles };
}

// Single units lie in four rows; those that are compared with codes have the shape of a code.
function lying(spec, layer) {
  if (layer.size > 1) return shapeOf(layer);
  const [rows, columns] = layer.picture;
  const coded = spec.codes && rows === spec.codeRows && columns === spec.codeColumns;
  const few = [4, 3, 2, 1].find((count) => layer.maps % count === 0);
  return coded ? layer.picture : [few, layer.maps / few];
}

// A map is larger for each unit on its side, but its units are smaller. In CSS pixels.
function largestUnit(layer, rows, columns, larger) {
  if (layer.size === 1) return Math.floor(larger * Math.min(72 / rows, 270 / columns));
  return Math.floor((larger * ((layer.maps > MANY ? 16 : 28) + 3 * rows)) / rows);
}
