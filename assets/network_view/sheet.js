// On a phone the arithmetic of a pinned unit comes in a sheet from below, over the page. Above it
// stands the unit's map, enlarged until a finger can choose another unit, with arrows for the last
// step. A swipe down, Escape or a tap outside closes it, and lets go of the unit.

import { unitName } from "../engine/geometry.js";
import { button } from "../shared/button.js";
import { cellOf, tileOf } from "../shared/tiles.js";
import { number, t } from "../shared/words.js";
import { limitsOf } from "./ranges.js";
import { smallPicture } from "../shared/paint.js";
import { walk } from "./pointing.js";

const LARGEST_UNIT = 40; // CSS pixels
const SHARE = 0.42; // of the window's height, for the enlarged map
const BESIDE = 150; // CSS pixels for the arrows, beside the map
const SWIPED = 60; // CSS pixels after which a swipe closes the sheet
const ARROWS = { ArrowUp: "\u2191", ArrowLeft: "\u2190", ArrowRight: "\u2192", ArrowDown: "\u2193" };

/**
 * A sheet in a <dialog>; `pin(unit)` pins another unit, null lets go.
 *
 * `show(shown, arithmetic)` opens it with the element of the pinned unit's arithmetic, where
 * `shown` is { unit, trace, layout, range, theme }; `hide()` closes it.
 */
export function makeSheet(dialog, spec, pin) {
  const [head, enlarged] = ["head", "enlarged"].map((name) => {
    const made = document.createElement("div");
    made.className = name;
    return made;
  });
  let shown = null;
  dialog.ariaLabel = t("The unit you tapped");
  const [name, value] = ["strong", "span"].map((tag) => document.createElement(tag));
  const picture = document.createElement("div");
  dialog.append(head, enlarged);
  const close = () => pin(null);
  dialog.onclose = () => shown && close();
  dialog.oncancel = () => close();
  dialog.onclick = ({ target }) => target === dialog && close(); // the backdrop is the dialog's own
  closeBySwipe(dialog, head, close);

  const step = (arrow) => {
    const { unit, layout } = shown;
    pin(walk(spec.layers.find(({ key }) => key === unit.layer), layout, unit, arrow));
  };
  const arrows = document.createElement("div");
  arrows.className = "arrows";
  const words = {
    ArrowUp: t("One unit up"),
    ArrowLeft: t("One unit to the left"),
    ArrowRight: t("One unit to the right"),
    ArrowDown: t("One unit down"),
  };
  for (const [arrow, sign] of Object.entries(ARROWS)) {
    const made = Object.assign(button(sign, () => step(arrow)), { className: arrow });
    made.ariaLabel = words[arrow];
    arrows.append(made);
  }
  const closing = Object.assign(button("\u00d7", close), { className: "close" });
  closing.ariaLabel = t("Close");
  // They stay where they are, or what is pressed would lose the focus.
  head.append(name, value, closing);
  enlarged.append(picture, arrows);

  return {
    show(now, arithmetic) {
      shown = now;
      const { unit, trace } = now;
      const layer = spec.layers.find(({ key }) => key === unit.layer);
      const index = (unit.map * layer.size + unit.row) * layer.size + unit.column;
      name.textContent = unitName(layer, unit.map, unit.row, unit.column);
      value.textContent = number(trace[layer.key][index], 4);
      enlarged.hidden = layer === spec.layers.at(-1);
      if (!enlarged.hidden) picture.replaceChildren(pictureOf(spec, now, pin));
      if (arithmetic.parentNode !== dialog) dialog.append(arithmetic);
      if (!dialog.open) dialog.showModal();
    },
    hide() {
      shown = null;
      if (dialog.open) dialog.close();
    },
  };
}

// The unit's tile, as large as the window allows, with the unit outlined. A finger that moves on
// it chooses the unit below it.
function pictureOf(spec, { unit, trace, layout, range, theme }, pin) {
  const { tile } = tileOf(layout, unit);
  const { rows, columns, first, layer, single } = tile;
  const room = [(innerHeight * SHARE) / rows, (innerWidth - BESIDE) / columns, LARGEST_UNIT];
  const side = Math.floor(Math.min(...room) * 2) / 2;
  const values = trace[layer].subarray(first, first + rows * columns);
  const grey = layer === spec.layers[0].key;
  const middle = grey ? (spec.ink + spec.background) / 2 : 0;
  const limit = grey ? spec.ink - middle : limitsOf(range, spec, layout, trace)(tile);
  const table = grey ? theme.scale.grey : theme.scale.diverging;
  const holder = document.createElement("div");
  holder.className = "map";
  holder.append(smallPicture(values.map((value) => value - middle), rows, columns, limit, table, side));
  const chosen = document.createElement("div");
  chosen.className = "chosen";
  const { row, column } = single ? cellOf(tile, unit.map) : unit;
  Object.assign(chosen.style, {
    left: `${column * side}px`, top: `${row * side}px`, width: `${side}px`, height: `${side}px`,
  });
  holder.append(chosen);
  const choose = (event) => {
    const box = holder.getBoundingClientRect();
    const at = (place, end) => Math.max(0, Math.min(end - 1, Math.floor(place / side)));
    const to = { row: at(event.clientY - box.top, rows), column: at(event.clientX - box.left, columns) };
    if (to.row === row && to.column === column) return;
    pin(single
      ? { layer, map: to.row * columns + to.column, row: 0, column: 0 }
      : { layer, map: unit.map, ...to });
  };
  // The picture is made anew with every unit, so a moving finger is followed on what holds it.
  holder.onpointerdown = choose;
  holder.onpointermove = (event) => event.buttons && choose(event);
  return holder;
}

function closeBySwipe(dialog, grip, close) {
  let from = null;
  const by = (event) => Math.max(0, event.clientY - from);
  grip.onpointerdown = (event) => {
    if (event.target.closest("button")) return;
    from = event.clientY;
    grip.setPointerCapture(event.pointerId);
  };
  grip.onpointermove = (event) => {
    if (from !== null) dialog.style.transform = `translateY(${by(event)}px)`;
  };
  grip.onpointerup = grip.onpointercancel = (event) => {
    if (from === null) return;
    const swiped = by(event) > SWIPED;
    from = null;
    dialog.style.transform = "";
    if (swiped) close();
  };
}
