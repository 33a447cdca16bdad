// What training makes small, for one pattern: the twin of lenet/training/losses.py.

import { exp, log } from "./exact_functions.js";

/**
 * The loss of eq. 8, or with a number as `rubbish` (j) that of eq. 9: { of(penalties, label), slopes(
 * penalties, label, output), ignorant(classes) }. `slopes` fills `output` with the derivatives with
 * respect to the penalties; `posterior` is of use to curvature.js.
 */
export function makeLoss(rubbish = null) {
  if (rubbish === null) {
    return {
      rubbish,
      of: (penalties, label) => penalties[label],
      slopes(penalties, label, output) {
        output.fill(0);
        output[label] = 1;
      },
    };
  }
  // log(e^-j + sum of e^-y), without the largest, which could overflow.
  const competition = (penalties) => {
    let least = rubbish;
    for (let k = 0; k < penalties.length; k++) if (penalties[k] < least) least = penalties[k];
    let sum = exp(least - rubbish);
    for (let k = 0; k < penalties.length; k++) sum += exp(least - penalties[k]);
    return log(sum) - least;
  };
  return {
    rubbish,
    of: (penalties, label) => penalties[label] + competition(penalties),
    slopes(penalties, label, output) {
      const whole = competition(penalties);
      for (let k = 0; k < penalties.length; k++) output[k] = -exp(-penalties[k] - whole);
      output[label] += 1;
    },
  };
}
