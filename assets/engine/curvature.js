// The diagonal of the Gauss-Newton Hessian, by back-propagating second derivatives (appendix C, eqs.
// 22 to 27): the twin of lenet/training/curvature.py. tests/engine/test_curvature.py compares them.

import { backwardOf } from "./backward/kinds.js";
import { exp } from "./exact_functions.js";
import { nameParameters, parametersOf } from "./explain.js";

/**
 * Curvatures of a learner's parameters: { start(), add(loss), mean(), own }. start() empties the sums
 * and takes the weights as they are; add() comes after the learner's run() of a pattern; mean() is a
 * Float32Array in the order of the parameters, overwritten by the next. `own`, by the keys of the
 * layers, has the second derivatives with respect to their sums of the pattern added last.
 */
export function makeCurvatures(learner, shapes) {
  const { spec, weights, steps, trace } = learner;
  const found = new Float32Array(weights.length);
  const squares = new Float32Array(weights.length);
  const namedFound = nameParameters(shapes, found);
  const namedSquares = nameParameters(shapes, squares);
  const output = steps.at(-1);
  const hasCodes = output.layer.kind === "RBF";
  const own = {};
  // Distances have no parameters, and it is what the codes are compared with that curvatures begin at.
  const learning = (hasCodes ? steps.slice(0, -1) : steps).map((step, place) => {
    const { layer, from } = step;
    const kind = backwardOf(layer);
    const later = (own[layer.key] = new Float64Array(step.after.length));
    return {
      ...step,
      h: later,
      before: place === 0 ? null : own[from.key],
      squared: new Float32Array(step.input.length),
      named: parametersOf(layer, namedSquares),
      found: parametersOf(layer, namedFound),
      curve: kind.curved?.(layer, from) ?? (kind.learned ? kind.learned(layer, from) : null),
      usesInput: Boolean(kind.curved),
      pass: place === 0 ? null : (kind.passedSquared ?? kind.passed)(layer, from, spec),
    };
  });
  const last = learning.at(-1);
  let count = 0;

  const begin = (loss) => {
    const { h } = last;
    if (hasCodes) ofCodes(h, loss, trace[last.key], output.after, spec.codes);
    // Penalties of a softmax are -log p.
    else for (let i = 0; i < h.length; i++) h[i] = exp(-output.after[i]) * (1 - exp(-output.after[i]));
  };

  return {
    own,
    start() {
      for (let i = 0; i < weights.length; i++) squares[i] = weights[i] * weights[i];
      found.fill(0);
      count = 0;
    },
    add(loss) {
      begin(loss);
      for (let i = learning.length - 1; i >= 0; i--) {
        const step = learning[i];
        const { h, input, squared, squashing } = step;
        if (squashing?.slope) {
          for (let unit = 0; unit < h.length; unit++) {
            const slope = squashing.slope(step.whole[unit]);
            h[unit] *= slope * slope;
          }
        }
        if (step.curve) {
          if (!step.usesInput) for (let j = 0; j < input.length; j++) squared[j] = input[j] * input[j];
          step.curve(step.usesInput ? input : squared, h, step.found);
        }
        if (step.pass) step.pass(input, h, step.before, step.named);
      }
      count++;
    },
    mean() {
      for (let i = 0; i < found.length; i++) found[i] /= count;
      return found;
    },
  };
}

// Of each pattern's loss with respect to what the codes are compared with: 2 for eq. 8; for eq. 9,
// with p the posterior of each class and r that of "rubbish",
// 2 r + 4 (sum of p (x - c)^2 - (sum of p (x - c))^2).
function ofCodes(h, { rubbish }, values, penalties, codes) {
  if (rubbish === null) {
    h.fill(2);
    return;
  }
  let least = rubbish;
  for (let k = 0; k < penalties.length; k++) if (penalties[k] < least) least = penalties[k];
  const own = exp(least - rubbish);
  let whole = own;
  for (let k = 0; k < penalties.length; k++) whole += exp(least - penalties[k]);
  h.fill(0);
  for (let i = 0; i < h.length; i++) {
    let mean = 0;
    let square = 0;
    for (let k = 0; k < codes.length; k++) {
      const share = exp(least - penalties[k]) / whole;
      const apart = values[i] - codes[k][i];
      mean += share * apart;
      square += share * apart * apart;
    }
    h[i] = (2 * own) / whole + 4 * (square - mean * mean);
  }
}
