// Squashing functions by name: what a layer's sums go through to become its values.
//
// Each entry has the function of one number, the way in which it fills an array, how the function is
// written, and its line of Python. The twin of lenet/squashing.py.

import { number, t } from "../shared/words.js";

const LIMIT = 8; // tanh is 1 to within 1e-6 beyond
const STEPS = 2048; // to one

const SQUASHINGS = {
  tanh: {
    of: ({ amplitude, slope }) => (total) => amplitude * Math.tanh(slope * total),
    fill: ({ amplitude, slope }) => scaledTanh(amplitude, slope, 0),
    written: ({ amplitude }) => t("{amplitude} tanh(\u2154 a)", { amplitude: number(amplitude, 4) }),
    python: ({ amplitude, slope }) => `${amplitude} * torch.tanh(${fraction(slope)} * total)`,
  },
  "plain tanh": {
    of: () => Math.tanh,
    fill: () => scaledTanh(1, 1, 0),
    written: () => t("tanh(a)"),
    python: () => "torch.tanh(total)",
  },
  sigmoid: {
    of: () => (total) => (1 + Math.tanh(total / 2)) / 2,
    fill: () => scaledTanh(1 / 2, 1 / 2, 1 / 2), // the same curve
    written: () => t("1 / (1 + exp(\u2212a))"),
    python: () => "torch.sigmoid(total)",
  },
  relu: {
    of: () => (total) => Math.max(0, total),
    fill: () => (before, after) => {
      for (let i = 0; i < before.length; i++) after[i] = before[i] > 0 ? before[i] : 0;
    },
    written: () => t("max(0, a)"),
    python: () => "torch.relu(total)",
  },
};

/** The entry of a layer's squashing function; nothing where a layer's values are its sums. */
export const squashingOf = (layer) => SQUASHINGS[layer.squash];

/** The value that a sum becomes. */
export function squashed(layer, spec, total) {
  return squashingOf(layer)?.of(spec)(total) ?? total;
}

// What fills an array with middle + amplitude * tanh(slope * a). Straight lines between the entries
// of a table are wrong by 1e-7 at most, less than the step of a float32, and four times as fast as
// Math.tanh.
function scaledTanh(amplitude, slope, middle) {
  const last = 2 * LIMIT * STEPS;
  const table = tableOfTanh();
  return (before, after) => {
    for (let i = 0; i < before.length; i++) {
      const place = (slope * before[i] + LIMIT) * STEPS;
      if (place > 0 && place < last) {
        const entry = Math.floor(place);
        const low = table[entry];
        after[i] = middle + amplitude * (low + (place - entry) * (table[entry + 1] - low));
      } else {
        after[i] = middle + (place > 0 ? amplitude : -amplitude);
      }
    }
  };
}

let made = null;

// One for all layers of all networks, so that it stays in the processor's cache.
function tableOfTanh() {
  made ??= Float64Array.from({ length: 2 * LIMIT * STEPS + 1 }, (_, i) => Math.tanh(i / STEPS - LIMIT));
  return made;
}

const fraction = (slope) => (slope === 2 / 3 ? "2 / 3" : String(slope));
