// The runner in a worker; where there is none, or it fails, between the frames of the page.

import { makeRunner } from "../engine/runs.js";

const SLICE_MS = 5; // of the page's own time, out of
const PAUSE_MS = 12;
const PATIENCE_MS = 4000; // before a worker that says nothing is given up

/**
 * { networks, samples, want, inWorker, stop } as makeRunner() has them; `report` gets its reports.
 * `address` is that of worker.js.
 */
export function makeComputer(address, report) {
  const told = new Map(); // the last of each call but `networks`, for who takes over
  const networks = {};
  let worker = null;
  let local = null;
  let stopped = false;
  let overdue = 0;

  const fallBack = () => {
    if (local || stopped) return;
    clearTimeout(overdue);
    worker?.terminate();
    worker = null;
    const later = (step) => setTimeout(() => !stopped && step(), PAUSE_MS);
    local = makeRunner(report, later, SLICE_MS);
    local.networks(networks);
    for (const [call, given] of told) local[call](given);
  };
  const tell = (call, given) => {
    if (local) local[call](given);
    else worker.postMessage([call, given]);
  };

  const computer = {
    networks(described) {
      Object.assign(networks, described);
      tell("networks", described);
    },
    samples(given) {
      told.set("samples", given);
      tell("samples", given);
    },
    want(jobs) {
      told.set("want", jobs);
      tell("want", jobs);
    },
    inWorker: () => !local,
    stop() {
      stopped = true;
      clearTimeout(overdue);
      worker?.terminate();
      local?.want([]);
    },
  };
  try {
    worker = new Worker(address, { type: "module" });
    worker.onmessage = ({ data }) => {
      clearTimeout(overdue);
      if (!data.ready) report(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fallBack();
    };
    worker.onmessageerror = fallBack;
    overdue = setTimeout(fallBack, PATIENCE_MS);
  } catch {
    fallBack();
  }
  return computer;
}
