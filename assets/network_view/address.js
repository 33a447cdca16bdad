// The parts of the page's address that the view writes. The pinned unit and the range of the colours
// say nothing to the server, so it is not asked; it keeps the rest of the address.

import { say } from "../shared/address.js";

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
