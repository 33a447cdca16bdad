// The session in a worker; where there is none, or it fails to start, between the frames of the page.

import { makeTrainer } from "../../engine/trainer.js";
import { makeSession } from "./session.js";

const SLICE_MS = 5; // of the page's own time, out of
const PAUSE_MS = 12;
const PATIENCE_MS = 4000; // before a worker that says nothing is given up

/**
 * { digits, begin, run, pause, step, setStep, inWorker, stop }, all but two as makeSession() has them;
 * `report` gets its reports. `address` is that of worker.js.
 */
export function makeComputer(address, report) {
  let waiting = []; // calls, until it is known who takes them
  let worker = null;
  let local = null;
  let stopped = false;
  let overdue = 0;

  const handOver = () => {
    const calls = waiting;
    waiting = null;
    for (const [call, given] of calls) tell(call, given);
  };
  const fallBack = () => {
    if (!waiting || stopped) return;
    clearTimeout(overdue);
    worker?.terminate();
    worker = null;
    const later = (step) => setTimeout(() => !stopped && step(), PAUSE_MS);
    local = makeSession(makeTrainer, report, later, SLICE_MS);
    handOver();
  };
  const tell = (call, given) => {
    if (waiting) waiting.push([call, given]);
    else if (local) local[call](given);
    else worker.postMessage([call, given]);
  };

  try {
    worker = new Worker(address, { type: "module" });
    worker.onmessage = ({ data }) => {
      if (data.failed) throw new Error(data.failed); // for the console; the training stands still
      if (!data.ready) report(data);
      else if (waiting) {
        clearTimeout(overdue);
        handOver();
      }
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fallBack();
    };
    overdue = setTimeout(fallBack, PATIENCE_MS);
  } catch {
    fallBack();
  }
  const calls = ["digits", "begin", "run", "pause", "step", "setStep"];
  return {
    ...Object.fromEntries(calls.map((call) => [call, (given) => tell(call, given)])),
    inWorker: () => !local,
    stop() {
      stopped = true;
      clearTimeout(overdue);
      worker?.terminate();
      local?.pause();
    },
  };
}
