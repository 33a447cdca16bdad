// Networks run over many disturbed inputs, a little at a time: curves, maps, and how many samples
// are read right. Nothing here knows a page; it works in a worker, or between the frames of one.

import { NOTHING, makeDisturb } from "./disturb.js";
import { nameParameters } from "./explain.js";
import { makeNetwork } from "./forward.js";

/** The number of the smallest of ten penalties, the first of equal ones. */
export function smallest(penalties, from = 0, count = penalties.length) {
  let best = from;
  for (let i = from + 1; i < from + count; i++) if (penalties[i] < penalties[best]) best = i;
  return best - from;
}

/** penalties(input, disturbance) of a network { spec, parameters, values, normalisation }. */
export function makeReader({ spec, parameters, values, normalisation }) {
  const network = makeNetwork(spec, nameParameters(parameters, values));
  const disturb = makeDisturb(normalisation);
  const output = spec.layers.at(-1).key;
  return (input, disturbance) => network.run(disturb(input, disturbance))[output];
}

// What can be asked for. Each works one step at a time and returns its result, and `sofar` gives
// what may be shown before.

/**
 * { penalties, count }: `count` penalties for each of the values of the disturbance `name`, the
 * other disturbances as they are.
 */
function* curve({ input, disturbance, name, values }, read) {
  const result = { penalties: null, count: 0 };
  for (const [i, value] of values.entries()) {
    const found = read(input, { ...disturbance, [name]: value });
    result.count = found.length;
    result.penalties ??= new Float32Array(values.length * found.length);
    result.penalties.set(found, i * found.length);
    yield null;
  }
  return result;
}

/** { answers }: row by row, over the values of one disturbance across and of another down. */
function* map({ input, disturbance, across, down }, read) {
  const answers = new Uint8Array(down.values.length * across.values.length);
  let at = 0;
  for (const below of down.values) {
    for (const beside of across.values) {
      const now = { ...disturbance, [down.name]: below, [across.name]: beside };
      answers[at++] = smallest(read(input, now));
      yield null;
    }
  }
  return { answers };
}

/**
 * { right, counted, of }: how many of the samples counted so far are read right at each value. The
 * first of every class come first, so that early counts are fair. Each sample has noise of its own.
 */
function* accuracy({ name, values }, read, { images, labels }) {
  const size = images.length / labels.length;
  const result = { right: new Uint16Array(values.length), counted: 0, of: labels.length };
  for (const sample of classAfterClass(labels)) {
    const input = images.subarray(sample * size, (sample + 1) * size);
    for (const [i, value] of values.entries()) {
      const disturbed = { ...NOTHING, seed: sample, [name]: value };
      if (smallest(read(input, disturbed)) === labels[sample]) result.right[i]++;
    }
    result.counted++;
    yield { ...result, right: result.right.slice() };
  }
  return result;
}

const KINDS = { curve, map, accuracy };

/** The numbers of the samples: the first of each class, the second of each, and so on. */
export function classAfterClass(labels) {
  const seen = {};
  const places = [...labels].map((label, sample) => [(seen[label] = (seen[label] ?? -1) + 1), sample]);
  return places.sort(([a, i], [b, j]) => a - b || i - j).map(([, sample]) => sample);
}

/**
 * Does what is wanted, in the order in which it is wanted, for at most `slice` milliseconds in one
 * go. `later(step)` calls `step` soon, after what waits meanwhile. `report({ key, result, done })`
 * is called with every result, and for what takes long with what there is at the end of a slice.
 */
export function makeRunner(report, later, slice, now = () => performance.now()) {
  const readers = new Map(); // by the networks' identities
  const begun = new Map(); // key -> the steps of what is begun and still wanted
  let samples = null;
  let wanted = [];
  let scheduled = false;

  const isPossible = (job) => readers.has(job.network) && (job.kind !== "accuracy" || samples);
  const step = () => {
    scheduled = false;
    const end = now() + slice;
    let job;
    let sofar = null;
    while ((job = wanted.find(isPossible))) {
      const { key, kind } = job;
      if (!begun.has(key)) begun.set(key, KINDS[kind](job, readers.get(job.network), samples));
      const { value, done } = begun.get(key).next();
      if (done) {
        begun.delete(key);
        wanted = wanted.filter((other) => other !== job);
        report({ key, result: value, done: true });
      } else {
        sofar = value && { key, result: value, done: false };
      }
      if (now() >= end) break;
    }
    if (sofar && begun.has(sofar.key)) report(sofar);
    schedule();
  };
  const schedule = () => {
    if (scheduled || !wanted.some(isPossible)) return;
    scheduled = true;
    later(step);
  };

  return {
    /** Networks by their identities, as makeReader() takes them. */
    networks(described) {
      for (const [identity, network] of Object.entries(described)) {
        if (!readers.has(identity)) readers.set(identity, makeReader(network));
      }
      schedule();
    },
    /** { images, labels }: prepared inputs one after the other. */
    samples(given) {
      samples = given;
      schedule();
    },
    /**
     * Jobs { key, kind, network, ... }, the most urgent first, in place of those before. What has
     * the key of one that is begun goes on where it is.
     */
    want(jobs) {
      wanted = jobs;
      const keys = new Set(jobs.map(({ key }) => key));
      for (const key of begun.keys()) if (!keys.has(key)) begun.delete(key);
      schedule();
    },
  };
}
