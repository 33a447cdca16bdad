// Where everything stands in the network view, for a given room in CSS pixels.
//
// A tile is one picture of units: { layer, first, rows, columns, x, y, scale }, `first` being
// the index of its first unit in the layer's flat array and `scale` the side of a unit. A map
// of C1 to S4 is one tile; C5 is one tile of all its 120 units; F6 one of 12 x 7, in the shape
// of the codes it is compared with. Sizes come from the spec, never from here.

const TITLE_HEIGHT = 36;
const LEGEND_HEIGHT = 42;
const NARROW = 600;

/** The layout of all layers: { width, height, tiles, titles, outputs, legend, edges }. */
export function makeLayout(spec, width, room) {
  return width < NARROW ? stacked(spec, width) : sideBySide(spec, width, room);
}

/** The tile and unit index at a point, or null: { tile, index, row, column }. */
export function unitAt(layout, x, y) {
  for (const tile of layout.tiles) {
    const column = Math.floor((x - tile.x) / tile.scale);
    const row = Math.floor((y - tile.y) / tile.scale);
    if (row >= 0 && row < tile.rows && column >= 0 && column < tile.columns) {
      return { tile, row, column, index: tile.first + row * tile.columns + column };
    }
  }
  return null;
}

export const tileWidth = (tile) => tile.columns * tile.scale;
export const tileHeight = (tile) => tile.rows * tile.scale;
export const tilesOf = (layout, key) => layout.tiles.filter((tile) => tile.layer === key);

// Layers whose maps are single units are shown as one picture of all of them.
function picture(spec, layer) {
  if (layer.key === "f6") return { rows: spec.codeRows, columns: spec.codeColumns };
  const columns = layer.maps % 8 ? 1 : 8;
  return { rows: layer.maps / columns, columns };
}

function shape(spec, layer) {
  return layer.size > 1
    ? { count: layer.maps, rows: layer.size, columns: layer.size }
    : { count: 1, ...picture(spec, layer) };
}

// --- wide: one column a layer, left to right -------------------------------------------

function sideBySide(spec, width, room) {
  const top = TITLE_HEIGHT;
  const height = Math.max(room, 430);
  const depth = height - top - LEGEND_HEIGHT;
  const layers = spec.layers.slice(0, -1);
  const columns = layers.map((layer) => {
    const { count, rows, columns: across } = shape(spec, layer);
    return { layer, count, rows, columns: across, scale: fittingScale(layer, count, rows, depth) };
  });

  const outputWidth = (barRoom) => 34 + 26 + barRoom + 52;
  const gaps = columns.length;
  const need = () => columns.reduce((sum, c) => sum + c.columns * c.scale, 0);
  const least = width > 900 ? 34 : 20;
  const bars = width > 900 ? 110 : 44;
  // When the maps are too wide together, the widest gives way first.
  while (need() + outputWidth(bars) + gaps * least > width) {
    const widest = columns
      .filter((c) => c.scale > 2)
      .sort((a, b) => b.columns * b.scale - a.columns * a.scale)[0];
    if (!widest) break;
    widest.scale -= 1;
  }

  // Table I's many edges get twice the room of the others; C3 and S4, the two narrowest columns,
  // need some more for their titles.
  const shares = columns.map((column) => ({ s2: 2, c3: 1.4 })[column.layer.key] ?? 1);
  const spare = Math.max(width - 1 - need() - outputWidth(bars), gaps * 8);
  const gap = Math.min(spare / shares.reduce((sum, share) => sum + share), 84);
  const tiles = [];
  const titles = [];
  let x = 1; // room for the first hairline
  columns.forEach((column, place) => {
    const across = column.columns * column.scale;
    const down = column.rows * column.scale;
    const pitch = Math.min(depth / column.count, column.count > 1 ? down * 2 : depth);
    const start = top + (depth - pitch * column.count) / 2;
    for (let i = 0; i < column.count; i++) {
      tiles.push({
        layer: column.layer.key,
        first: i * column.rows * column.columns,
        rows: column.rows,
        columns: column.columns,
        x: Math.round(x),
        y: Math.round(start + pitch * i + (pitch - down) / 2),
        scale: column.scale,
      });
    }
    titles.push({ key: column.layer.key, x: x + across / 2, y: 0, align: "centre" });
    x += across + gap * shares[place];
  });

  const outputs = outputRows(spec, { x, y: top, width: width - x, depth });
  titles.push({ key: "output", x, y: 0, align: "left" });
  const layout = {
    width,
    height,
    tiles,
    titles,
    outputs,
    legend: { x: 0, y: height - LEGEND_HEIGHT + 14, width: Math.min(290, width * 0.28) },
  };
  layout.edges = edges(spec, layout);
  return layout;
}

function fittingScale(layer, count, rows, depth) {
  const gap = count > 6 ? 2 : 12;
  const most = { input: 5, c1: 3, s2: 4, c3: 4, s4: 7, c5: 11, f6: 14 }[layer.key] ?? 4;
  const fits = Math.floor((depth - gap * (count - 1)) / (count * rows));
  return Math.max(2, Math.min(most, fits));
}

// --- narrow: one layer below the other --------------------------------------------------

function stacked(spec, width) {
  const tiles = [];
  const titles = [];
  const gap = 5;
  let y = 0;
  for (const layer of spec.layers.slice(0, -1)) {
    const { count, rows, columns } = shape(spec, layer);
    titles.push({ key: layer.key, x: 0, y, align: "left" });
    y += TITLE_HEIGHT;
    const perRow = count === 1 ? 1 : layer.size > 20 ? 3 : count > 6 ? 8 : 6;
    const most = count === 1 ? (layer.key === "c5" ? 16 : 14) : 99;
    const widest = Math.floor((width - 2 - gap * (perRow - 1)) / perRow / columns);
    const scale = Math.max(2, Math.min(most, layer.key === "input" ? 5 : widest));
    for (let i = 0; i < count; i++) {
      tiles.push({
        layer: layer.key,
        first: i * rows * columns,
        rows,
        columns,
        x: 1 + (i % perRow) * (columns * scale + gap),
        y: y + Math.floor(i / perRow) * (rows * scale + gap),
        scale,
      });
    }
    y += Math.ceil(count / perRow) * (rows * scale + gap) + 14;
  }
  titles.push({ key: "output", x: 0, y, align: "left" });
  y += TITLE_HEIGHT;
  const outputs = outputRows(spec, { x: 0, y, width, depth: 52 * spec.classes.length });
  y += 52 * spec.classes.length + 12;
  return {
    width,
    height: y + 2 * LEGEND_HEIGHT + 14,
    tiles,
    titles,
    outputs,
    legend: { x: 0, y: y + 8, width: Math.min(240, width * 0.6) },
    edges: [],
  };
}

// --- both ---------------------------------------------------------------------------------

function outputRows(spec, { x, y, width, depth }) {
  const pitch = depth / spec.classes.length;
  const scale = Math.max(2, Math.min(4, Math.floor((pitch - 4) / spec.codeRows)));
  const across = spec.codeColumns * scale;
  const down = spec.codeRows * scale;
  return spec.classes.map((name, digit) => {
    const centre = y + pitch * (digit + 0.5);
    const barX = x + across + 34;
    return {
      digit,
      name,
      centre,
      code: { x: Math.round(x), y: Math.round(centre - down / 2), scale },
      label: { x: x + across + 10 },
      bar: { x: barX, width: Math.max(10, x + width - barX - 52) },
    };
  });
}

// An edge joins the right side of one tile to the left side of another. S2 to C3 is Table I and
// nothing else; a whole layer that reads a whole layer is drawn through one point between them.
function edges(spec, layout) {
  const lines = [];
  const byKey = Object.fromEntries(spec.layers.map((layer) => [layer.key, layer]));
  const list = ["input", "c1", "s2", "c3", "s4", "c5", "f6"];
  for (let i = 1; i < list.length; i++) {
    const from = tilesOf(layout, list[i - 1]);
    const to = tilesOf(layout, list[i]);
    const { reads } = byKey[list[i]];
    to.forEach((tile, k) => {
      const sources = to.length === 1 ? from.map((_, n) => n) : reads[k];
      for (const n of sources) {
        const ends = { from: right(from[n]), to: left(tile) };
        lines.push({ source: list[i - 1], before: n, layer: list[i], map: k, ...ends });
      }
    });
  }
  const f6 = tilesOf(layout, "f6")[0];
  for (const output of layout.outputs) {
    lines.push({
      source: "f6",
      before: 0,
      layer: "output",
      map: output.digit,
      from: right(f6),
      to: { x: output.code.x - 3, y: output.centre },
    });
  }
  return lines;
}

const right = (tile) => ({ x: tile.x + tileWidth(tile) + 2, y: tile.y + tileHeight(tile) / 2 });
const left = (tile) => ({ x: tile.x - 3, y: tile.y + tileHeight(tile) / 2 });
