// From pointer, touch and keys to the unit that is meant.
//
// Hovering (or a first tap) shows a unit, a click (or a second tap) pins it; Escape and a click
// beside it let go, wherever the focus is. On a phone the first tap pins, for all that is to be
// said of a unit stands in a sheet.
// Every layer is one stop of the Tab key; the arrow keys walk its units, from one map into the
// next; Enter pins.

import { tilesOf } from "../shared/tiles.js";
import { number, tn } from "../shared/words.js";
import { whenLeft } from "./leaving.js";
import { boundsOf, unitAt } from "./layout.js";

// What may lie over units that are then not meant.
const OVER = ".controls, .lesson, .help";

// A finger that lands between two maps means the nearest: CSS pixels to look at, in this order.
const BESIDE = [[0, 0], [-8, 0], [8, 0], [0, -8], [0, 8]];

// That a stop has for itself, see shared/keys.js.
const KEYS = ["Enter", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/**
 * Listens on `root` and calls `changed(pinned)` when another unit is meant, or was pinned.
 *
 * `hovered` and `pinned` are units { layer, map, row, column } or null; `meant` is the one to
 * show. `layoutOf()` returns the present layout. `stop()` ends the listening outside of `root`.
 */
export function makePointing(root, spec, layoutOf, changed) {
  const byKey = Object.fromEntries(spec.layers.map((layer) => [layer.key, layer]));
  const unitOf = (event) => {
    if (event.target.closest?.(OVER)) return null;
    const box = root.getBoundingClientRect();
    const layout = layoutOf();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const near = event.pointerType === "touch" ? BESIDE : BESIDE.slice(0, 1);
    for (const [across, down] of layout ? near : []) {
      const unit = unitAt(spec, layout, x + across, y + down);
      if (unit) return unit;
    }
    return null;
  };
  const pointing = {
    hovered: null,
    pinned: null,
    get meant() {
      return this.hovered ?? this.pinned;
    },
    pin(unit) {
      this.pinned = unit;
      changed(true);
    },
    stop: whenLeft(root, unitOf, () => {
      if (!pointing.meant) return;
      pointing.hovered = null;
      pointing.pin(null);
    }),
  };

  const hover = (unit) => {
    if (same(unit, pointing.hovered)) return;
    pointing.hovered = unit;
    changed(false);
  };
  const toggle = (unit) => pointing.pin(same(unit, pointing.pinned) ? null : unit);

  root.onpointermove = (event) => {
    if (event.pointerType !== "touch") hover(unitOf(event));
  };
  root.onpointerleave = (event) => {
    if (event.pointerType !== "touch") hover(null);
  };
  root.onclick = (event) => {
    const unit = unitOf(event);
    if (!unit) {
      hover(null); // whether a pinned unit is let go is decided for all of the page
      return;
    }
    if (layoutOf().sheet) pointing.pin(unit);
    else if (event.pointerType === "touch" && !same(unit, pointing.hovered)) hover(unit);
    else toggle(unit);
  };
  root.onkeydown = (event) => {
    const key = event.target.dataset?.stop;
    if (key && event.key === "Enter") {
      if (pointing.hovered) toggle(pointing.hovered);
    } else if (key && event.key.startsWith("Arrow")) {
      event.preventDefault();
      hover(walk(byKey[key], layoutOf(), pointing.meant, event.key));
    }
  };
  // Focus shows the unit one would walk from; leaving a layer by Tab hides it again.
  root.addEventListener("focusin", (event) => {
    const key = event.target.dataset?.stop;
    if (key) hover(pointing.meant?.layer === key ? pointing.meant : first(key));
  });
  root.addEventListener("focusout", () => hover(null));
  return pointing;
}

/** One element for the Tab key over every layer; moved, not made anew, so it keeps the focus. */
export function placeStops(parent, spec, layout) {
  for (const layer of spec.layers) {
    const stop = parent.querySelector(`[data-stop="${layer.key}"]`) ?? makeStop(parent, layer);
    const box = boundsOf(spec, layout, layer.key);
    stop.style.transform = `translate(${box.x - 6}px, ${box.y - 6}px)`;
    stop.style.width = `${box.width + 12}px`;
    stop.style.height = `${box.height + 12}px`;
  }
}

function makeStop(parent, layer) {
  const stop = document.createElement("div");
  stop.tabIndex = 0;
  stop.dataset.stop = layer.key;
  stop.dataset.keys = KEYS.join(" ");
  stop.role = "application";
  stop.ariaLabel = stopInWords(layer);
  parent.append(stop);
  return stop;
}

function stopInWords({ name, maps, size }) {
  const values = { layer: name, count: number(maps), size: number(size) };
  if (size === 1) {
    return tn(
      "{layer}, {count} unit; arrow keys walk the units, Enter pins one",
      "{layer}, {count} units; arrow keys walk the units, Enter pins one",
      maps,
      values,
    );
  }
  return tn(
    "{layer}, {count} map of {size} by {size} units; arrow keys walk the units, Enter pins one",
    "{layer}, {count} maps of {size} by {size} units; arrow keys walk the units, Enter pins one",
    maps,
    values,
  );
}

export const same = (a, b) =>
  a === b ||
  Boolean(a && b && a.layer === b.layer && a.map === b.map && a.row === b.row && a.column === b.column);

const first = (key) => ({ layer: key, map: 0, row: 0, column: 0 });

// One step of the arrow keys. Maps of one unit are walked in the shape they are shown in.
export function walk(layer, layout, from, arrow) {
  if (from?.layer !== layer.key) return first(layer.key);
  let { map, row, column } = from;
  const across = { ArrowLeft: -1, ArrowRight: 1 }[arrow] ?? 0;
  const down = { ArrowUp: -1, ArrowDown: 1 }[arrow] ?? 0;
  if (layer.size === 1) {
    const columns = tilesOf(layout, layer.key)[0]?.columns ?? 1;
    map += across + down * columns;
  } else {
    column += across;
    row += down;
    const step = column < 0 || row < 0 ? -1 : column >= layer.size || row >= layer.size ? 1 : 0;
    map += step;
    if (map >= 0 && map < layer.maps) {
      row = (row + layer.size) % layer.size;
      column = (column + layer.size) % layer.size;
    }
  }
  const inside =
    map >= 0 && map < layer.maps && Math.min(row, column) >= 0 && Math.max(row, column) < layer.size;
  return inside ? { layer: layer.key, map, row, column } : from;
}
