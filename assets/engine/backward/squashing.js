// Squashing functions and their slopes from exact functions; the twin of ../squashing.js.

import { fillTanh } from "../exact_functions.js";

const ofTanh = (amplitude, slope) => ({
  fill: (before, after) => fillTanh(before, after, amplitude, slope, 0),
  slope: (value) => amplitude * slope - (slope / amplitude) * value * value,
});

const SQUASHINGS = {
  tanh: ({ amplitude, slope }) => ofTanh(amplitude, slope),
  "plain tanh": () => ofTanh(1, 1),
  sigmoid: () => ({
    fill: (before, after) => fillTanh(before, after, 1 / 2, 1 / 2, 1 / 2), // the same curve
    slope: (value) => value * (1 - value),
  }),
  relu: () => ({
    fill(before, after) {
      for (let i = 0; i < before.length; i++) after[i] = before[i] > 0 ? before[i] : 0;
    },
    slope: (value) => (value > 0 ? 1 : 0),
  }),
};

/** { fill(before, after), slope(value) } of a layer, or null where its values are its sums. */
export const exactSquashingOf = (layer, spec) => SQUASHINGS[layer.squash]?.(spec) ?? null;
