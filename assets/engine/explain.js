// The whole arithmetic behind one unit's value; the browser's twin of lenet/units.py.

import { sees } from "./geometry.js";

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

/**
 * What makes a unit's value, with everything that is added up in it.
 *
 * `terms` are { label, rows, columns, patch, kernel, products, sum }: one for each map read, or
 * the only one where a layer adds up single units. What else there is depends on the kind of
 * layer: `bias`, `total` and `value` where it is squashed, `coefficient` for sub-sampling,
 * `code` and `rival` for an output.
 */
export function explain(spec, parameters, trace, unit) {
  const layer = spec.layers.find(({ key }) => key === unit.layer);
  const before = spec.layers[spec.layers.indexOf(layer) - 1];
  const kinds = {
    input: () => ({ value: trace.input[unit.row * layer.size + unit.column] }),
    convolution: () => weighted(spec, parameters, trace, unit, layer, before),
    "full connection": () => weighted(spec, parameters, trace, unit, layer, before),
    "sub-sampling": () => subSampled(spec, parameters, trace, unit, layer, before),
    RBF: () => distance(spec, trace, unit),
  };
  return { layer, unit, ...kinds[layer.kind]() };
}

const squash = (spec, total) => spec.amplitude * Math.tanh(spec.slope * total);

function weighted(spec, parameters, trace, unit, layer, before) {
  const weight = parameters[`${layer.key}.weight`].values;
  const bias = parameters[`${layer.key}.bias`].values[unit.map];
  const area = layer.kernel * layer.kernel;
  // Kernels are stored map by map, and within a map in the order of the maps that it reads.
  const first = layer.reads.slice(0, unit.map).reduce((sum, reads) => sum + reads.length, 0);
  const field = sees(spec, layer.key, unit.row, unit.column, before.key);
  const read = layer.reads[unit.map];
  const terms = read.map((map, place) =>
    term(
      `${before.name}[${map}]`,
      patchOf(trace[before.key], before.size, map, field),
      weight.subarray((first + place) * area, (first + place + 1) * area),
      layer.kernel,
    ),
  );
  if (layer.kernel === 1) return finish(spec, [joined(spec, before, terms)], bias);
  return finish(spec, terms, bias);
}

// F6 reads 120 single units: one term with all of them, in the shape in which C5 is shown.
function joined(spec, before, terms) {
  const columns = 8;
  const all = (part) => Float64Array.from(terms, (one) => one[part][0]);
  return {
    label: before.name,
    rows: terms.length / columns,
    columns,
    patch: all("patch"),
    kernel: all("kernel"),
    products: all("products"),
    sum: terms.reduce((sum, one) => sum + one.sum, 0),
  };
}

function finish(spec, terms, bias) {
  const total = terms.reduce((sum, one) => sum + one.sum, bias);
  return { terms, bias, total, value: squash(spec, total) };
}

function subSampled(spec, parameters, trace, unit, layer, before) {
  const coefficient = parameters[`${layer.key}.coefficient`].values[unit.map];
  const bias = parameters[`${layer.key}.bias`].values[unit.map];
  const field = sees(spec, layer.key, unit.row, unit.column, before.key);
  const patch = patchOf(trace[before.key], before.size, unit.map, field);
  const sum = patch.reduce((total, value) => total + value, 0);
  const total = coefficient * sum + bias;
  return {
    terms: [
      {
        label: `${before.name}[${unit.map}]`,
        rows: layer.kernel,
        columns: layer.kernel,
        patch,
        sum,
      },
    ],
    coefficient,
    product: coefficient * sum,
    bias,
    total,
    value: squash(spec, total),
  };
}

function distance(spec, trace, unit) {
  const order = [...trace.output.keys()].sort((a, b) => trace.output[a] - trace.output[b]);
  const rival = order[0] === unit.map ? order[1] : order[0];
  const own = differences(spec, trace.f6, unit.map);
  const other = differences(spec, trace.f6, rival);
  return {
    terms: [own],
    value: own.sum,
    rival: { digit: rival, ...other, gap: own.products.map((one, i) => other.products[i] - one) },
  };
}

function differences(spec, f6, digit) {
  const code = spec.codes[digit];
  const products = Float64Array.from(f6, (value, i) => (value - code[i]) ** 2);
  return {
    label: "F6",
    rows: spec.codeRows,
    columns: spec.codeColumns,
    patch: f6,
    kernel: code,
    products,
    sum: products.reduce((sum, one) => sum + one, 0),
  };
}

function term(label, patch, kernel, side) {
  const products = patch.map((value, i) => value * kernel[i]);
  return {
    label,
    rows: side,
    columns: side,
    patch,
    kernel,
    products,
    sum: products.reduce((sum, one) => sum + one, 0),
  };
}

function patchOf(values, size, map, { row, column, height, width }) {
  const patch = new Float64Array(height * width);
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      patch[r * width + c] = values[(map * size + row + r) * size + column + c];
    }
  }
  return patch;
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
