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
  // Kept free below the view, so that it is seen that the page goes on. It is the same with and
  // without a pinned unit: what one clicks on must not move away.
  below: 60,
  title: 60, // height of a layer's title: its name and three lines
  unit: 2, // a unit is never smaller
  map: { side: 28, perUnit: 2 }, // a map is at most so large, and so much larger for each unit
  picture: { height: 168 }, // a layer of one tile is at most so high
  between: { few: 12, many: 2, across: 5 }, // between the maps of a layer
  gap: { least: 34, most: 84 }, // between layers
  output: { code: { least: 2, most: 4, across: 26 }, bar: 110, label: 34, number: 52 },
  legend: { height: 42, top: 14, width: 290, share: 0.28 },
  mapNumbers: true, // beside the maps; they open cards
  edges: true,
  sheet: false, // whether what is said of a pinned unit comes in a sheet over the page
};

/** The same for a narrower screen. */
export const COMPACT = {
  ...WIDE,
  name: "compact",
  gap: { least: 20, most: 84 },
  output: { ...WIDE.output, bar: 44 },
};

/** The same for a screen with more room: larger text, and units larger still. */
function spacious(width, height) {
  const times = Math.min(width / USUAL[0], height / USUAL[1], 3);
  if (times <= 1) return WIDE;
  const text = (1 + times) / 2;
  const px = (size) => Math.round(size * text);
  const { gap, legend, map, output, picture, title } = WIDE;
  return {
    ...WIDE,
    text,
    title: px(title),
    map: { side: map.side * times, perUnit: map.perUnit * times },
    picture: { height: picture.height * times },
    gap: { least: px(gap.least), most: gap.most * times },
    output: {
      code: { least: 2, most: Math.floor(output.code.most * times), across: px(output.code.across) },
      bar: px(output.bar),
      label: px(output.label),
      number: px(output.number),
    },
    legend: { ...legend, height: px(legend.height), top: px(legend.top), width: px(legend.width) },
  };
}

/** For a phone on its side: as wide as a narrow screen, and lower than any. */
export const LOW = {
  ...COMPACT,
  name: "low",
  leastHeight: 250,
  below: 4,
  step: 0.5,
  title: 30,
  between: { few: 3, many: 2, across: 3 },
  gap: { least: 12, most: 60 },
  output: { code: { least: 1, most: 2, across: 10 }, bar: 44, label: 22, number: 44 },
  legend: { height: 48, top: 6, width: 110, share: 0.28 },
  mapNumbers: false,
  sheet: true,
};

/**
 * For a projector: in a window of 1280 x 720 no text is below 20 CSS pixels and no unit below 4, and
 * a larger window has larger ones. The drawing canvas and all controls stand in a column beside it.
 */
function presenter(times, rows) {
  const whole = rows === 1;
  const px = (size) => Math.round(size * times);
  return {
    ...WIDE,
    name: "presenter",
    half: !whole, // whether it has half of the window
    text: 2 * times,
    leastHeight: px(whole ? 500 : 340),
    below: whole ? 0 : px(6),
    title: px(28),
    unit: Math.floor((whole ? 4 : 3) * times),
    aside: Math.floor(2 * times), // a unit is so large where something else is enlarged
    map: { side: px(whole ? 56 : 28), perUnit: Math.floor((whole ? 4 : 3) * times) },
    picture: { height: px(180) },
    between: { few: px(8), many: px(2), across: px(8) },
    gap: { least: px(22), most: px(110) },
    corner: { column: px(284), gap: px(22) }, // the column of the canvas, and right of it
    output: { code: { least: 2, most: px(5), across: px(26) }, bar: px(70), label: px(40), number: px(90) },
    legend: { height: 0, top: px(8), width: px(290), share: 1 },
    mapNumbers: false,
  };
}

/**
 * For a phone: rows of maps below each other, all as large as they can be with everything on one
 * screen. The drawing canvas may take the picture's upper left corner; the input stands beside it.
 */
export const NARROW = {
  ...WIDE,
  name: "narrow",
  flow: "down",
  leastHeight: 0,
  below: 0,
  step: 0.25, // units are multiples of it
  unit: 1.25,
  names: 74, // width of a layer's title, left of its maps
  between: 3, // at least, between the maps of a layer, either way
  widest: 14, // between maps side by side, where a line has room
  gap: 5, // between layers
  title: 30,
  corner: { gap: 10, share: 0.44 }, // right of the canvas, and how much of its height the input gets
  largest: { input: 4, unit: 12 },
  output: { title: 28, row: { least: 10, most: 30 }, code: { least: 0.75, most: 2 }, label: 22, number: 48 },
  legend: { height: 18, top: 2, width: 150, share: 0.38 },
  controls: { height: 34, fromHeight: 720 }, // below the legend; on screen from that height on
  mapNumbers: false,
  edges: false,
  sheet: true,
};

/** The same in a window that is lower than any phone is high: a page at 200 %, which scrolls. */
const SHORT = {
  ...NARROW,
  leastHeight: 620,
  gap: 13,
  output: { ...NARROW.output, row: { least: 14, most: 30 } },
};

const USUAL = [1050, 800]; // a view's width and a window's height that the wide arrangement is made for
const MANY = 6; // more maps than this stand closer
const MANY_EDGES = 20; // more than these between two layers get twice the room
const SLIM = 50; // two columns narrower than this need some more room for their titles
const APART = 6; // between the titles of two columns
const TIGHT = 800; // a layout narrower than this has smaller details in its titles
const LOWER = 780; // in a window lower than this a title has two lines below the name,
const LOWER_TITLE = 47; // and this height
const LOW_SCREEN = 500; // a window lower than this is that of a phone on its side
const CROWDED = 960; // one narrower than this has no room for the badge beside the controls

/**
 * The arrangement for a view of that width in a window of that height. In presenter mode everything
 * is so many times as large as in the smallest window that can be `presented`; else that is 0.
 * Then the view may be one of some `rows` of the window.
 */
export function arrangementFor(width, height, presented = 0, rows = 1) {
  if (presented) return presenter(presented, rows);
  if (width < 480) return height < LOW_SCREEN ? SHORT : NARROW;
  if (height < LOW_SCREEN) return LOW;
  if (width < 600) return NARROW;
  const usual = width <= 900 ? COMPACT : spacious(width, height);
  return height < LOWER ? { ...usual, title: LOWER_TITLE } : usual;
}

/**
 * The layout of a network in `room`, which is { width, height, arrangement, corner, large, kept }.
 *
 * Where the drawing canvas lies over the picture's upper left corner, `corner` is { right,
 * bottom, end }: its right and lower side, and where what belongs to it ends. `large` is the key of
 * the layer that gets as much room as the others can spare, or null; `kept` the CSS pixels that
 * stay free below the maps.
 *
 * { width, height, tiles, titles, hint, outputs, legend, below, edges, text, mapNumbers, sheet, panel,
 * large, classes }:
 * `tiles` as in tiles.js, one for each map; `titles` a box { key, x, y, width, height, at, beside }
 * for each layer, `at` being where its text is centred, or null, and `beside` true where it stands
 * beside the maps, not over them; `hint` a box beside the maps;
 * `outputs` one row for each class; `below` the left and
 * upper side of what is kept free below the maps; `edges` join the right side of one tile to the
 * left side of another; `classes` are for the style sheet. The layout
 * is as wide as the room; its height may be more.
 */
export function layOut(spec, room) {
  const { width, arrangement, corner = null, large = null } = room;
  const blocks = spec.layers.slice(0, -1).map((layer) => blockOf(layer, arrangement));
  const place = { across: placeAcross, down: placeDown }[arrangement.flow];
  const { x, y, depth, foot, height, below } = place(spec, blocks, { ...room, corner, large });
  const layout = {
    width,
    height,
    tiles: blocks.flatMap((block) => block.tiles),
    titles: [
      ...blocks.map(({ layer, title }) => ({ key: layer.key, ...title })),
      outputTitle(spec, { x, y, width }, arrangement),
    ],
    hint: hintBox(blocks, width, arrangement),
    outputs: outputRows(spec, { x, y, width: width - x, depth }, arrangement.output, arrangement.step),
    legend: {
      x: 0,
      y: foot + arrangement.legend.top,
      width: Math.min(arrangement.legend.width, width * arrangement.legend.share, corner?.right ?? width),
    },
    below,
    text: arrangement.text,
    mapNumbers: arrangement.mapNumbers,
    sheet: arrangement.sheet,
    panel: Boolean(room.kept),
    large,
    classes: [
      arrangement.name,
      ...(arrangement.half ? ["half"] : []),
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
  const [{ box, centre: top, pitch }] = layout.outputs;
  const bottom = layout.outputs.at(-1).centre;
  return { x: box.x, y: top - pitch / 2, width: layout.width - box.x - 6, height: bottom - top + pitch };
}

// --- the layers before the output ---------------------------------------------------------

// All tiles of a layer: { layer, tiles, count, rows, columns, most }, `most` being the largest
// side of a unit that the arrangement wants.
function blockOf(layer, { map, picture }) {
  const made = tiles.tilesFor(layer);
  const [{ rows, columns }] = made;
  const count = made.length;
  const height = count === 1 ? picture.height : map.side + map.perUnit * rows;
  return { layer, tiles: made, count, rows, columns, most: Math.floor(height / rows) };
}

const widthOf = ({ columns, scale, perLine }, { between }) =>
  perLine * columns * scale + (perLine - 1) * between.across;

// One column a layer, left to right. Layers of more maps than fit below each other get more
// columns. When all are too wide together, the widest gives way first.
function placeAcross(spec, blocks, { width, height: available, arrangement, corner, large, kept = 0 }) {
  const { title, between, gap, output, legend, aside } = arrangement;
  const height = Math.max(available, arrangement.leastHeight);
  const depth = height - title - (corner ? 0 : legend.height) - kept;
  const { column = 0, gap: beside = 0 } = arrangement.corner ?? {};
  const left = corner ? Math.max(corner.right, column) + beside : 1; // room for the first hairline
  const unit = kept || large ? aside : arrangement.unit;
  const free = ({ count, lines }) => depth - (count > MANY ? between.many : between.few) * (lines - 1);
  for (const block of blocks) {
    const { count, rows } = block;
    const most = large ? unit : block.most;
    block.perLine = 1;
    while (Math.ceil(count / block.perLine) * rows * unit > depth && block.perLine < count) {
      block.perLine += 1;
    }
    block.lines = Math.ceil(count / block.perLine);
    block.scale = Math.max(unit, Math.min(most, Math.floor(free(block) / (block.lines * rows))));
  }

  const across = (block) => widthOf(block, arrangement);
  const atTheEnd = output.label + (spec.codes ? output.code.across : 0) + output.bar + output.number;
  const need = () => blocks.reduce((sum, block) => sum + across(block), 0) + atTheEnd;
  const room = width - left - blocks.length * gap.least;
  while (need() > room) {
    const [widest] = blocks
      .filter(({ scale }) => scale > unit)
      .sort((a, b) => across(b) - across(a));
    if (!widest) break;
    widest.scale -= 1;
  }
  const enlarged = blocks.find(({ layer }) => layer.key === large);
  if (enlarged) enlarge(enlarged, room - need() + across(enlarged), free, between);

  const shares = blocks.map((block, place) => shareOf(block, blocks[place + 1]));
  const spare = Math.max(width - left - need(), blocks.length * 8);
  const step = Math.min(spare / shares.reduce((sum, share) => sum + share), gap.most);
  let x = left;
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
    block.title = { at: x + across(block) / 2, y: 0, height: title };
    x += across(block) + step * shares[place];
  });
  // From one title to the next the border is half way between their columns.
  blocks.forEach((block, place) => {
    block.title.x = place ? blocks[place - 1].title.x + blocks[place - 1].title.width : left - 1;
    const end = blocks[place + 1] ? (block.title.at + blocks[place + 1].title.at) / 2 : x - 4;
    block.title.width = end - block.title.x;
  });
  for (const { title: box } of blocks) box.width -= APART;
  const foot = corner ? corner.end : height - legend.height;
  return { x, y: title, depth, foot, height, below: { x: left, y: title + depth } };
}

// Gives a block the lines in which its units are largest within that width.
function enlarge(block, width, free, between) {
  const { count, rows, columns, scale } = block;
  let best = { perLine: block.perLine, lines: block.lines, scale };
  for (let perLine = 1; perLine <= count; perLine++) {
    const lines = Math.ceil(count / perLine);
    const across = (width - between.across * (perLine - 1)) / (perLine * columns);
    const fits = Math.floor(Math.min(across, free({ count, lines }) / (lines * rows)));
    if (fits > best.scale) best = { perLine, lines, scale: fits };
  }
  Object.assign(block, best);
}

// How much of the free width goes between a block and the next.
function shareOf(block, next) {
  if (!next) return 1;
  const edges = next.count === 1 ? block.count : next.layer.reads.flat().length;
  if (edges > MANY_EDGES) return 2;
  const slim = ({ columns, most }) => columns * most < SLIM;
  return slim(block) && slim(next) ? 1.4 : 1;
}

// Rows of maps below each other, and F6's kind of picture beside the output. Whatever height is
// left goes to the layer that is smallest for its size, step by step.
function placeDown(spec, blocks, { width, height: shown, arrangement, corner }) {
  const available = Math.max(shown, arrangement.leastHeight);
  const { names, gap, between, widest, step, output, legend, controls } = arrangement;
  const [input, ...others] = blocks;
  const last = others.pop();
  const room = width - names - 1;
  const top = placeInput(input, width, corner, arrangement);

  const rows = others.map((block) => ({ block, at: 0, options: optionsOf(block, room, arrangement) }));
  rows.push({ block: last, at: 0, options: lastOptions(spec, last, width, arrangement) });
  // On the smallest screens the controls are the one thing that has to be scrolled to.
  const below = legend.height + (available >= controls.fromHeight ? controls.height : 0);
  const around = top + gap * others.length + output.title + below;
  const free = () => available - around - rows.reduce((sum, { options, at }) => sum + options[at].height, 0);
  const worth = ({ block, options, at }) => options[at].scale / wantedUnit(block);
  for (let growing = true; growing; ) {
    growing = false;
    const smallestFirst = rows.filter(({ options, at }) => at + 1 < options.length);
    for (const row of smallestFirst.sort((one, other) => worth(one) - worth(other))) {
      const more = row.options[row.at + 1].height - row.options[row.at].height;
      if (more > free()) continue;
      row.at += 1;
      growing = true;
      break;
    }
  }

  let y = top;
  for (const { block, options, at } of rows.slice(0, -1)) {
    const { height, scale, perLine, shape } = options[at];
    if (shape) Object.assign(block.tiles[0], { rows: shape[0], columns: shape[1] });
    const [{ rows: down, columns }] = block.tiles;
    const spare = (room - perLine * columns * scale) / Math.max(1, perLine - 1);
    const across = Math.floor(Math.min(spare, widest) / step) * step;
    block.title = { x: 0, y, width: names - 3, height, at: null, beside: true };
    block.tiles.forEach((tile, i) => {
      tile.x = names + (i % perLine) * (columns * scale + across);
      tile.y = y + Math.floor(i / perLine) * (down * scale + between);
      tile.scale = scale;
    });
    y += height + gap;
  }
  const { height, scale } = rows.at(-1).options[rows.at(-1).at];
  const [tile] = last.tiles;
  Object.assign(tile, { x: 1, y: y + output.title, scale });
  const x = 1 + tiles.tileWidth(tile) + 2 * gap;
  last.title = { x: 0, y, width: x - gap, height: output.title, at: null };
  y += output.title;
  const foot = y + height;
  return { x, y, depth: height, foot, height: foot + legend.height + controls.height };
}

// The input stands beside the canvas, as low as that goes, or in a row of its own without one.
// Returns where the rows begin.
function placeInput(block, width, corner, { step, gap, corner: beside, largest, title }) {
  const [tile] = block.tiles;
  const x = corner ? corner.right + beside.gap : 1;
  const most = corner ? (beside.share * corner.bottom) / tile.rows : largest.input;
  const fits = Math.min(most, largest.input, (width - x - 1) / tile.columns);
  tile.scale = Math.max(step, Math.floor(fits / step) * step);
  tile.x = x;
  tile.y = corner ? corner.bottom - tiles.tileHeight(tile) - 1 : title;
  block.title = { x, y: tile.y - title, width: width - x, height: title, at: null };
  return corner ? corner.end + gap : tile.y + tiles.tileHeight(tile) + gap;
}

// Over the output, whose rows begin at (x, y).
function outputTitle(spec, { x, y, width }, { output, title }) {
  const height = output.title ?? title;
  return { key: spec.layers.at(-1).key, x, y: y - height, width: width - x, height, at: null };
}

// Room for a few words: below the input where columns stand side by side, on a phone above it; else
// right of the first row of maps, or of the input, or over the end of that row.
function hintBox([input, first], width, { flow, sheet, title }) {
  const [tile] = input.tiles;
  if (flow === "across") {
    const own = Math.min(Math.max(tiles.tileWidth(tile), 96), first.tiles[0].x - tile.x - (sheet ? 6 : 22));
    return { x: tile.x, y: sheet ? title + 16 : tile.y + tiles.tileHeight(tile) + 10, width: own };
  }
  const row = tiles.boundsOf(first.tiles);
  for (const box of [row, tiles.boundsOf(input.tiles)]) {
    const x = box.x + box.width + 8;
    if (width - x > 60) return { x, y: box.y, width: width - x, height: box.height };
  }
  return { x: width - 150, y: row.y + row.height - 34, width: 150, height: 34 };
}

// How large a unit of a layer should be beside those of others: small maps get larger ones.
const wantedUnit = ({ rows, count }) => (count === 1 ? 10 : 1.7 + 12 / rows);

// What a layer can look like, in rising height: { height, scale, perLine, shape }. A higher one
// is there only if its units are larger.
function optionsOf(block, room, { step, unit, between, largest }) {
  const { count, layer } = block;
  const options = [];
  const add = (rows, columns, lines, shape) => {
    const perLine = Math.ceil(count / lines);
    const widest = (room - between * (perLine - 1)) / perLine / columns;
    for (let scale = unit; scale <= Math.min(widest, largest.unit); scale += step) {
      options.push({ height: lines * rows * scale + between * (lines - 1), scale, perLine, shape });
    }
  };
  if (block.tiles[0].single) {
    for (let rows = 1; rows <= 8; rows++) {
      if (layer.maps % rows === 0) add(rows, layer.maps / rows, 1, [rows, layer.maps / rows]);
    }
  } else {
    for (let lines = 1; lines <= count && (lines <= 3 || !options.length); lines++) {
      add(block.rows, block.columns, lines);
    }
  }
  return rising(options);
}

// The same for the last picture and the output beside it, a row for each class.
function lastOptions(spec, block, width, { step, output }) {
  const options = [];
  for (let row = output.row.least; row <= output.row.most; row += step) {
    const height = row * spec.classes.length;
    const fits = Math.min(height / block.rows, (0.28 * width) / block.columns);
    options.push({ height, scale: Math.floor(fits / step) * step });
  }
  return options;
}

function rising(options) {
  options.sort((one, other) => one.height - other.height || other.scale - one.scale);
  return options.filter(
    ({ scale }, place) => options.slice(0, place).every((lower) => lower.scale < scale),
  );
}

// --- the output -----------------------------------------------------------------------------

// A row for each class: its code, where outputs are distances to codes; its name; a bar.
function outputRows(spec, { x, y, width, depth }, { code, label, number }, step = 1) {
  const pitch = depth / spec.classes.length;
  const fits = spec.codes ? Math.floor((pitch - (step < 1 ? 1 : 4)) / spec.codeRows / step) * step : 0;
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
      pitch,
      box,
      code: spec.codes && {
        first: 0,
        rows: spec.codeRows,
        columns: spec.codeColumns,
        x: box.x,
        y: Math.round(box.y / step) * step,
        scale,
      },
      label: { x: x + across + (spec.codes ? Math.min(10, label / 3) : 0) },
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
