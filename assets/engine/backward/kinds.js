// What training asks of a kind of layer besides what ../kinds.js has; only training imports this.
//
//   learned(layer, from)   makes (input, deltas, gradients) => void, which adds to the gradients of
//                          the layer's parameters; there is none where nothing is trained
//   passed(layer, from)    makes (input, deltas, back, named) => void, which fills `back` with the
//                          derivatives with respect to the input
//   curved, passedSquared  the same for second derivatives, where that is not the same arithmetic
//                          with squared inputs and squared weights
//   sums(layer, from, named, spec)
//                          the forward sum, where ../kinds.js computes it with what differs between
//                          browsers
//
// `deltas` are the derivatives with respect to the layer's sums.

import { kindOf } from "../kinds.js";
import { convolution } from "./convolution.js";
import { localConnection } from "./local_connection.js";
import { averagePooling, maxPooling, subSampling } from "./pooling.js";
import { responseNormalisation } from "./response_normalisation.js";

const fixedConvolution = {
  passed: (layer, from) => withFilters(layer, from, (value) => value),
  passedSquared: (layer, from) => withFilters(layer, from, (value) => value * value),
};

const radialBasis = {
  passed: (layer, from, { codes }) => (input, deltas, back) => {
    back.fill(0);
    for (let digit = 0; digit < codes.length; digit++) {
      const delta = 2 * deltas[digit];
      if (delta === 0) continue;
      const code = codes[digit];
      for (let i = 0; i < code.length; i++) back[i] += delta * (input[i] - code[i]);
    }
  },
};

const KINDS = {
  input: {},
  convolution,
  "fixed convolution": fixedConvolution,
  "local connection": localConnection,
  "full connection": convolution,
  "sub-sampling": subSampling,
  "average pooling": averagePooling,
  "max pooling": maxPooling,
  "response normalisation": responseNormalisation,
  RBF: radialBasis,
  softmax: convolution,
};

/** The entry of a layer's kind. */
export const backwardOf = (layer) => KINDS[layer.kind];

/** (input, output) => void: the layer's forward sum, the same in every browser. */
export function sumsOf(layer, from, named, spec) {
  const { sums } = KINDS[layer.kind].sums ? KINDS[layer.kind] : kindOf(layer);
  return sums(layer, from, named, spec);
}

function withFilters(layer, from, counted) {
  const { reads, filters } = layer;
  const each = reads.flatMap((read, map) => read.map(() => filters[map].flat()));
  const weight = Float32Array.from(each.flat(), counted);
  const pass = convolution.passed(layer, from);
  return (input, deltas, back) => pass(input, deltas, back, { weight });
}
