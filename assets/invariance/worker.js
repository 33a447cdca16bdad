// Computes beside the page: what is posted is a call of the runner's, what comes back its reports.

import { makeRunner } from "../engine/runs.js";

const SLICE_MS = 12; // then what was posted meanwhile is heard

// A timer would wait for 4 ms each time.
const { port1, port2 } = new MessageChannel();
let next = null;
port2.onmessage = () => next();
const later = (step) => {
  next = step;
  port1.postMessage(null);
};

const runner = makeRunner((told) => self.postMessage(told), later, SLICE_MS);
self.onmessage = ({ data: [call, given] }) => runner[call](given);
self.postMessage({ ready: true });
