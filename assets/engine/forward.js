// The forward pass in the browser; the twin of lenet/model.py and lenet/trace.py.
//
// Sums are kept in doubles, activations in float32 as PyTorch keeps them. All arrays are made
// once, so that a frame of the screen leaves nothing behind.

import { parametersOf } from "./explain.js";
import { kindOf } from "./kinds.js";
import { squashingOf } from "./squashing.js";

/**
 * A network { run(input), blank } of parameters by name, as nameParameters() gives them.
 *
 * `run` returns the trace { input, c1, s2, ..., output, before }: flat arrays by the keys of the
 * layers, map by map and row by row, overwritten by the next run. `before` has the sums of the
 * layers whose values are not their sums. `blank` is the input without ink. Of an input that is
 * larger than the network's own, it reads the middle.
 */
export function makeNetwork(spec, parameters) {
  const trace = { before: {} };
  const steps = spec.layers.map((layer, place) => {
    const from = spec.layers[place - 1];
    const after = (trace[layer.key] = arrayFor(layer));
    if (!from) return () => {};
    const { sums, values } = kindOf(layer);
    const sum = sums(layer, from, parametersOf(layer, parameters), spec);
    const finish = values ?? squashingOf(layer)?.fill(spec);
    const input = trace[from.key];
    if (!finish) return () => sum(input, after);
    const before = (trace.before[layer.key] = arrayFor(layer));
    return () => {
      sum(input, before);
      finish(before, after);
    };
  });
  const [first] = spec.layers;
  return {
    blank: arrayFor(first).fill(spec.background),
    run(input) {
      readMiddle(input, trace[first.key], first.size);
      for (const step of steps) step();
      return trace;
    },
  };
}

/** Drawings are prepared as 32x32 for every network; a smaller input is the middle of that. */
export function readMiddle(input, output, size) {
  if (input.length === output.length) {
    output.set(input);
    return;
  }
  const side = Math.sqrt(input.length);
  const margin = (side - size) / 2;
  for (let row = 0; row < size; row++) {
    const first = (row + margin) * side + margin;
    output.set(input.subarray(first, first + size), row * size);
  }
}

/** Room for the values of a layer. */
export const arrayFor = ({ maps, size }) => new Float32Array(maps * size * size);

/**
 * The largest difference of two traces; penalties and sums before squashing, which have no
 * limits, count relative to 1 + their size.
 */
export function difference(spec, own, served) {
  const output = spec.layers.at(-1).key;
  const layers = spec.layers.map(({ key }) => farthest(own[key], served[key], key === output));
  const sums = Object.keys(served.before).map((key) =>
    farthest(own.before[key], served.before[key], true),
  );
  return Math.max(...layers, ...sums);
}

/** The largest difference of two arrays; `relative` counts each relative to 1 + its size. */
export function farthest(mine, theirs, relative) {
  let most = 0;
  for (let i = 0; i < mine.length; i++) {
    const apart = Math.abs(mine[i] - theirs[i]) / (relative ? 1 + Math.abs(theirs[i]) : 1);
    most = Math.max(most, apart);
  }
  return most;
}
