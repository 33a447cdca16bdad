// Trains beside the page: what is posted is a call of the session's, what comes back its reports.

import { makeTrainer } from "../../engine/trainer.js";
import { makeLater } from "../../shared/later.js";
import { makeSession } from "./session.js";

const SLICE_MS = 20; // then what was posted meanwhile is heard

const report = (told) => self.postMessage(told, told.weights ? [told.weights.buffer] : []);
const session = makeSession(makeTrainer, report, makeLater(), SLICE_MS);
self.onmessage = ({ data: [call, given] }) => {
  try {
    session[call](given);
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
};
self.postMessage({ ready: true });
