// The parts of the page's address that the view writes. The pinned unit and the range of the colours
// say nothing to the server, so it is not asked; it keeps the rest of the address. The drawing is
// written by the server too, the same to the last character, but only once it has heard of it.

import { say } from "../shared/address.js";

const DRAWING = "drawing";
const PIN = "pin";
const RANGE = "range";

/** What the address says: { range, pinned }, a unit or null; what there is none of is left out. */
export function readAddress(spec, ranges) {
  const asked = new URLSearchParams(location.search);
  const [key, ...numbers] = (asked.get(PIN) ?? "").split(".");
  const layer = spec.layers.find((one) => one.key === key);
  const [map, row, column] = numbers.map(Number);
  const inside = (number, end) => Number.isInteger(number) && number >= 0 && number < end;
  const known =
    layer && inside(map, layer.maps) && inside(row, layer.size) && inside(column, layer.size);
  return {
    range: ranges.includes(asked.get(RANGE)) ? asked.get(RANGE) : ranges[0],
    pinned: known ? { layer: key, map, row, column } : null,
  };
}

/** Puts them into the address, where they are not there already; the usual goes without saying. */
export function writeAddress(range, usual, pinned) {
  say({
    [RANGE]: range === usual ? null : range,
    [PIN]: pinned && [pinned.layer, pinned.map, pinned.row, pinned.column].join("."),
  });
}

/**
 * Puts the text of a drawing into the address, so that a page that is loaded again has it whatever
 * the server knows; nothing for one that is empty or too long.
 */
export function writeDrawing(text) {
  // A host that shows the app in a frame has its own address, which Streamlit changes only if the
  // server changes this one.
  if (window.parent === window) say({ [DRAWING]: text });
}
