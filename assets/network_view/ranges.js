// What the full colour stands for: the limits of the squashing function ("fixed"), or the largest
// value of each layer or each map.

/** The names by which the address and the controls know the ranges; the first is the usual one. */
export const RANGES = ["fixed", "layer", "map"];

// A map of zeros must not be divided by zero.
const SMALLEST_LIMIT = 1e-6;

/** A function of a tile: the value that gets the full colour on it. */
export function limitsOf(range, spec, layout, trace) {
  if (range === "fixed") return () => spec.amplitude;
  const limits = new Map();
  for (const tile of layout.tiles) {
    const end = tile.first + tile.rows * tile.columns;
    const limit = largest(trace[tile.layer].subarray(tile.first, end));
    const key = range === "layer" ? tile.layer : tile;
    limits.set(key, Math.max(limits.get(key) ?? SMALLEST_LIMIT, limit));
  }
  // The codes are +-1 by definition and keep the fixed scale.
  return (tile) => limits.get(range === "layer" ? tile.layer : tile) ?? spec.amplitude;
}

function largest(values) {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
