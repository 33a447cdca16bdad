// What is to be computed for what the page shows, as jobs of engine/runs.js.

import { MAPS, valuesOf } from "./disturbances.js";

/**
 * Jobs by their slots, the most urgent first. `state` is that of state.js, `drawing` the number of
 * the `input`, `networks` are { name, identity }. A job's `key` changes with whatever it depends
 * on; its `slot` says which picture it is for.
 */
export function jobsFor({ disturbance, curve }, input, drawing, networks, { samples }) {
  const others = (...names) => {
    const rest = { ...disturbance };
    for (const name of names) delete rest[name];
    return JSON.stringify(rest);
  };
  const job = (slot, more, key) => ({ slot, key: `${slot} ${key}`, ...more });
  const own = { input, disturbance };
  const curves = networks.map(({ name, identity: network }) =>
    job(
      `curve-${name}`,
      { ...own, kind: "curve", network, name: curve, values: valuesOf(curve) },
      `${network} ${drawing} ${curve} ${others(curve)}`,
    ),
  );
  const maps = MAPS.flatMap(({ key, across, down }) =>
    networks.map(({ name, identity: network }) =>
      job(
        `${key} ${name}`,
        { ...own, kind: "map", network, across, down },
        `${network} ${drawing} ${others(across.name, down.name)}`,
      ),
    ),
  );
  const accuracies = networks.map(({ name, identity: network }) =>
    job(
      `accuracy-${name}`,
      { kind: "accuracy", network, name: curve, values: valuesOf(curve, 20) },
      `${network} ${curve}`,
    ),
  );
  return [...curves, ...maps, ...(samples ? accuracies : [])];
}

const SOON_MS = 250; // between two drawings for which curves are not ready in time

/**
 * Asks `computer` for what is not there, and keeps what came: `results.get(slot)` is the last
 * { key, result, done, job } of a picture, and `results.isReady(slot)` whether it is of now. While the pen moves curves are finished, or given that long,
 * before the next ones begin. `arrived()` is called with every report.
 */
export function makeResults(computer, arrived) {
  const results = new Map();
  const counted = new Map(); // finished accuracies by key: they do not depend on the drawing
  let known = new Map(); // key -> job, of what was asked for last
  let jobs = [];
  let next = null;
  let asked = 0;
  let timer = 0;

  const isThere = ({ slot, key }) => results.get(slot)?.key === key && results.get(slot).done;
  const busy = () => jobs.some((job) => job.kind === "curve" && !isThere(job));
  const ask = () => {
    clearTimeout(timer);
    timer = 0;
    jobs = next;
    next = null;
    asked = performance.now();
    known = new Map(jobs.map((job) => [job.key, job]));
    for (const { slot, key } of jobs) {
      if (counted.has(key)) results.set(slot, counted.get(key));
    }
    computer.want(jobs.filter((job) => !isThere(job)));
  };

  return {
    get: (slot) => results.get(slot),
    isReady(slot) {
      const job = (next ?? jobs).find((one) => one.slot === slot);
      return job !== undefined && isThere(job);
    },
    want(wanted) {
      next = wanted;
      const rest = asked + SOON_MS - performance.now();
      if (!busy() || rest <= 0) ask();
      else timer ||= setTimeout(ask, rest);
    },
    receive(told) {
      const job = known.get(told.key);
      if (!job) return; // nobody waits for it any more
      const found = { ...told, job };
      results.set(job.slot, found);
      if (told.done && job.kind === "accuracy") counted.set(told.key, found);
      if (next && !busy()) ask();
      arrived();
    },
    stop: () => clearTimeout(timer),
  };
}
