// The window through which a pinned unit sees the layer before can be dragged, and so can the unit
// in its own map: another unit is pinned, and its numbers follow.

import { sees, seesMaps } from "../engine/geometry.js";
import { cellOf, inside, tilesOf } from "../shared/tiles.js";

const AROUND = 5; // CSS pixels by which a window can be missed

/**
 * What can be dragged in `parent`: `place(unit, layout)` puts it over the picture, null takes it
 * away. `hold(dragged)` is called with false when the pointer comes upon a window, with true when
 * it drags, and with null when it has let go; `move(unit)` with every unit it is dragged to.
 */
export function makeGrips(parent, spec, { hold, move }) {
  let placed = null; // { unit, layout }
  let drag = null; // { x, y, unit, pitch } where it began; `moved` once it is another unit

  const moveTo = (event) => {
    const layer = spec.layers.find(({ key }) => key === drag.unit.layer);
    const by = { row: Math.round((event.clientY - drag.y) / drag.pitch), column: Math.round((event.clientX - drag.x) / drag.pitch) };
    const unit = moved(spec, layer, placed.layout, drag.unit, by);
    const { map, row, column } = placed.unit;
    if (unit.map === map && unit.row === row && unit.column === column) return;
    drag.moved = true;
    hold(true);
    move(unit);
  };
  const listen = (grip) => {
    grip.onpointerenter = () => grip.dataset.own || hold(false);
    grip.onpointerleave = () => drag || hold(null);
    grip.onpointerdown = (event) => {
      if (event.button) return;
      grip.setPointerCapture(event.pointerId);
      drag = { x: event.clientX, y: event.clientY, unit: placed.unit, pitch: Number(grip.dataset.pitch) };
    };
    grip.onpointermove = (event) => {
      event.stopPropagation(); // the units below it are not meant
      if (drag) moveTo(event);
    };
    grip.onpointerup = grip.onpointercancel = () => {
      const ended = drag;
      drag = null;
      if (ended?.moved) hold(null);
      // A click on a unit pins it; this was none.
      grip.onclick = (event) => ended?.moved && event.stopPropagation();
    };
    return grip;
  };

  return {
    place(unit, layout) {
      placed = unit && { unit, layout };
      const boxes = unit ? boxesOf(spec, layout, unit) : [];
      while (parent.childElementCount > boxes.length) parent.lastElementChild.remove();
      while (parent.childElementCount < boxes.length) {
        const made = document.createElement("div");
        made.className = "grip";
        parent.append(listen(made));
      }
      boxes.forEach(({ own, pitch, x, y, width, height }, n) => {
        const { dataset, style } = parent.children[n];
        dataset.pitch = pitch;
        dataset.own = own ? "own" : "";
        style.transform = `translate(${x}px, ${y}px)`;
        style.width = `${width}px`;
        style.height = `${height}px`;
      });
    },
  };
}

// The unit's own place first, so that windows come and go behind it: { own, pitch, x, y, width,
// height }, where `pitch` is how far one drags for the next unit.
function boxesOf(spec, layout, { layer: key, map, row, column }) {
  const at = spec.layers.findIndex((one) => one.key === key);
  const layer = spec.layers[at];
  const tiles = tilesOf(layout, key);
  if (!tiles.length || at < 1) return [];
  const tile = tiles[0].single ? tiles[0] : tiles[map];
  const cell = tile.single ? cellOf(tile, map) : { row, column, height: 1, width: 1 };
  const own = { own: true, pitch: tile.scale, ...boxOf(tile, cell, 0) };
  if (layer.size === 1) return [own];
  const before = spec.layers[at - 1];
  const block = inside(sees(spec, key, row, column, before.key), before);
  const read = seesMaps(spec, key, map, before.key);
  const windows = tilesOf(layout, before.key)
    .filter((source) => read.has(source.map))
    .map((source) => ({ own: false, pitch: source.scale * layer.stride, ...boxOf(source, block, AROUND) }));
  return [own, ...windows];
}

const boxOf = ({ x, y, scale }, { row, column, height, width }, around) => ({
  x: x + column * scale - around,
  y: y + row * scale - around,
  width: width * scale + 2 * around,
  height: height * scale + 2 * around,
});

// The unit so many rows and columns on, or the last before the edge.
function moved(spec, layer, layout, { map, row, column }, by) {
  const within = (place, end) => Math.max(0, Math.min(end - 1, place));
  if (layer.size > 1) {
    return { layer: layer.key, map, row: within(row + by.row, layer.size), column: within(column + by.column, layer.size) };
  }
  const [tile] = tilesOf(layout, layer.key);
  const cell = cellOf(tile, map);
  const to = within(cell.row + by.row, tile.rows) * tile.columns + within(cell.column + by.column, tile.columns);
  return { layer: layer.key, map: within(to, layer.maps), row: 0, column: 0 };
}
