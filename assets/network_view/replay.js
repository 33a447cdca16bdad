// The forward pass replayed on demand: layer by layer, and for one map unit by unit, with the
// kernel sliding over what it reads. Nothing is computed anew; what comes later is covered. What
// happens when, and what is covered then, is the business of timeline.js.

import { addition } from "../engine/adding.js";
import { sees, seesMaps } from "../engine/geometry.js";
import { allOf, cellOf, inside, tileHeight, tilesOf, tileWidth } from "../shared/tiles.js";
import { captionOf } from "./captions.js";
import { outline } from "./marks.js";
import { wipe } from "../shared/paint.js";
import { isOfUnit, isThere, missing, timeline, unitOf } from "./timeline.js";

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

const ALL = { kind: "slide" }; // a moment at which all of a unit's numbers are there

export const DECIMALS = 4;
export const FEWER_DECIMALS = 3; // where there is little room

/**
 * A replay that covers parts of the view.
 *
 * `target()` gives what to paint on and of: { context, layout, theme, trace }, and `explain(unit)`
 * the arithmetic of a unit. `draw()` paints the present moment; `start(unit)`, `play()`, `pause()`, `step()`,
 * `stop()` and `speed` move it. `changed()` is called after every moment, and when the replay
 * begins to run, pauses or ends.
 */
export function makeReplay(spec, target, explain, changed) {
  let moments = [];
  let at = -1; // index of the present moment; -1 when there is no replay
  let playing = 0; // the animation frame that has been asked for
  let since = 0;
  let lesson = false; // whether a unit's numbers are shown
  let known = {}; // the numbers asked for last

  const replay = {
    speed: 1,
    get running() {
      return playing !== 0;
    },
    get open() {
      return at >= 0;
    },
    /** Whether it goes on only when it is told to. */
    get stepsOnly() {
      return STILL.matches;
    },
    get moment() {
      return moments[at];
    },
    /** The unit that is being computed, or null while whole layers are. */
    get unit() {
      return replay.open ? unitOf(spec, moments[at]) : null;
    },
    /** { explained, adding, moment } of the pinned unit's map, for its numbers; or null. */
    get numbers() {
      const { unit } = replay;
      return unit && lesson ? numbersOf(unit, moments[at]) : null;
    },
    /** The same for a unit that is computed, whether a replay is open or not. */
    allOf(unit) {
      return numbersOf(unit, ALL);
    },
    /** What happens, in words. */
    get words() {
      if (!replay.open) return "";
      const { unit } = replay;
      return captionOf(spec, moments[at], unit && numbersOf(unit, moments[at]), target().trace);
    },
    /** Whether a layer has not been computed yet, or not all of it. */
    covers(key) {
      return replay.open && missing(spec, moments[at], placeOf(key)).length > 0;
    },
    /** Whether a unit { layer, map, row, column } is computed. */
    reaches(unit) {
      return !replay.open || isThere(spec, moments[at], unit);
    },
    /** How many maps of a layer of single units are there. */
    reached(key) {
      const [first] = replay.open ? missing(spec, moments[at], placeOf(key)) : [];
      return first ? first.from : Infinity;
    },
    /** Begin; the kernel slides for the map of `unit`, or for the first of the first layer. */
    start(unit) {
      const adding = unit && addition(explain(unit), DECIMALS);
      lesson = Boolean(adding);
      moments = timeline(spec, unit, adding);
      at = 0;
    },
    /** Another unit: as if its value had just been reached. */
    moveTo(unit) {
      replay.start(unit);
      const last = moments.findLastIndex(isOfUnit);
      if (lesson) at = last;
      replay.pause();
      replay.draw();
    },
    play() {
      if (replay.stepsOnly) return;
      if (at === moments.length - 1) at = 0;
      since = performance.now();
      playing ||= requestAnimationFrame(advance);
      replay.draw();
      changed();
    },
    pause() {
      cancelAnimationFrame(playing);
      playing = 0;
      changed();
    },
    /** On, or with -1 back, to the next moment where a step ends. */
    step(by = 1) {
      const ends = (n) => moments[n].stop || n === 0 || n === moments.length - 1;
      const last = by > 0 ? moments.length - 1 : 0;
      while (at !== last && !ends((at += by)));
      replay.draw();
      replay.pause();
    },
    stop() {
      at = -1;
      replay.draw();
      replay.pause();
    },
    draw() {
      const { context, layout, theme } = target();
      wipe(context, replay.open);
      if (replay.open) paintMoment(context, spec, layout, theme, moments[at], replay.unit);
    },
  };

  const placeOf = (key) => spec.layers.findIndex((layer) => layer.key === key);
  // Asked twice in a frame, for the caption and for the numbers.
  const numbersOf = (unit, moment) => {
    const { layout, trace } = target();
    const now = [JSON.stringify(unit), moment, trace, layout];
    if (now.every((one, n) => one === known.now?.[n])) return known;
    const explained = explain(unit);
    const decimals = layout.classes.includes("narrow") ? FEWER_DECIMALS : DECIMALS;
    known = { explained, adding: addition(explained, decimals), decimals, moment, now };
    return known;
  };

  function advance(now) {
    const before = at;
    let left = (now - since) * replay.speed;
    while (left >= moments[at].ms && at < moments.length - 1) {
      left -= moments[at].ms;
      at += 1;
    }
    since = now - left / replay.speed;
    playing = at < moments.length - 1 ? requestAnimationFrame(advance) : 0;
    if (at === before && playing) return;
    replay.draw();
    changed();
  }
  return replay;
}

function paintMoment(context, spec, layout, theme, moment, unit) {
  spec.layers.forEach((layer, place) => {
    const tiles = tilesOf(layout, layer.key);
    const covered = new Map();
    for (const block of tiles.length ? missing(spec, moment, place) : []) {
      const single = block.from !== undefined;
      const tile = tiles[single ? 0 : block.map];
      const blocks = single ? cellsFrom(tile, block.from) : [block];
      covered.set(tile, [...(covered.get(tile) ?? []), ...blocks]);
    }
    for (const [tile, blocks] of covered) cover(context, tile, blocks, theme);
  });
  if (unit) outlineUnit(context, spec, layout, theme, unit);
}

// The unit and the window through which it sees the layer before.
function outlineUnit(context, spec, layout, theme, { layer: key, map, row, column }) {
  const place = spec.layers.findIndex((layer) => layer.key === key);
  const before = spec.layers[place - 1];
  const read = seesMaps(spec, key, map, before.key);
  const block = inside(sees(spec, key, row, column, before.key), before);
  for (const source of tilesOf(layout, before.key)) {
    if (source.single) outline(context, source, allOf(source), theme);
    else if (read.has(source.map)) outline(context, source, block, theme);
  }
  for (const tile of tilesOf(layout, key)) {
    if (tile.single) outline(context, tile, cellOf(tile, map), theme);
    else if (tile.map === map) outline(context, tile, { row, column, height: 1, width: 1 }, theme);
  }
  const output = key === spec.layers.at(-1).key && layout.outputs[map].code;
  if (output) outline(context, output, allOf(output), theme);
}

// The rest of a picture of single units, from one of them on.
function cellsFrom({ rows, columns }, from) {
  const [row, column] = [Math.floor(from / columns), from % columns];
  const next = column ? row + 1 : row;
  return [
    ...(column ? [{ row, column, height: 1, width: columns - column }] : []),
    ...(next < rows ? [{ row: next, column: 0, height: rows - next, width: columns }] : []),
  ];
}

// At a tile's edges a little more, for its units seldom end where the screen's pixels do; the
// hairline there is drawn again. What is right of a block or below it is covered as well.
function cover(context, tile, blocks, theme) {
  const { x, y, scale } = tile;
  context.save();
  context.beginPath();
  for (const { row, column, height, width } of blocks) {
    const [left, top] = [column ? 0 : 1, row ? 0 : 1];
    context.rect(
      x + column * scale - left, y + row * scale - top,
      width * scale + left + 1, height * scale + top + 1,
    );
  }
  context.fillStyle = theme.page;
  context.fill();
  context.clip();
  context.strokeStyle = theme.edge;
  context.lineWidth = 1;
  context.strokeRect(x - 0.5, y - 0.5, tileWidth(tile) + 1, tileHeight(tile) + 1);
  context.restore();
}
