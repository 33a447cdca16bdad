// A network that is trained, pattern by pattern, in a browser's worker or in Node: it knows no page.
//
// The same settings, digits and start give the same weights everywhere, to the last bit: all random
// numbers come from the seed, and all functions from arithmetic (random.js, exact_functions.js).
//
//   makeTrainer({ spec, shapes, settings, digits, start }) -> trainer
//
//   spec      the network's description, as components have it
//   shapes    [name, shape] of each parameter in their order: `parameters` of a network's bundle
//   settings  { seed, method, step, loss, rubbish, batch, distortions, digits }
//               seed         a whole number from 0 to below 2 ** 31
//               method       "1998", "sgd" or "adam"
//               step         above 0: the factor of 1998's printed rates, else the learning rate
//               loss         "mle" (eq. 8) or "map" (eq. 9, with the codes alone)
//               rubbish      j of eq. 9
//               batch        patterns per change of the weights, from 1
//               distortions  whether each pattern is distorted anew each time
//               digits       how many of the digits to learn from are used, the first ones
//   digits    { images, labels, learn }: Uint8Array n * 784 (28x28, 0 is paper, 255 ink), Uint8Array
//             n, and how many at the beginning are to learn from; the rest judge
//   start     weights to begin with, a Float32Array, in place of those that the seed gives
//
//   trainer.step(count)     trains on so many patterns more, fewer if it diverges
//   trainer.judge(count)    judges so many of the digits that judge, one round after the other; null,
//                           or { wrong, counted, of } whenever a round is whole
//   trainer.read(input)     the penalties of a prepared drawing, overwritten by the next call
//   trainer.setStep(step)   another step size from now on
//   trainer.keep()          remembers this state; trainer.undo() goes back to the one kept last
//   trainer.weights         Float32Array in the order of `shapes`, always those of now
//   trainer.patterns        patterns trained on; trainer.passes: through all the digits that are used
//   trainer.lossMean        of the last 200 patterns; NaN before the first
//   trainer.trainingErrors  { wrong, seen }: answers to the patterns trained on, each before its step,
//                           since this was last read
//   trainer.diverged        null, or why it stopped: "loss" (not finite, or far above what guessing
//                           gives), "weights" (beyond any sense), "forgot" (it had learned, and now
//                           guesses). step() does nothing until undo()

import { makeLearner } from "./backward.js";
import { makeCurvatures } from "./curvature.js";
import { makeDistort, randomMap } from "./distort.js";
import { log } from "./exact_functions.js";
import { initialWeights } from "./initial_weights.js";
import { makeLoss } from "./losses.js";
import { makeAdam, makeDiagonal, makeSgd, printedEta } from "./optimise.js";
import { makeRandom, shuffled } from "./random.js";

// What random numbers are drawn for. initial_weights.js has 0.
const ORDER = 1;
const DROPPED = 2;
const DISTORTED = 3;
const ESTIMATED = 4;

/** Patterns between two estimates of the curvatures, and for one. */
export const ESTIMATE = { every: 500, patterns: 100 };

// The printed rates become smaller from pass to pass. Of a few drawings alone a pass would be over
// before anything is learned.
const SHORTEST_PASS = 4000;

const RECENT = 200; // patterns of which the mean loss is told
const FARTHEST = 1000; // the largest weight that makes sense
const CHECKED = 200; // patterns between two looks at all weights
const FAR_ABOVE = 2; // times the loss of guessing

export function makeTrainer({ spec, shapes, settings, digits, start = null }) {
  const { seed, method, batch } = settings;
  const weights = start ? Float32Array.from(start) : initialWeights(spec, shapes, seed);
  const learner = makeLearner(spec, shapes, weights);
  const hasCodes = spec.layers.at(-1).kind === "RBF";
  const loss = makeLoss(hasCodes && settings.loss === "map" ? settings.rubbish : null);
  const used = Math.min(settings.digits, digits.learn);
  if (!(used > 0)) throw new RangeError("There are no digits to learn from.");
  const order = shuffled(used, makeRandom(seed, ORDER));
  const dropping = makeRandom(seed, DROPPED);
  const distorting = makeRandom(seed, DISTORTED);
  const estimating = makeRandom(seed, ESTIMATED);
  const streams = [dropping, distorting, estimating];
  const prepare = makePrepare(spec, digits);
  const distort = settings.distortions ? makeDistort(spec) : null;
  const distorted = distort && new Float32Array(spec.inputSize * spec.inputSize);
  const optimiser = optimiserFor(method, learner, settings.step);
  const curvatures = method === "1998" ? makeCurvatures(learner, shapes) : null;
  const judging = digits.labels.length - digits.learn;
  const guessing = lossOfGuessing(loss, spec, hasCodes);

  let step = settings.step;
  let patterns = 0;
  let added = 0; // patterns whose gradients are added up
  let diverged = null;
  const recent = new Float64Array(RECENT);
  const errors = { wrong: 0, seen: 0 };
  const share = { best: 1, wrong: 0, seen: 0 }; // of wrong answers, over some hundred patterns
  const round = { wrong: 0, counted: 0 };

  const show = (place) => {
    const input = prepare(place);
    if (!distort) return input;
    distort(input, randomMap(distorting), distorted);
    return distorted;
  };

  const estimate = () => {
    curvatures.start();
    for (let i = 0; i < ESTIMATE.patterns; i++) {
      learner.run(prepare(estimating.below(used)));
      curvatures.add(loss);
    }
    optimiser.setCurvatures(curvatures.mean());
  };

  const one = () => {
    if (curvatures) {
      if (patterns % ESTIMATE.every === 0) estimate();
      optimiser.setEta(step * printedEta(Math.floor(patterns / Math.max(used, SHORTEST_PASS)) + 1));
    }
    const place = order[patterns % used];
    const label = digits.labels[place];
    learner.run(show(place), dropping);
    const isWrong = smallest(learner.penalties) !== label;
    const found = loss.of(learner.penalties, label);
    recent[patterns % RECENT] = found;
    patterns++;
    errors.seen++;
    share.seen++;
    if (isWrong) {
      errors.wrong++;
      share.wrong++;
    }
    if (!Number.isFinite(found)) {
      diverged = "loss";
      return;
    }
    learner.back(label, loss);
    added++;
    if (added >= batch) {
      optimiser.update(added);
      added = 0;
    }
    if (patterns % CHECKED === 0) look();
  };

  const look = () => {
    const wrong = share.wrong / share.seen;
    if (share.best < 0.5 && wrong > 0.8) diverged = "forgot";
    share.best = Math.min(share.best, wrong);
    share.wrong = share.seen = 0;
    if (mean() > FAR_ABOVE * guessing) diverged = "loss";
    for (let i = 0; i < weights.length; i++) {
      if (!(Math.abs(weights[i]) <= FARTHEST)) {
        diverged = "weights";
        return;
      }
    }
  };

  const mean = () => {
    const count = Math.min(patterns, RECENT);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += recent[i];
    return count ? sum / count : NaN;
  };

  let kept = null;
  const arrays = [weights, learner.gradients, recent, ...optimiser.state, ...streams.map(({ state }) => state)];
  const trainer = {
    weights,
    get patterns() {
      return patterns;
    },
    get passes() {
      return patterns / used;
    },
    get lossMean() {
      return mean();
    },
    get diverged() {
      return diverged;
    },
    get trainingErrors() {
      const told = { ...errors };
      errors.wrong = errors.seen = 0;
      return told;
    },
    step(count) {
      for (let i = 0; i < count && !diverged; i++) one();
    },
    judge(count = judging) {
      for (let i = 0; i < count && round.counted < judging; i++, round.counted++) {
        const place = digits.learn + round.counted;
        learner.run(prepare(place));
        if (smallest(learner.penalties) !== digits.labels[place]) round.wrong++;
      }
      if (round.counted < judging) return null;
      const { wrong, counted } = round;
      round.wrong = round.counted = 0;
      return { wrong, counted, of: judging };
    },
    read(input) {
      learner.run(input);
      return learner.penalties;
    },
    setStep(other) {
      step = other;
      optimiser.setRate?.(step);
    },
    keep() {
      kept ??= { arrays: arrays.map((array) => array.slice()) };
      arrays.forEach((array, i) => kept.arrays[i].set(array));
      Object.assign(kept, { patterns, added, share: { ...share } });
    },
    undo() {
      arrays.forEach((array, i) => array.set(kept.arrays[i]));
      ({ patterns, added } = kept);
      Object.assign(share, kept.share);
      diverged = null;
      errors.wrong = errors.seen = round.wrong = round.counted = 0;
    },
  };
  trainer.keep();
  return trainer;
}

function optimiserFor(method, learner, step) {
  if (method === "1998") return makeDiagonal(learner);
  if (method === "adam") return makeAdam(learner, step);
  if (method === "sgd") return makeSgd(learner, step);
  throw new RangeError(`There is no method ${method}.`);
}

// prepare(place): a digit as the network reads it, paper around; overwritten by the next.
function makePrepare({ inputSize, background, ink }, { images }) {
  const side = 28;
  const margin = (inputSize - side) / 2;
  const input = new Float32Array(inputSize * inputSize).fill(background);
  const greys = Float32Array.from({ length: 256 }, (_, grey) => background + ((ink - background) / 255) * grey);
  return (place) => {
    let pixel = place * side * side;
    for (let row = 0; row < side; row++) {
      let to = (row + margin) * inputSize + margin;
      for (const end = to + side; to < end; to++, pixel++) input[to] = greys[images[pixel]];
    }
    return input;
  };
}

// The loss of a network that gives all classes the same: of codes, one whose F6 is zero.
function lossOfGuessing(loss, { codes, classes }, hasCodes) {
  const penalty = hasCodes ? codes[0].length : log(classes.length);
  return loss.of(new Float64Array(classes.length).fill(penalty), 0);
}

function smallest(penalties) {
  let best = 0;
  for (let i = 1; i < penalties.length; i++) if (penalties[i] < penalties[best]) best = i;
  return best;
}
