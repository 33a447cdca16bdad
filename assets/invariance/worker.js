// Computes beside the page: what is posted is a call of the runner's, what comes back its reports.

import { makeRunner } from "../engine/runs.js";
import { makeLater } from "../shared/later.js";

const SLICE_MS = 12; // then what was posted meanwhile is heard

const runner = makeRunner((told) => self.postMessage(told), makeLater(), SLICE_MS);
self.onmessage = ({ data: [call, given] }) => runner[call](given);
self.postMessage({ ready: true });
