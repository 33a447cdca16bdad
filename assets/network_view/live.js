// Decides which trace the view shows: the browser's own while the pen moves, and the server's
// once it has arrived. PyTorch is the authority; what is computed here is compared with it.

import { canFollow, follow } from "./follow.js";
import { fromStrokes, over } from "./ink.js";

const PATIENCE_MS = 2500; // before a stroke that the server has not answered is called unverified

/**
 * Keeps `view` showing the drawing on the canvas, in the `frame` that lenet/frame.py describes.
 *
 * `receive(trace)` takes what the server says of a drawing.
 */
export function makeLive(view, spec, frame, network) {
  let strokes = []; // on the canvas, as lists of [x, y]
  let current = null; // points of the stroke that is being drawn
  let picture = null; // a prepared picture under the strokes
  let revision = -1; // of the drawing, counted by the server with every change that it makes
  let yielding = false; // the next word of the server counts, whatever was followed here
  let pending = 0; // the animation frame that has been asked for
  let patience = 0;
  const canvas = { width: 0, height: 0, pen: 0 };

  const prepare = (lines) => {
    return picture ? over(picture, lines, canvas, frame) : fromStrokes(lines, canvas, frame);
  };
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
  const wait = () => {
    clearTimeout(patience);
    patience = setTimeout(() => view.tell("unverified"), PATIENCE_MS);
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

  // Undo and Clear are the page's buttons: the server will say the same in a moment.
  const pressed = (event) => {
    const button = event.target.closest?.(".st-key-undo button, .st-key-clear button");
    if (!button || revision < 0) return;
    const clear = button.closest(".st-key-clear");
    if (clear || !strokes.length) picture = null;
    strokes = clear ? [] : strokes.slice(0, -1);
    revision += 1;
    request();
    wait();
  };
  document.addEventListener("click", pressed, true);

  return {
    /** The browser's own trace of other strokes on the same canvas. */
    traceOf: run,
    receive(served) {
      const { drawing } = served;
      const fresh = drawing.revision > revision || yielding;
      const behind =
        drawing.revision < revision || (!fresh && drawing.strokes.length < strokes.length);
      if (behind && canFollow()) return;
      Object.assign(canvas, drawing.canvas);
      picture = drawing.picture;
      revision = drawing.revision;
      strokes = drawing.strokes;
      yielding = false;
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
    },
    stop() {
      pen.stop();
      clearTimeout(patience);
      cancelAnimationFrame(pending);
      document.removeEventListener("click", pressed, true);
    },
  };
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
