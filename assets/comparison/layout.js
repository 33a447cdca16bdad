// Where the layers of several networks stand: in columns by their keys, so that one sees what a
// network has otherwise, has not, or has besides. Sizes are CSS pixels.

import { shapeOf, tilesFor } from "../shared/tiles.js";

const SCALES = [8, 7, 6, 5, 4, 3, 2.5, 2, 1.5, 1]; // sides of a unit
const GAP = 2; // between the maps of a layer
const HIGHEST = 150; // pictures of a layer
const LOWEST = 44;
const STEP = 2;
const LARGEST_MAP = 56; // the side of a map
const TALLEST = 20; // rows of a picture of single units

/**
 * The keys of all layers between input and output, each network's in its order. One that not all
 * have stands before what follows it where it is.
 */
export function columnsOf(specs) {
  const found = [];
  for (const { layers } of specs) {
    const keys = layers.slice(1, -1).map(({ key }) => key);
    keys.forEach((key, place) => {
      if (found.includes(key)) return;
      const next = keys.slice(place + 1).find((later) => found.includes(later));
      found.splice(next ? found.indexOf(next) : found.length, 0, key);
    });
  }
  return found;
}

/**
 * The layout of networks, `specs`, in rows of the same size: { columns, rows, width, height }.
 *
 * `width` is that of a row, `height` what a row's pictures can have; they get less where the row
 * would be too wide, and columns stand in several lines where they still are. `captions[i][key]` is
 * how wide the words are that stand over a layer, `line` how high, and `apart` how far columns are
 * from each other; with `tall`, maps rather stand below each other than side by side. A column is { key, x, y, width, height }, and rows[i] a list of { key, layer,
 * tiles, width, height } or of { key, layer: null } for a layer that the network has not.
 */
export function layOut(specs, { width, height, captions, line, apart, tall = false }) {
  const keys = columnsOf(specs);
  const layersOf = (key) => specs.map(({ layers }) => layers.find((layer) => layer.key === key) ?? null);
  const all = keys.map((key) => ({ key, layers: layersOf(key) }));
  const words = ({ key }) => Math.max(...captions.map((each) => each[key] ?? 0));
  let most = Math.max(LOWEST, Math.min(HIGHEST, height));
  let sized = [];
  for (; ; most -= STEP) {
    sized = all.map((column) => sizeOf(column, most, words(column), tall));
    const needed = sized.reduce((sum, one) => sum + one.width + apart, -apart);
    if (needed <= width || most - STEP < LOWEST) break;
  }
  const columns = placed(sized, width, line, apart);
  return {
    columns,
    rows: specs.map((_, row) =>
      columns.map(({ key, scale, x, y, height: high }) => {
        const layer = layersOf(key)[row];
        return layer ? pictureOf(layer, scale, tall, x, y + line, high - line) : { key, layer: null };
      }),
    ),
    width: Math.max(0, ...columns.map((one) => one.x + one.width)),
    height: Math.max(0, ...columns.map((one) => one.y + one.height)),
  };
}

// The size of a column whose pictures are at most so high, with a scale for all of its layers.
function sizeOf({ key, layers }, most, words, tall) {
  const there = layers.filter(Boolean);
  const fits = (scale) =>
    there.every((layer) => {
      const { rows, size } = gridOf(layer, tall);
      return rows * size[0] * scale + (rows - 1) * GAP <= most && (layer.size === 1 || layer.size * scale <= LARGEST_MAP);
    });
  const scale = SCALES.find(fits) ?? SCALES.at(-1);
  const sizes = there.map((layer) => pictureOf(layer, scale, tall));
  const pictures = Math.max(...sizes.map((one) => one.width));
  return { key, scale, width: Math.max(pictures, words), height: Math.max(...sizes.map((one) => one.height)) };
}

// Columns side by side, in as many lines as it takes.
function placed(sized, width, line, apart) {
  const lines = [[]];
  let x = 0;
  for (const one of sized) {
    if (x && x + one.width > width) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1).push({ ...one, x });
    x += one.width + apart;
  }
  let y = 0;
  return lines.flatMap((columns) => {
    const height = line + Math.max(...columns.map((one) => one.height));
    const found = columns.map((one) => ({ ...one, y, height }));
    y += height + apart / 2;
    return found;
  });
}

// A layer's maps in a grid, in the middle of a line that is `high`.
function pictureOf(layer, scale, tall, x = 0, y = 0, high = 0) {
  const { columns, rows, size } = gridOf(layer, tall);
  const [down, across] = size.map((side) => side * scale + GAP); // from one map to the next
  const width = columns * across - GAP;
  const height = rows * down - GAP;
  const top = y + Math.max(0, Math.round((high - height) / 2));
  const tiles = tilesFor(layer, size).map((tile, map) => ({
    ...tile,
    scale,
    x: x + (map % columns) * across,
    y: top + Math.floor(map / columns) * down,
  }));
  return { key: layer.key, layer, tiles, x, y: top, width, height };
}

// How a layer's maps are arranged: { columns, rows, size }, where a map is size = [rows, columns].
function gridOf(layer, tall) {
  const size = layer.size === 1 ? compact(layer) : shapeOf(layer);
  const maps = layer.size === 1 ? 1 : layer.maps;
  const columns = tall ? Math.floor(Math.sqrt(maps)) : Math.ceil(Math.sqrt(maps));
  return { columns, rows: Math.ceil(maps / columns), size };
}

// Single units in the shape in which they are shown elsewhere, unless that is a tower.
function compact(layer) {
  const [rows, columns] = shapeOf(layer);
  if (rows <= TALLEST) return [rows, columns];
  const high = Array.from({ length: TALLEST }, (_, n) => TALLEST - n).find((n) => layer.maps % n === 0);
  return [high, layer.maps / high];
}
