// Where everything stands in the network view. It follows from the architecture, from the width
// and height that the view is given, and from an arrangement: a few sizes, in CSS pixels, of
// which there is one for each kind of screen. No layer is known by its name here.

import * as tiles from "../shared/tiles.js";

/** For the usual screen: one column of maps a layer, left to right. */
export const WIDE = {
  name: "wide",
  flow: "across",
  text: 1, // times the usual size
  leastHeight: 430,
  title: 36, // height of a layer's title
  unit: 2, // a unit is never smaller
  map: { side: 28, perUnit: 2 }, // a map is at most so large, and so much larger for each unit
  picture: { height: 168 }, // a layer of one tile is at most so high
  between: { few: 12, many: 2, across: 5 }, // between the maps of a layer
  gap: { least: 34, most: 84 }, // between layers
  output: { depth: 0, code: { least: 2, most: 4, across: 26 }, bar: 110, label: 34, number: 52 },
  legend: { height: 42, top: 14, width: 290, share: 0.28 },
  mapNumbers: "beside",
  edges: true,
};

/** The same for a narrower screen. */
export const COMPACT = {
  ...WIDE,
  name: "compact",
  gap: { least: 20, most: 84 },
  output: { ...WIDE.output, bar: 44 },
};

/** For a projector: larger text and larger units. */
export const LARGE = {
  ...WIDE,
  name: "large",
  text: 1.5,
  title: 54,
  unit: 3,
  map: { side: 42, perUnit: 3 },
  picture: { height: 252 },
  gap: { least: 40, most: 120 },
  output: { depth: 0, code: { least: 2, most: 6, across: 39 }, bar: 130, label: 48, number: 78 },
  legend: { height: 60, top: 20, width: 400, share: 0.28 },
};

/** For a phone: one layer below the other, without the lines between them. */
export const NARROW = {
  ...WIDE,
  name: "narrow",
  flow: "down",
  map: null, // as large as the width allows
  picture: { width: 168, perColumn: 2 },
  perLine: { large: 3, many: 8, few: 6 }, // maps side by side
  between: { few: 5, many: 5, across: 5 },
  gap: { least: 14, most: 14 },
  output: { ...WIDE.output, depth: 52 },
  legend: { height: 112, top: 8, width: 240, share: 0.6 },
  mapNumbers: "corner",
  edges: false,
};

const MANY = 6; // more maps than this stand closer
const LARGE_MAP = 20; // units on a side; fewer of these fit beside each other
const MANY_EDGES = 20; // more than these between two layers get twice the room
const SLIM = 50; // two columns narrower than this need some more room for their titles
const TIGHT = 800; // a layout narrower than this has smaller details in its titles
const CROWDED = 960; // one narrower than this has no room for the badge beside the controls

/** The arrangement for a view of that width, or the one that is asked for by its name. */
export function arrangementFor(width, name = "") {
  if (name === LARGE.name) return LARGE;
  return width < 600 ? NARROW : width <= 900 ? COMPACT : WIDE;
}

/**
 * The layout of a network in `room`, which is { width, height, arrangement }.
 *
 * { width, height, tiles, titles, outputs, legend, edges, text, mapNumbers, classes }: `tiles`
 * as in tiles.js, one for each map; `outputs` one row for each class; `edges` join the right
 * side of one tile to the left side of another; `classes` are for the style sheet. The layout
 * is as wide as the room; its height may be more.
 */
export function layOut(spec, { width, height: available, arrangement }) {
  const blocks = spec.layers.slice(0, -1).map((layer) => blockOf(layer, arrangement));
  const place = { across: placeAcross, down: placeDown }[arrangement.flow];
  const { x, y, depth, height } = place(spec, blocks, width, available, arrangement);
  const layout = {
    width,
    height,
    tiles: blocks.flatMap((block) => block.tiles),
    titles: [
      ...blocks.map(({ layer, title }) => ({ key: layer.key, ...title })),
      { key: spec.layers.at(-1).key, x, y: y - arrangement.title, align: "left" },
    ],
    outputs: outputRows(spec, { x, y, width: width - x, depth }, arrangement.output),
    legend: {
      x: 0,
      y: height - arrangement.legend.height + arrangement.legend.top,
      width: Math.min(arrangement.legend.width, width * arrangement.legend.share),
    },
    text: arrangement.text,
    mapNumbers: arrangement.mapNumbers,
    classes: [
      arrangement.name,
      ...(width < TIGHT ? ["tight"] : []),
      ...(width < CROWDED ? ["crowded"] : []),
    ],
  };
  layout.edges = arrangement.edges ? edgesOf(spec, layout) : [];
  return layout;
}

/** The unit { layer, map, row, column } at a point, or null; for an output anywhere in its row. */
export function unitAt(spec, layout, x, y) {
  const unit = tiles.unitAt(layout, x, y);
  if (unit) return unit;
  const output = layout.outputs.find(
    ({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height,
  );
  return output
    ? { layer: spec.layers.at(-1).key, map: output.digit, row: 0, column: 0 }
    : null;
}

/** The middle of a unit; for an output that of its row's left end. */
export function centreOf(spec, layout, unit) {
  if (unit.layer !== spec.layers.at(-1).key) return tiles.centreOf(layout, unit);
  const { box, centre } = layout.outputs[unit.map];
  return { x: box.x, y: centre };
}

/** The rectangle that a layer takes up. */
export function boundsOf(spec, layout, key) {
  if (key !== spec.layers.at(-1).key) return tiles.boundsOf(tiles.tilesOf(layout, key));
  const [{ box, centre: top }] = layout.outputs;
  const bottom = layout.outputs.at(-1).centre;
  return { x: box.x, y: top - 24, width: layout.width - box.x - 6, height: bottom - top + 48 };
}

// --- the layers before the output ---------------------------------------------------------

// All tiles of a layer: { layer, tiles, count, rows, columns, most }, `most` being the largest
// side of a unit that the arrangement wants.
function blockOf(layer, { map, picture }) {
  const made = tiles.tilesFor(layer);
  const [{ rows, columns }] = made;
  const count = made.length;
  let most = Infinity;
  if (count === 1) {
    const { height = Infinity, width = Infinity, perColumn = Infinity } = picture;
    most = Math.min(height / rows, width / columns, perColumn * columns);
  } else if (map) {
    most = (map.side + map.perUnit * rows) / rows;
  }
  return { layer, tiles: made, count, rows, columns, most: Math.floor(most) };
}

const widthOf = ({ columns, scale, perLine }, { between }) =>
  perLine * columns * scale + (perLine - 1) * between.across;

// One column a layer, left to right. Layers of more maps than fit below each other get more
// columns. When all are too wide together, the widest gives way first.
function placeAcross(spec, blocks, width, available, arrangement) {
  const { title, unit, between, gap, output, legend } = arrangement;
  const height = Math.max(available, arrangement.leastHeight);
  const depth = height - title - legend.height;
  for (const block of blocks) {
    const { count, rows, most } = block;
    block.perLine = 1;
    while (Math.ceil(count / block.perLine) * rows * unit > depth && block.perLine < count) {
      block.perLine += 1;
    }
    block.lines = Math.ceil(count / block.perLine);
    const free = depth - (count > MANY ? between.many : between.few) * (block.lines - 1);
    block.scale = Math.max(unit, Math.min(most, Math.floor(free / (block.lines * rows))));
  }

  const across = (block) => widthOf(block, arrangement);
  const atTheEnd = output.label + (spec.codes ? output.code.across : 0) + output.bar + output.number;
  const need = () => blocks.reduce((sum, block) => sum + across(block), 0) + atTheEnd;
  while (need() + blocks.length * gap.least > width) {
    const [widest] = blocks
      .filter(({ scale }) => scale > unit)
      .sort((a, b) => across(b) - across(a));
    if (!widest) break;
    widest.scale -= 1;
  }

  const shares = blocks.map((block, place) => shareOf(block, blocks[place + 1]));
  const spare = Math.max(width - 1 - need(), blocks.length * 8);
  const step = Math.min(spare / shares.reduce((sum, share) => sum + share), gap.most);
  let x = 1; // room for the first hairline
  blocks.forEach((block, place) => {
    const { count, columns, rows, scale, perLine, lines } = block;
    const down = rows * scale;
    const pitch = Math.min(depth / lines, count > 1 ? down * 2 : depth);
    const start = title + (depth - pitch * lines) / 2;
    block.tiles.forEach((tile, i) => {
      tile.x = Math.round(x + (i % perLine) * (columns * scale + between.across));
      tile.y = Math.round(start + pitch * Math.floor(i / perLine) + (pitch - down) / 2);
      tile.scale = scale;
    });
    block.title = { x: x + across(block) / 2, y: 0, align: "centre" };
    x += across(block) + step * shares[place];
  });
  return { x, y: title, depth, height };
}

// How much of the free width goes between a block and the next.
function shareOf(block, next) {
  if (!next) return 1;
  const edges = next.count === 1 ? block.count : next.layer.reads.flat().length;
  if (edges > MANY_EDGES) return 2;
  const slim = ({ columns, most }) => columns * most < SLIM;
  return slim(block) && slim(next) ? 1.4 : 1;
}

// One layer below the other, its maps side by side.
function placeDown(spec, blocks, width, available, arrangement) {
  const { title, unit, between, gap, output, legend } = arrangement;
  const room = width - 2;
  let y = 0;
  for (const block of blocks) {
    const { layer, count, rows, columns, most } = block;
    const { large, many, few } = arrangement.perLine;
    const wanted = rows > LARGE_MAP ? large : count > MANY ? many : few;
    const fits = Math.floor((room + between.across) / (columns * unit + between.across));
    const perLine = Math.max(1, Math.min(count, wanted, fits));
    // A layer of fewer maps than a line holds leaves the rest of the line free.
    const places = count === 1 ? 1 : Math.max(perLine, Math.min(wanted, fits));
    const widest = Math.floor((room - between.across * (places - 1)) / places / columns);
    const scale = Math.max(unit, Math.min(most, widest));
    block.title = { x: 0, y, align: "left" };
    y += title;
    block.tiles.forEach((tile, i) => {
      tile.x = 1 + (i % perLine) * (columns * scale + between.across);
      tile.y = y + Math.floor(i / perLine) * (rows * scale + between.few);
      tile.scale = scale;
    });
    y += Math.ceil(count / perLine) * (rows * scale + between.few) + gap.least;
  }
  const depth = output.depth * spec.classes.length;
  return { x: 0, y: y + title, depth, height: y + title + depth + 12 + legend.height };
}

// --- the output -----------------------------------------------------------------------------

// A row for each class: its code, where outputs are distances to codes; its name; a bar.
function outputRows(spec, { x, y, width, depth }, { code, label, number }) {
  const pitch = depth / spec.classes.length;
  const fits = spec.codes ? Math.floor((pitch - 4) / spec.codeRows) : 0;
  const scale = Math.max(code.least, Math.min(code.most, fits));
  const across = spec.codes ? spec.codeColumns * scale : 0;
  const down = spec.codes ? spec.codeRows * scale : Math.min(pitch, 24);
  return spec.classes.map((name, digit) => {
    const centre = y + pitch * (digit + 0.5);
    const bar = { x: x + across + label };
    bar.width = Math.max(10, x + width - bar.x - number);
    const box = { x: Math.round(x), y: centre - down / 2, width: 0, height: down };
    box.width = bar.x + bar.width + number - box.x;
    return {
      digit,
      name,
      centre,
      box,
      code: spec.codes && {
        first: 0,
        rows: spec.codeRows,
        columns: spec.codeColumns,
        x: box.x,
        y: Math.round(box.y),
        scale,
      },
      label: { x: x + across + (spec.codes ? 10 : 0) },
      bar,
    };
  });
}

// --- the lines between the layers -----------------------------------------------------------

// From each map to the maps that read it, and nothing else. A picture of single units reads and
// is read as a whole (`whole`), so lines from many maps meet in one point.
function edgesOf(spec, layout) {
  const lines = [];
  const layers = spec.layers.slice(0, -1);
  layers.slice(1).forEach((layer, place) => {
    const source = layers[place].key;
    const from = tiles.tilesOf(layout, source);
    tiles.tilesOf(layout, layer.key).forEach((tile, map) => {
      const every = from.map((_, n) => n);
      for (const before of tile.single || from[0].single ? every : layer.reads[map]) {
        const ends = { from: right(from[before]), to: left(tile) };
        lines.push({ source, before, layer: layer.key, map, whole: tile.single, ...ends });
      }
    });
  });
  const last = layers.at(-1).key;
  for (const tile of tiles.tilesOf(layout, last)) {
    for (const { digit, box, centre } of layout.outputs) {
      lines.push({
        source: last,
        before: tile.map,
        layer: spec.layers.at(-1).key,
        map: digit,
        whole: false,
        from: right(tile),
        to: { x: box.x - 3, y: centre },
      });
    }
  }
  return lines;
}

const middle = (tile) => tile.y + tiles.tileHeight(tile) / 2;
const right = (tile) => ({ x: tile.x + tiles.tileWidth(tile) + 2, y: middle(tile) });
const left = (tile) => ({ x: tile.x - 3, y: middle(tile) });
