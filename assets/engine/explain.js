// The whole arithmetic behind one unit's value; the browser's twin of lenet/units.py.

import { kindOf } from "./kinds.js";

/** The parameters by name, each { values, shape }, out of one flat array in their order. */
export function nameParameters(shapes, flat) {
  const named = {};
  let at = 0;
  for (const [name, shape] of shapes) {
    const count = shape.reduce((product, side) => product * side, 1);
    named[name] = { values: flat.subarray(at, at + count), shape };
    at += count;
  }
  return named;
}

/** One layer's own parameters: { weight, bias } or whatever its kind trains, as flat arrays. */
export function parametersOf(layer, parameters) {
  const own = Object.entries(parameters).filter(([name]) => name.startsWith(`${layer.key}.`));
  return Object.fromEntries(own.map(([name, { values }]) => [name.split(".")[1], values]));
}

/** What is trained in one map: { kernels, coefficient, bias }, as far as its kind has them. */
export function mapParameters(spec, parameters, layer, map) {
  return kindOf(layer).ofMap(layer, map, parametersOf(layer, parameters));
}

/**
 * What makes a unit's value, with everything that is added up in it.
 *
 * `formula` names the way in which the arithmetic panel sets it out. `terms` are { label, rows,
 * columns, patch, kernel, products, sum }: one for each map read, or the only one where a layer
 * adds up single units. What else there is depends on the kind of layer: `bias`, `total` and
 * `value` where it is squashed, `coefficient` for sub-sampling, `own` and `divisor` for response
 * normalisation, `rival` for a distance, `logits` for softmax.
 */
export function explain(spec, parameters, trace, unit) {
  const layer = spec.layers.find(({ key }) => key === unit.layer);
  const before = spec.layers[spec.layers.indexOf(layer) - 1];
  const named = parametersOf(layer, parameters);
  const kind = kindOf(layer);
  const found = kind.explain({ spec, layer, before, named, trace, unit });
  return { layer, unit, formula: kind.formula, ...found };
}

/**
 * Rounds terms so that what is printed adds up to the printed total.
 *
 * Each becomes a multiple of 10^-decimals next below or above it; those with the largest rests
 * are rounded up until the sum is that of the rounded total.
 */
export function roundTogether(terms, total, decimals) {
  const unit = 10 ** decimals;
  const floors = terms.map((term) => Math.floor(term * unit));
  const rests = terms.map((term, i) => [term * unit - floors[i], i]).sort((a, b) => b[0] - a[0]);
  let missing = Math.round(total * unit) - floors.reduce((sum, floor) => sum + floor, 0);
  for (const [, i] of rests) {
    if (missing-- <= 0) break;
    floors[i] += 1;
  }
  return floors.map((floor) => floor / unit);
}
