// Decides which trace the view shows: the browser's own while the pen moves, and the server's
// once it has arrived. PyTorch is the authority; what is computed here is compared with it.

import { canFollow, follow, pressOnCanvas } from "./follow.js";
import { fromStrokes, over } from "../engine/ink.js";

const UNDO = "Undo"; // what the canvas calls its own buttons
const RESET = "Reset canvas & history";

const GRACE_MS = 1500; // for the server to catch up with what was followed here
const PATIENCE_MS = 2500; // before a stroke that the server has not answered is called unverified
const LONGEST_PATIENCE_MS = 60_000; // between two questions whether the server heard of it at all

/**
 * Keeps `view` showing the drawing on the canvas, in the `frame` that lenet/drawing/size_normalisation.py describes.
 *
 * `receive(trace)` takes what the server says of a drawing, with PyTorch's trace or without one.
 */
export function makeLive(view, spec, frame, network) {
  let strokes = []; // on the canvas, as lists of [x, y]
  let current = null; // points of the stroke that is being drawn
  let picture = null; // a prepared picture under the strokes
  let initial = 0; // strokes that the canvas began with, before which its history does not go
  let revision = -1; // of the drawing, counted by the server with every change that it makes
  let yielding = false; // the next word of the server counts, whatever was followed here
  let pending = 0; // the animation frame that has been asked for
  let patience = 0; // timer until a drawing is called unverified
  let held = 0; // timer until a word of the server that does not fit is taken all the same
  const canvas = { width: 0, height: 0, pen: 0 };

  const prepare = (lines) =>
    picture ? over(picture, lines, canvas, frame) : fromStrokes(lines, canvas, frame);
  const run = (lines) => {
    const input = prepare(lines);
    return { ...network.run(input ?? network.blank), empty: input === null };
  };
  const repaint = () => {
    pending = 0;
    view.show(run(current ? [...strokes, current] : strokes), "live");
  };
  // At most one run for each frame of the screen, and none without new ink.
  const request = () => (pending ||= requestAnimationFrame(repaint));
  // A connection may be cut at the very moment when the canvas sends: then nobody heard.
  const wait = (ms = PATIENCE_MS) => {
    clearTimeout(patience);
    patience = setTimeout(() => {
      view.tell("unverified");
      live.ask();
      if (ms < LONGEST_PATIENCE_MS) wait(2 * ms);
    }, ms);
  };

  const pen = follow({
    moved(points) {
      current = points;
      request();
    },
    ended(points) {
      current = null;
      strokes = [...strokes, points];
      request();
      wait();
    },
    tool() {
      yielding = true;
    },
  });

  // Undo and Clear are the page's buttons. Where the canvas's own history can do the same, it
  // does, at once, so that ink drawn right afterwards is safe; else the server will.
  const pressed = (event) => {
    const button = event.target.closest?.(".st-key-undo button, .st-key-clear button");
    if (!button || revision < 0) return;
    const clear = button.closest(".st-key-clear") !== null;
    if (!strokes.length && !picture) {
      event.stopImmediatePropagation(); // there is nothing to take back
      return;
    }
    const left = clear ? [] : strokes.slice(0, -1);
    const byHistory = !picture && left.length >= initial && strokes.length > initial;
    if (byHistory && (clear ? initial === 0 && pressOnCanvas(RESET) : pressOnCanvas(UNDO))) {
      event.stopImmediatePropagation();
    } else {
      if (clear || !strokes.length) picture = null;
      revision += 1;
    }
    strokes = left;
    request();
    wait();
  };
  document.addEventListener("click", pressed, true);

  const adopt = (served) => {
    clearTimeout(held);
    const { drawing } = served;
    Object.assign(canvas, drawing.canvas);
    ({ picture, initial, revision, strokes } = drawing);
    yielding = false;
    if (!served.traced) {
      // PyTorch is not there yet. The server will say more, so nothing is overdue.
      clearTimeout(patience);
      request();
      return;
    }
    const own = run(strokes);
    served.before = own.before;
    const delta = difference(spec, own, served);
    if (pen.down()) {
      request();
      return;
    }
    clearTimeout(patience);
    cancelAnimationFrame(pending);
    pending = 0;
    view.show(served, "verified", delta);
  };

  const live = {
    /** Asks the server for its word; set by whoever can. */
    ask() {},
    /** The browser's own trace of other strokes on the same canvas. */
    traceOf: run,
    receive(served) {
      const { drawing } = served;
      const agrees = drawing.revision === revision && drawing.strokes.length === strokes.length;
      clearTimeout(held);
      if (agrees || drawing.revision > revision || yielding || !canFollow()) adopt(served);
      // Said before the server knew of the last stroke or button, most likely; if it says
      // nothing else, it is right after all.
      else held = setTimeout(adopt, GRACE_MS, served);
    },
    stop() {
      pen.stop();
      clearTimeout(patience);
      clearTimeout(held);
      cancelAnimationFrame(pending);
      document.removeEventListener("click", pressed, true);
    },
  };
  return live;
}

/** The largest difference of two traces; distances count relative to 1 + their size. */
export function difference(spec, own, served) {
  let most = 0;
  for (const { key, kind } of spec.layers) {
    own[key].forEach((value, i) => {
      const apart = Math.abs(value - served[key][i]);
      most = Math.max(most, kind === "RBF" ? apart / (1 + Math.abs(served[key][i])) : apart);
    });
  }
  return most;
}
