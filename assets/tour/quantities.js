// The numbers in a tour's texts: of the drawing, of the pinned unit, of the network.

import { explain, roundTogether } from "../engine/explain.js";
import { sees, unitName } from "../engine/geometry.js";
import { number } from "../shared/words.js";
import { boxOf, valueOf } from "./steps.js";

const INKED = 0.1; // of the way from background to ink

/**
 * What every quantity is now, by name, as a text; null where it is not known.
 *
 * `network` is { spec, parameters, rejection }, of which the parameters may be missing; `start` is
 * what `remembered` kept when the move began.
 */
export function quantitiesOf(now, start, network) {
  const { spec } = network;
  const found = new Map();
  const memo = (name, compute) => {
    if (!found.has(name)) found.set(name, compute());
    return found.get(name);
  };
  const parts = {
    answer: () => now.table?.before ?? now.answer,
    unit: () => (now.trace && now.pinned ? unitOf(now, now.pinned, network) : null),
    field: () => (now.pinned ? fieldOf(spec, now.pinned) : null),
    ink: () => boxOf(now.strokes),
    input: () => (now.trace ? inkedRows(spec, now.trace) : null),
  };
  const part = (name) => memo(name, parts[name]);
  return (name) => {
    const text = (OWN[name] ?? ofLayer(name))?.({ now, start, network, spec, part });
    return text === undefined ? null : text;
  };
}

/** The text with its numbers; null where one of them is not known. */
export function filled(text, quantity) {
  let known = true;
  const made = text.replace(/\{(\w+)\}/g, (hole, name) => {
    const value = quantity(name);
    if (value === null) known = false;
    return value;
  });
  return known ? made : null;
}

/** The same for a text that is shown in any case: an ellipsis for what is not known. */
export const filledAnyhow = (text, quantity) =>
  text.replace(/\{(\w+)\}/g, (hole, name) => quantity(name) ?? "\u2026");

const two = (value) => (value === null || value === undefined ? null : number(value, 2));
const whole = (value) => (value === null || value === undefined ? null : number(Math.round(value)));
const className = (spec, digit) => (digit === undefined || digit === null ? null : spec.classes[digit]);

const OWN = {
  digit: ({ spec, part }) => className(spec, part("answer")?.digit),
  distance: ({ part }) => two(part("answer")?.distance),
  runner_up: ({ now, spec }) => className(spec, now.answer?.runnerUp),
  runner_up_distance: ({ now }) => two(now.answer?.runnerUpDistance),
  rejection: ({ network }) => two(network.rejection),
  amplitude: ({ spec }) => number(spec.amplitude, 4),
  digit_before: ({ start, spec }) => className(spec, start?.answer?.digit),
  distance_before: ({ start }) => two(start?.answer?.distance),
  ink_width: ({ part }) => whole(part("ink")?.width),
  ink_height: ({ part }) => whole(part("ink")?.height),
  input_top: ({ part }) => whole(part("input")?.top),
  input_bottom: ({ part }) => whole(part("input")?.bottom),
  input_left: ({ part }) => whole(part("input")?.left),
  input_right: ({ part }) => whole(part("input")?.right),
  unit: ({ now, spec }) => nameOf(spec, now.pinned),
  value: ({ part }) => two(part("unit")?.value),
  total: ({ part }) => two(part("unit")?.total),
  sum: ({ part }) => two(part("unit")?.sum),
  bias: ({ part }) => two(part("unit")?.bias),
  weighted: ({ part }) => two(part("unit")?.weighted),
  coefficient: ({ part }) => two(part("unit")?.coefficient),
  top: ({ part }) => whole(part("field")?.top),
  bottom: ({ part }) => whole(part("field")?.bottom),
  left: ({ part }) => whole(part("field")?.left),
  right: ({ part }) => whole(part("field")?.right),
  unit_before: ({ start, spec }) => nameOf(spec, start?.pinned ?? null),
  value_before: ({ start }) => two(start?.value),
  alike: ({ now, spec }) => (now.trace && now.answer ? whole(alikeOf(spec, now)) : null),
  switched_off: ({ now }) => whole(now.table?.off),
  switched_on: ({ now }) => whole(now.table?.on),
  table_digit: ({ now, spec }) => className(spec, now.table?.after.digit),
  table_distance: ({ now }) => two(now.table?.after.distance),
};

const nameOf = (spec, unit) => {
  if (!unit) return null;
  return unitName(spec.layers.find(({ key }) => key === unit.layer), unit.map, unit.row, unit.column);
};

function unitOf(now, unit, { spec, parameters }) {
  const [input, ...computed] = spec.layers;
  const value = valueOf(now, unit);
  if (!parameters || unit.layer === input.key || unit.layer === computed.at(-1).key) return { value };
  const { terms, bias, coefficient, total } = explain(spec, parameters, now.trace, unit);
  const sum = terms.reduce((all, term) => all + term.sum, 0);
  // What is printed adds up.
  const [weighted, added] = roundTogether([coefficient === undefined ? sum : coefficient * sum, bias], total, 2);
  return { value, total, bias: added, coefficient, weighted, sum: coefficient === undefined ? weighted : sum };
}

// What a unit sees of the input, as first and last rows and columns.
function fieldOf(spec, { layer, row, column }) {
  const [input] = spec.layers;
  const seen = sees(spec, layer, row, column, input.key);
  const inside = (place) => Math.min(Math.max(place, 0), input.size - 1);
  return {
    top: inside(seen.row),
    bottom: inside(seen.row + seen.height - 1),
    left: inside(seen.column),
    right: inside(seen.column + seen.width - 1),
  };
}

function inkedRows({ background, ink, layers: [input] }, trace) {
  const places = [...trace[input.key].keys()].filter(
    (i) => (trace[input.key][i] - background) / (ink - background) > INKED,
  );
  if (!places.length) return null;
  const rows = places.map((i) => Math.floor(i / input.size));
  const columns = places.map((i) => i % input.size);
  return {
    top: Math.min(...rows),
    bottom: Math.max(...rows),
    left: Math.min(...columns),
    right: Math.max(...columns),
  };
}

// How many units before the output have the sign that the code of the digit asks for.
function alikeOf({ codes, layers }, { answer, trace }) {
  if (!codes) return null;
  const values = trace[layers.at(-2).key];
  return codes[answer.digit].filter((bit, i) => Math.sign(bit) === Math.sign(values[i])).length;
}

// As in c1_units: what is so of a layer whatever is drawn.
function ofLayer(name) {
  const [, key, what] = /^([a-z0-9]+)_(\w+)$/.exec(name) ?? [];
  const of = OF_LAYER[what];
  return of && (({ spec, network }) => {
    const layer = spec.layers.find((one) => one.key === key);
    return layer ? whole(of(layer, spec, network)) : null;
  });
}

const OF_LAYER = {
  maps: ({ maps }) => maps,
  size: ({ size }) => size,
  units: ({ maps, size }) => maps * size * size,
  kernel: ({ kernel }) => kernel,
  parameters: (layer, spec, { parameters }) =>
    parameters &&
    Object.entries(parameters)
      .filter(([name]) => name.startsWith(`${layer.key}.`))
      .reduce((sum, [, { values }]) => sum + values.length, 0),
  field: ({ key }, spec) => sees(spec, key, 0, 0, spec.layers[0].key).height,
};
