// What the arithmetic of units is made of, whatever the kind of layer.

import { sees } from "../geometry.js";
import { squashed } from "../squashing.js";

/** What a unit reads of one map of the layer before; `filling` stands in the padding. */
export function patchOf({ spec, layer, before, trace, unit }, map, filling = 0) {
  const { row, column, height, width } = sees(spec, layer.key, unit.row, unit.column, before.key);
  const inside = (place) => place >= 0 && place < before.size;
  return Float64Array.from({ length: height * width }, (_, i) => {
    const y = row + Math.floor(i / width);
    const x = column + (i % width);
    if (!inside(y) || !inside(x)) return filling;
    return trace[before.key][(map * before.size + y) * before.size + x];
  });
}

/** A patch, the kernel on it, their products and what these add up to. */
export function term(label, [rows, columns], patch, kernel) {
  const products = patch.map((value, i) => value * kernel[i]);
  return { label, rows, columns, patch, kernel, products, sum: sumOf(products) };
}

export const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);

/**
 * The terms of a weighted sum, with its bias and total: one for each map that is read. `own` are the
 * kernels and the bias, if not those of the unit's map.
 */
export function weightedSum(asked, own = kernelsOf(asked.layer, asked.unit.map, asked.named)) {
  const { layer, before, unit } = asked;
  const { kernels, bias } = own;
  const side = [layer.kernel, layer.kernel];
  const each = layer.reads[unit.map].map((map, place) =>
    term(`${before.name}[${map}]`, side, patchOf(asked, map), kernels[place]),
  );
  const terms = before.size === 1 ? [joined(before, each)] : each;
  return { terms, bias, total: terms.reduce((sum, one) => sum + one.sum, bias) };
}

// Single units make one term together, in the shape in which their layer is shown.
function joined(before, each) {
  const all = (part) => Float64Array.from(each, (one) => one[part][0]);
  return term(before.name, before.picture, all("patch"), all("kernel"));
}

/** The kernels of one map in the order of the maps that it reads, and its bias. */
export function kernelsOf({ reads, kernel }, map, named) {
  // Kernels are stored map by map.
  const first = reads.slice(0, map).reduce((sum, read) => sum + read.length, 0);
  const area = kernel * kernel;
  const one = (place) => named.weight.subarray((first + place) * area, (first + place + 1) * area);
  return { kernels: reads[map].map((_, place) => one(place)), bias: named.bias[map] };
}

/** A sum with the value that it becomes: both as the trace has them, where it has them. */
export function finished({ spec, layer, trace, unit }, found) {
  const at = (unit.map * layer.size + unit.row) * layer.size + unit.column;
  const total = trace.before?.[layer.key]?.[at] ?? found.total;
  const value = trace[layer.key]?.[at] ?? squashed(layer, spec, total);
  return { ...found, total, value };
}
