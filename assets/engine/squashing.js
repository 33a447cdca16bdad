// Squashing functions by name: what a layer's sums go through to become its values.
//
// Each entry has the function of one number, the way in which it fills an array, and its line of
// Python. The twin of lenet/squashing.py.

const LIMIT = 8; // tanh is 1 to within 1e-6 beyond
const STEPS = 2048; // to one

const SQUASHINGS = {
  tanh: {
    of: ({ amplitude, slope }) => (total) => amplitude * Math.tanh(slope * total),
    fill: scaledTanh,
    python: ({ amplitude, slope }) => `${amplitude} * torch.tanh(${fraction(slope)} * total)`,
  },
};

/** The entry of a layer's squashing function; nothing where a layer's values are its sums. */
export const squashingOf = (layer) => SQUASHINGS[layer.squash];

/** The value that a sum becomes. */
export function squashed(layer, spec, total) {
  return squashingOf(layer)?.of(spec)(total) ?? total;
}

// Straight lines between the entries of a table are wrong by 1e-7 at most, less than the step of
// a float32, and four times as fast as Math.tanh.
function scaledTanh({ amplitude, slope }) {
  const last = 2 * LIMIT * STEPS;
  const table = Float64Array.from({ length: last + 1 }, (_, i) => amplitude * Math.tanh(i / STEPS - LIMIT));
  return (before, after) => {
    for (let i = 0; i < before.length; i++) {
      const place = (slope * before[i] + LIMIT) * STEPS;
      if (place > 0 && place < last) {
        const entry = Math.floor(place);
        after[i] = table[entry] + (place - entry) * (table[entry + 1] - table[entry]);
      } else {
        after[i] = place > 0 ? amplitude : -amplitude;
      }
    }
  };
}

const fraction = (slope) => (slope === 2 / 3 ? "2 / 3" : String(slope));
