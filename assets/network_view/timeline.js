// The moments of a replay, in their order, and what of the network is computed at each of them.
//
// A moment is { place, ms, kind }: the index of its layer, how long it lasts, and what happens.
// "layer": the layer is computed at once. "slide": of map `map` the unit with the index `unit` is
// computed, and those before it are there already. "add": of that unit the first `added` items of
// its addition() are there; then come its stages, "coefficient", "bias" and at last "value".
// Where `stop` is true, one press of Step or Back ends.

const LAYER_MS = 900; // for a layer that appears at once
const SLIDE_MS = 5000; // for a whole map whose kernel is seen to slide
const BEGIN_MS = 700; // for each of the first positions, where one sees how the kernel moves
const BEGIN = 3; // so many
const NEAR_MS = 350; // for each of the last positions before the pinned unit
const NEAR = 3; // so many
const ITEM_MS = { slowest: 800, usual: 320, fastest: 16 }; // to add one number
const FASTER = 0.955; // for each number after the one before it
const FEW = 6; // numbers that are all added at the slowest pace
const STAGE_MS = { coefficient: 1600, bias: 1600, value: 2600 };

/**
 * The moments of a replay for `unit`, whose `adding` is its addition(). Without them the kernel
 * slides once over all of the first layer's first map, and nothing is added up.
 */
export function timeline(spec, unit = null, adding = null) {
  const lesson = adding ? unit : null;
  const slow = spec.layers.findIndex(({ key }) => key === (lesson?.layer ?? spec.layers[1].key));
  return spec.layers.flatMap((layer, place) => {
    const whole = { place, kind: "layer", ms: LAYER_MS, stop: true };
    if (place === 0 || place !== slow) return [whole];
    const slide = positions(layer, lesson).map((at) => ({ place, kind: "slide", ...at }));
    if (!lesson) return [...slide, whole];
    const { map, unit: index } = slide.pop(); // there everything goes slowly
    return [...slide, ...added(adding).map((at) => ({ place, map, unit: index, ...at })), whole];
  });
}

// The positions that a kernel takes, up to that of the unit; where maps are single units, the units.
function positions(layer, unit) {
  const single = layer.size === 1;
  const last = unit === null ? layer.size ** 2 - 1 : single ? unit.map : unit.row * layer.size + unit.column;
  return Array.from({ length: last + 1 }, (_, n) => ({
    map: single ? n : (unit?.map ?? 0),
    unit: single ? 0 : n,
    ms: single ? Math.min(NEAR_MS, SLIDE_MS / 4 / (last + 1)) : paceAt(n, last),
    stop: n < BEGIN || n === layer.size || n === last,
  }));
}

function paceAt(n, last) {
  if (n < BEGIN) return BEGIN_MS;
  if (n > last - NEAR) return NEAR_MS;
  return Math.min(NEAR_MS, SLIDE_MS / last);
}

function added({ items, ends, stages }) {
  const few = items.length <= FEW;
  return [
    ...Array.from({ length: items.length + 1 }, (_, n) => ({
      kind: "add",
      added: n,
      ms: few ? ITEM_MS.slowest : Math.max(ITEM_MS.fastest, ITEM_MS.usual * FASTER ** n),
      stop: few || n <= BEGIN || ends.includes(n),
    })),
    ...stages.map((kind) => ({ kind, added: items.length, ms: STAGE_MS[kind], stop: true })),
  ];
}

/** Whether a moment has something to say of one unit. */
export const isOfUnit = ({ kind }) => kind !== "layer";

/**
 * What of a layer is not computed yet: blocks { map, row, column, height, width }, or where each
 * map is one unit { from }, the first map that is missing. None where all of it is there.
 */
export function missing(spec, moment, place) {
  const layer = spec.layers[place];
  const single = layer.size === 1;
  const all = single ? [{ from: 0 }] : Array.from({ length: layer.maps }, (_, map) => whole(layer, map));
  if (place !== moment.place) return place > moment.place ? all : [];
  if (!isOfUnit(moment)) return [];
  const reached = moment.kind === "slide" || moment.kind === "value" ? 1 : 0;
  if (single) return moment.map + reached < layer.maps ? [{ from: moment.map + reached }] : [];
  const next = moment.unit + reached;
  const [row, column] = [Math.floor(next / layer.size), next % layer.size];
  const [map, width] = [moment.map, layer.size];
  const rows = column ? row + 1 : row;
  return [
    ...all.filter((block) => block.map !== map),
    ...(column ? [{ map, row, column, height: 1, width: width - column }] : []),
    ...(rows < layer.size ? [{ map, row: rows, column: 0, height: layer.size - rows, width }] : []),
  ];
}

/** Whether a unit { layer, map, row, column } is computed at a moment. */
export function isThere(spec, moment, { layer, map, row, column }) {
  const place = spec.layers.findIndex(({ key }) => key === layer);
  return missing(spec, moment, place).every((block) =>
    block.from === undefined
      ? block.map !== map || row < block.row || column < block.column ||
        row >= block.row + block.height || column >= block.column + block.width
      : map < block.from,
  );
}

const whole = ({ size }, map) => ({ map, row: 0, column: 0, height: size, width: size });

/** The unit { layer, map, row, column } of a moment, or null where it is about a whole layer. */
export function unitOf(spec, moment) {
  if (!isOfUnit(moment)) return null;
  const { key, size } = spec.layers[moment.place];
  const { map, unit } = moment;
  return { layer: key, map, row: Math.floor(unit / size), column: unit % size };
}
