// The parts of the page's address that only the view knows: the pinned unit, and the range of the
// colours. They say nothing to the server, so it is not asked; it keeps the rest of the address.

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
  const address = new URL(location.href);
  const say = (name, text) => {
    if (text) address.searchParams.set(name, text);
    else address.searchParams.delete(name);
  };
  say(RANGE, range === usual ? null : range);
  say(PIN, pinned && [pinned.layer, pinned.map, pinned.row, pinned.column].join("."));
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}
