// Where the layers stand: the input large, the layers beside it in rows, below it on a phone.
// A tile is { layer, map, rows, columns, x, y, scale }; a layer whose maps are single units is
// one tile of all of them, `map` then being the first.

const TITLE = 20;
const GAP = 5;
const NARROW = 480;
const MOST = { c1: 4, s2: 5, c3: 4, s4: 6, c5: 9, f6: 6 }; // CSS pixels for a unit

/** { width, height, tiles, titles } for a width in CSS pixels. */
export function arrange(spec, width) {
  const [input, ...layers] = spec.layers.filter(({ key }) => key !== "output");
  const narrow = width < NARROW;
  const largest = Math.floor(Math.min(narrow ? width : width * 0.4, 460) / input.size);
  const tiles = [tileOf(input, 0, 1, TITLE, largest)];
  const titles = [{ text: "input", x: 0, y: 0 }];
  const side = input.size * largest;
  const left = narrow ? 1 : side + 28;
  const room = Math.min(width - left - 1, 620);
  let y = narrow ? side + TITLE + 16 : 0;
  for (const layer of layers) {
    titles.push({ text: `${layer.title} \u00b7 ${layer.detail}`, x: left, y });
    y += TITLE;
    const columns = layer.size === 1 ? acrossOf(spec, layer) : layer.size;
    const most = layer.size === 1 ? 1 : layer.maps > 6 ? 8 : 6;
    const perRow = most * (2 * columns + GAP) > room + GAP ? most / 2 : most;
    const fits = Math.floor((room - GAP * (perRow - 1)) / perRow / columns);
    const scale = Math.max(2, Math.min(fits, MOST[layer.key]));
    const count = layer.size === 1 ? 1 : layer.maps;
    for (let i = 0; i < count; i++) {
      const x = left + (i % perRow) * (columns * scale + GAP);
      const tile = tileOf(layer, i, x, y + Math.floor(i / perRow) * (layer.size * scale + GAP), scale);
      if (layer.size === 1) Object.assign(tile, { columns, rows: layer.maps / columns });
      tiles.push(tile);
    }
    y += Math.ceil(count / perRow) * (tiles.at(-1).rows * scale + GAP) + 4;
  }
  return { width, height: Math.max(y, side + TITLE) + 2, tiles, titles };
}

/** The unit { layer, map, row, column } at a point, or null. */
export function unitAt(stage, x, y) {
  for (const tile of stage.tiles) {
    const row = Math.floor((y - tile.y) / tile.scale);
    const column = Math.floor((x - tile.x) / tile.scale);
    if (row < 0 || row >= tile.rows || column < 0 || column >= tile.columns) continue;
    return tile.single
      ? { layer: tile.layer, map: row * tile.columns + column, row: 0, column: 0 }
      : { layer: tile.layer, map: tile.map, row, column };
  }
  return null;
}

function tileOf(layer, map, x, y, scale) {
  const single = layer.size === 1;
  return { layer: layer.key, map, single, rows: layer.size, columns: layer.size, x, y, scale };
}

// F6 in the shape of the codes that it is compared with.
const acrossOf = (spec, layer) => (layer.key === "f6" ? spec.codeColumns : layer.maps / 4);
