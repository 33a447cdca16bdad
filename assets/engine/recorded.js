// Traces that PyTorch recorded, in half precision, and how far what is computed here is from them.

import { farthest } from "./forward.js";

/** What rounding to half precision explains of |difference| / (1 + |value|), */
export const HALVES = 2 ** -11;
/** and what the order in which sums are added explains. */
export const SUMS = 1e-4;

/** The values of numbers in half precision, given as their 16 bits. */
export const fromHalves = (words) => Float32Array.from(words, fromHalf);

function fromHalf(word) {
  const sign = word & 0x8000 ? -1 : 1;
  const exponent = (word >> 10) & 31;
  const fraction = word & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * Compares `network` with what was recorded for each of these inputs, given as 16-bit words: every
 * layer after the input, one input after the other.
 *
 * { count, difference, bound, agrees }: the largest |difference| / (1 + |value|), the bound up to
 * which rounding explains it, and whether it is within.
 */
export function compare(spec, network, inputs, words) {
  const bound = HALVES + SUMS;
  const recorded = fromHalves(words);
  const layers = spec.layers.slice(1);
  let at = 0;
  let difference = 0;
  for (const input of inputs) {
    const trace = network.run(input);
    for (const { key } of layers) {
      const theirs = recorded.subarray(at, (at += trace[key].length));
      // What is no number is as far from a number as can be.
      const apart = theirs.every(Number.isFinite) ? farthest(trace[key], theirs, true) : Infinity;
      difference = Math.max(difference, apart);
    }
  }
  const complete = at === recorded.length;
  return { count: inputs.length, difference, bound, agrees: complete && difference <= bound };
}
