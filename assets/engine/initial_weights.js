// Weights that nobody trained yet, from a seed, the same in every browser. As lenet/model.py draws
// them: evenly between -1/sqrt(F) and 1/sqrt(F) for a fan-in of F, coefficients at 1/sqrt(F), biases
// at zero.

import { makeRandom } from "./random.js";

const STREAM = 0;

/** One flat Float32Array in the order of `shapes`, [name, shape] of each parameter. */
export function initialWeights(spec, shapes, seed) {
  const random = makeRandom(seed, STREAM);
  const counts = shapes.map(([, shape]) => shape.reduce((product, side) => product * side, 1));
  const weights = new Float32Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const [place, [name]] of shapes.entries()) {
    const [key, kind] = name.split(".");
    const own = weights.subarray(at, (at += counts[place]));
    const layer = spec.layers.find((one) => one.key === key);
    const area = layer.kernel * layer.kernel;
    if (kind === "coefficient") own.fill(1 / Math.sqrt(area));
    if (kind !== "weight") continue;
    const before = spec.layers[spec.layers.indexOf(layer) - 1];
    const isShared = layer.kind !== "local connection";
    // Kernels are stored map by map; every unit of a local connection reads all maps.
    const reads = isShared ? layer.reads.map(({ length }) => length) : [before.maps];
    let weight = 0;
    while (weight < own.length) {
      for (const maps of reads) {
        const bound = 1 / Math.sqrt(maps * area);
        for (const end = weight + maps * area; weight < end; weight++) own[weight] = random.within(bound);
      }
    }
  }
  return weights;
}
