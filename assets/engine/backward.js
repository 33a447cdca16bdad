// The forward pass from exact functions, and the gradients of every parameter, for one pattern at a
// time. All arrays are made once. tests/engine/test_backward.py compares with autograd.

import { backwardOf, sumsOf } from "./backward/kinds.js";
import { exactSquashingOf } from "./backward/squashing.js";
import { exp, log } from "./exact_functions.js";
import { nameParameters, parametersOf } from "./explain.js";
import { arrayFor, readMiddle } from "./forward.js";

/**
 * A network of parameters `weights`, one flat Float32Array in the order of `shapes`, that can learn:
 *
 *   run(input, random)   the trace { input, c1, ..., output, before } as makeNetwork()'s; of an input
 *                        that is larger than the network's own, it reads the middle. With `random`
 *                        units are dropped where the architecture says so
 *   back(label, loss)    after run(): adds to `gradients`, and leaves in `deltas`, by the keys of the
 *                        layers, the derivatives with respect to their sums, and in `signals` those
 *                        with respect to their values
 *   gradients            one flat Float32Array in the same order, to be emptied by who uses it
 */
export function makeLearner(spec, shapes, weights) {
  const gradients = new Float32Array(weights.length);
  const named = nameParameters(shapes, weights);
  const namedGradients = nameParameters(shapes, gradients);
  const [first] = spec.layers;
  const output = spec.layers.at(-1);
  const trace = { before: {}, [first.key]: arrayFor(first) };
  const signals = { [first.key]: null };
  const deltas = {};
  const steps = spec.layers.slice(1).map((layer, place) => {
    const from = spec.layers[place];
    const own = parametersOf(layer, named);
    const kind = backwardOf(layer);
    const isOutput = layer === output;
    const squashing = layer.kind === "softmax" ? softmax : exactSquashingOf(layer, spec);
    const after = (trace[layer.key] = arrayFor(layer));
    const before = squashing ? (trace.before[layer.key] = arrayFor(layer)) : after;
    const signal = (signals[layer.key] = new Float64Array(after.length));
    const delta = (deltas[layer.key] = squashing ? new Float64Array(after.length) : signal);
    // Without a share that is dropped, what is squashed is at once what the next layer reads.
    const whole = layer.dropout ? arrayFor(layer) : after;
    return {
      key: layer.key,
      layer,
      from,
      own,
      isOutput,
      squashing,
      before,
      after,
      whole,
      signal,
      delta,
      factors: layer.dropout ? new Float64Array(after.length).fill(1) : null,
      input: trace[from.key],
      signalBefore: place === 0 ? null : signals[from.key],
      gradients: parametersOf(layer, namedGradients),
      sums: sumsOf(layer, from, own, spec),
      learn: Object.keys(own).length ? kind.learned(layer, from) : null,
      pass: place === 0 ? null : kind.passed(layer, from, spec),
    };
  });
  const last = steps.at(-1);

  return {
    spec,
    weights,
    gradients,
    trace,
    deltas,
    signals,
    steps,
    named,
    penalties: last.after,
    run(input, random = null) {
      readMiddle(input, trace[first.key], first.size);
      for (let i = 0; i < steps.length; i++) {
        const step = steps[i];
        step.sums(step.input, step.before);
        if (step.squashing) step.squashing.fill(step.before, step.whole);
        if (step.factors) drop(step, random);
      }
      return trace;
    },
    back(label, loss) {
      loss.slopes(last.after, label, last.signal);
      for (let i = steps.length - 1; i >= 0; i--) {
        const step = steps[i];
        if (step.factors) scale(step.signal, step.factors);
        if (step.squashing) bend(step);
        if (step.learn) step.learn(step.input, step.delta, step.gradients);
        if (step.pass) step.pass(step.input, step.delta, step.signalBefore, step.own);
      }
    },
  };
}

// Of the values of softmax, -log p, the slopes are not one for each sum.
const softmax = {
  fill(logits, output) {
    let largest = logits[0];
    for (let i = 1; i < logits.length; i++) if (logits[i] > largest) largest = logits[i];
    let sum = 0;
    for (let i = 0; i < logits.length; i++) sum += exp(logits[i] - largest);
    const whole = largest + log(sum);
    for (let i = 0; i < logits.length; i++) output[i] = whole - logits[i];
  },
  back(signal, values, delta) {
    let total = 0;
    for (let i = 0; i < signal.length; i++) total += signal[i];
    for (let i = 0; i < signal.length; i++) delta[i] = total * exp(-values[i]) - signal[i];
  },
};

function bend({ squashing, signal, whole, delta }) {
  if (squashing.back) {
    squashing.back(signal, whole, delta);
    return;
  }
  for (let i = 0; i < signal.length; i++) delta[i] = signal[i] * squashing.slope(whole[i]);
}

// Drops a share of the units, others each time, and makes the rest larger so that the sum stays.
function drop({ layer, whole, after, factors }, random) {
  for (let i = 0; i < factors.length; i++) {
    factors[i] = !random ? 1 : random.below(1_000_000) < layer.dropout * 1_000_000 ? 0 : 1 / (1 - layer.dropout);
    after[i] = whole[i] * factors[i];
  }
}

function scale(values, factors) {
  for (let i = 0; i < values.length; i++) values[i] *= factors[i];
}
