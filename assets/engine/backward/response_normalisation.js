// Response normalisation from exact functions, and back through it: b = a / d^beta, where d is
// constant + strength * the sum of squares of the maps that are read.

import { power } from "../exact_functions.js";

export const responseNormalisation = {
  sums(layer) {
    const { exponent, maps, size } = layer;
    const strengths = new Float64Array(maps * size * size);
    return (input, output) => {
      fillStrengths(layer, input, strengths);
      for (let i = 0; i < output.length; i++) output[i] = input[i] / power(strengths[i], exponent);
    };
  },

  passed: (layer) => through(layer, (slope) => slope),

  passedSquared: (layer) => through(layer, (slope) => slope * slope),
};

// Every map that is read changes d_k, and a_k itself b_k too. For second derivatives the slopes of
// each pair of units are squared; for first ones they are added up as they are.
function through(layer, counted) {
  const { maps, size, reads, strength, exponent } = layer;
  const area = size * size;
  const strengths = new Float64Array(maps * area);
  return (input, deltas, back) => {
    fillStrengths(layer, input, strengths);
    back.fill(0);
    for (let map = 0; map < maps; map++) {
      for (let place = 0; place < area; place++) {
        const at = map * area + place;
        const direct = 1 / power(strengths[at], exponent);
        const by = (-2 * strength * exponent * input[at] * direct) / strengths[at];
        for (const read of reads[map]) {
          const other = read * area + place;
          const slope = by * input[other] + (read === map ? direct : 0);
          back[other] += deltas[at] * counted(slope);
        }
      }
    }
  };
}

function fillStrengths({ maps, size, reads, constant, strength }, input, strengths) {
  const area = size * size;
  for (let map = 0; map < maps; map++) {
    for (let place = 0; place < area; place++) {
      let sum = 0;
      for (const read of reads[map]) sum += input[read * area + place] * input[read * area + place];
      strengths[map * area + place] = constant + strength * sum;
    }
  }
}
