// One update, computed: a digit forward, its loss, the error signal back, what every weight would
// change by, and the same digit again with the changed weights. Nothing here knows a page.

import { makeLearner } from "../../engine/backward.js";
import { makeCurvatures } from "../../engine/curvature.js";
import { makeLoss } from "../../engine/losses.js";
import { MU, printedEta } from "../../engine/optimise.js";

/** Digits that the curvatures are estimated on, and how many of them in one go. */
export const ESTIMATED = { digits: 100, atOnce: 5 };

/** j of eq. 9, as the recorded runs have it. */
export const RUBBISH = 20;

/**
 * The updates of a network { spec, parameters } that begins with `start`, one flat Float32Array.
 * `inputs` gives the prepared digits that curvatures are estimated on, by their place.
 */
export function makeUpdates({ spec, parameters }, start, inputs) {
  const weights = Float32Array.from(start);
  const learner = makeLearner(spec, parameters, weights);
  const changed = makeLearner(spec, parameters, Float32Array.from(start));
  const estimator = makeLearner(spec, parameters, weights);
  const curvatures = makeCurvatures(estimator, parameters);
  const changes = new Float32Array(weights.length);
  const rates = new Float32Array(weights.length);
  let known = null; // the curvatures of these weights, for one loss
  let begun = null; // { rubbish, count }
  let taken = 0;

  const updates = {
    learner,
    changed,
    weights,
    changes,
    rates,
    get taken() {
      return taken;
    },
    get curvatures() {
      return known?.found ?? null;
    },
    /** Estimates some more of the curvatures; whether there is more to do. */
    estimate({ loss }) {
      const rubbish = rubbishOf(loss);
      if (known && known.rubbish === rubbish) return false;
      if (!begun || begun.rubbish !== rubbish) {
        begun = { rubbish, count: 0 };
        curvatures.start();
      }
      const chosen = makeLoss(rubbish);
      for (let i = 0; i < ESTIMATED.atOnce; i++) {
        estimator.run(inputs(begun.count++));
        curvatures.add(chosen);
      }
      if (begun.count < ESTIMATED.digits) return true;
      known = { rubbish, found: curvatures.mean().slice() };
      begun = null;
      return false;
    },
    /**
     * { before, after, lossBefore, lossAfter, eta } of a step with `settings` { method, loss, step } on
     * an input that shows the digit `label`; null while the method still needs curvatures. `step` is
     * the factor of 1998's printed rate, or the learning rate.
     */
    compute(input, label, { method, loss, step }) {
      const isDiagonal = method === "1998";
      const rubbish = rubbishOf(loss);
      if (isDiagonal && known?.rubbish !== rubbish) return null;
      const chosen = makeLoss(rubbish);
      learner.gradients.fill(0);
      learner.run(input);
      learner.back(label, chosen);
      const eta = isDiagonal ? step * printedEta(1) : step;
      for (let i = 0; i < weights.length; i++) {
        rates[i] = isDiagonal ? eta / (MU + known.found[i]) : eta;
        changes[i] = -rates[i] * learner.gradients[i];
        changed.weights[i] = weights[i] + changes[i];
      }
      changed.run(input);
      return {
        eta,
        before: learner.penalties.slice(),
        after: changed.penalties.slice(),
        lossBefore: chosen.of(learner.penalties, label),
        lossAfter: chosen.of(changed.penalties, label),
      };
    },
    /** Takes the step that was computed last. */
    take() {
      weights.set(changed.weights);
      known = begun = null; // they were those of the weights before
      taken++;
    },
    startAgain() {
      weights.set(start);
      known = begun = null;
      taken = 0;
    },
  };
  return updates;
}

const rubbishOf = (loss) => (loss === "map" ? RUBBISH : null);
