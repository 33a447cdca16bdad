// The forward pass replayed on demand: layer by layer, and for one map unit by unit, with the
// kernel sliding over what it reads. Nothing is computed anew; what comes later is covered.

import { sees, seesMaps } from "../engine/geometry.js";
import { inside, tileHeight, tilesOf, tileWidth } from "../shared/tiles.js";
import { t } from "../shared/words.js";
import { outline } from "./marks.js";
import { wipe } from "./paint.js";

const LAYER_MS = 800; // for a layer that appears at once
const SLIDE_MS = 5000; // for the map whose kernel is seen to slide

/**
 * A replay that covers parts of the view.
 *
 * `target()` gives what to paint on: { context, layout, theme }. `draw()` paints the present
 * moment; `start(unit)`, `play()`, `pause()`, `step()`, `stop()` and `speed` move it. `changed()`
 * is called after every moment, and when the replay begins to run, pauses or ends.
 */
export function makeReplay(spec, target, changed) {
  let moments = [];
  let at = -1; // index of the present moment; -1 when there is no replay
  let playing = 0; // the animation frame that has been asked for
  let since = 0;

  const replay = {
    speed: 1,
    get running() {
      return playing !== 0;
    },
    get open() {
      return at >= 0;
    },
    /** Where it is, in words: for the controls and for a screen reader. */
    get words() {
      const moment = moments[at];
      if (!moment) return "";
      const { name } = spec.layers[moment.place];
      return moment.unit === undefined
        ? t("{layer} is computed", { layer: name })
        : t("{map}, unit by unit", { map: `${name}[${moment.map}]` });
    },
    /** Whether a layer has not been computed yet. */
    covers(key) {
      return replay.open && spec.layers.findIndex((layer) => layer.key === key) > moments[at].place;
    },
    /** Begin; the kernel slides for the map of `unit`, or for the first of the first layer. */
    start(unit) {
      moments = timeline(spec, unit);
      at = 0;
    },
    play() {
      if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
        replay.step();
        return;
      }
      since = performance.now();
      playing ||= requestAnimationFrame(advance);
      changed();
    },
    pause() {
      cancelAnimationFrame(playing);
      playing = 0;
      changed();
    },
    /** One layer on, or for the sliding kernel one unit. */
    step() {
      if (at < moments.length - 1) at += 1;
      replay.draw();
      changed();
    },
    stop() {
      at = -1;
      replay.pause();
      replay.draw();
    },
    draw() {
      const { context, layout, theme } = target();
      wipe(context, replay.open);
      if (replay.open) paintMoment(context, spec, layout, theme, moments[at]);
    },
  };

  function advance(now) {
    let left = (now - since) * replay.speed;
    while (left >= moments[at].ms && at < moments.length - 1) {
      left -= moments[at].ms;
      at += 1;
    }
    since = now - left / replay.speed;
    replay.draw();
    playing = 0;
    if (at < moments.length - 1) playing = requestAnimationFrame(advance);
    changed();
  }
  return replay;
}

// The moments in their order: { place, ms } for a layer that appears at once, and with { map,
// unit } for a unit that the kernel has reached.
function timeline(spec, unit) {
  const slow = spec.layers.find(({ key }) => key === (unit?.layer ?? spec.layers[1].key));
  return spec.layers.flatMap((layer, place) => {
    if (place === 0 || layer !== slow || layer.size === 1) return [{ place, ms: LAYER_MS }];
    const units = layer.size * layer.size;
    const slide = Array.from({ length: units }, (_, index) => ({
      place,
      map: unit?.map ?? 0,
      unit: index,
      ms: SLIDE_MS / units,
    }));
    return [...slide, { place, ms: LAYER_MS }];
  });
}

function paintMoment(context, spec, layout, theme, { place, map, unit }) {
  const layer = spec.layers[place];
  const cover = (x, y, width, height) => {
    context.fillStyle = theme.page;
    context.fillRect(x, y, width, height);
  };
  for (const { key } of spec.layers.slice(place + 1)) {
    for (const tile of tilesOf(layout, key)) cover(tile.x, tile.y, tileWidth(tile), tileHeight(tile));
  }
  if (unit === undefined) return;
  const tiles = tilesOf(layout, layer.key);
  for (const tile of tiles) {
    if (tile.map !== map) cover(tile.x, tile.y, tileWidth(tile), tileHeight(tile));
  }
  const tile = tiles[map];
  const row = Math.floor(unit / layer.size);
  const column = unit % layer.size;
  const { scale } = tile;
  cover(tile.x, tile.y + (row + 1) * scale, tileWidth(tile), tileHeight(tile) - (row + 1) * scale);
  cover(tile.x + (column + 1) * scale, tile.y + row * scale, tileWidth(tile) - (column + 1) * scale, scale);
  outline(context, tile, { row, column, height: 1, width: 1 }, theme);
  const before = spec.layers[place - 1];
  const read = seesMaps(spec, layer.key, map, before.key);
  const block = inside(sees(spec, layer.key, row, column, before.key), before);
  for (const source of tilesOf(layout, before.key)) {
    if (read.has(source.map)) outline(context, source, block, theme);
  }
}
