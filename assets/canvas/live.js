// Decides which trace a view shows: the browser's own while the pen moves, and the server's once
// it has arrived. PyTorch is the authority; what is computed here is compared with it.

import { fromStrokes, over } from "../engine/ink.js";
import { write } from "../engine/link.js";
import { say } from "../shared/address.js";
import { comesFrom } from "../shared/on_page.js";
import { canBeDrawnOn, listen, pressOnCanvas } from "./pen.js";

const DRAWING = "drawing"; // in the address

const UNDO = "Undo"; // what the canvas calls its own buttons
const RESET = "Reset canvas & history";

// Announces to the other views of a canvas what Undo or Clear has left of the drawing.
const TAKEN_BACK = "lenet-taken-back";

const GRACE_MS = 1500; // for the server to catch up with what was followed here
const PATIENCE_MS = 2500; // before a stroke that the server has not answered is called unverified
const LONGEST_PATIENCE_MS = 60_000; // between two questions whether the server heard of it at all

/**
 * Keeps `view` showing the drawing on a canvas, as `network` reads it: one network, or several
 * that read together, { run(input), blank, difference(own, served) }. What `run` returns is shown,
 * with `empty` added.
 *
 * `keys` are those of the containers on the page: `canvas`, the drawing canvas; and for the one
 * view that deals with these buttons `undo` and `clear`. `normalisation` holds the sizes of
 * lenet/drawing/size_normalisation.py. `receive(trace)` takes what the server says of a drawing,
 * with PyTorch's trace or without one.
 */
export function makeLive(view, normalisation, network, keys) {
  let strokes = []; // on the canvas, as lists of [x, y]
  let pens = []; // the width of each
  let current = null; // points of the stroke that is being drawn
  let picture = null; // a prepared picture under the strokes
  let under = null; // the same as the bytes that the address has of it
  let nextPen = 0; // the width of what is drawn next
  let initial = 0; // strokes that the canvas began with, before which its history does not go
  let revision = -1; // of the drawing, counted by the server with every change that it makes
  let began = 0; // strokes with which the drawing took the place of the one before
  let level = 0; // how many drawings were replaced before this one,
  let oldest = 0; // and how many of them the server has forgotten
  let replaced = []; // of the others what is known here, each with its level
  let certain = true; // whether what Undo has brought back is known here
  let presses = []; // of our buttons, that the server has not yet answered
  let pressed = 0; // their number so far
  let verified = null; // the last answer of the server that was taken
  let frame = 0; // the animation frame that has been asked for
  let overdue = 0; // timer until a drawing is called unverified
  let doubt = 0; // timer until an answer of the server that does not fit is taken all the same
  const canvas = { width: 0, height: 0, pen: 0 };
  const listening = new AbortController();

  const prepare = (lines) =>
    picture ? over(picture, lines, canvas, normalisation) : fromStrokes(lines, canvas, normalisation);
  const run = (lines) => {
    const input = prepare(lines);
    return { ...network.run(input ?? network.blank), empty: input === null };
  };
  const repaint = () => {
    frame = 0;
    view.show(run(live.strokes()), "live");
  };
  // At most one run for each frame of the screen, and none without new ink.
  const request = () => (frame ||= requestAnimationFrame(repaint));
  // A connection may be cut at the very moment when the canvas sends: then nobody heard.
  const expectAnswer = (ms = PATIENCE_MS) => {
    clearTimeout(overdue);
    overdue = setTimeout(() => {
      view.showUnverified();
      live.ask();
      if (ms < LONGEST_PATIENCE_MS) expectAnswer(2 * ms);
    }, ms);
  };

  const showVerified = () => {
    const delta = network.difference(run(strokes), verified);
    clearTimeout(overdue);
    cancelAnimationFrame(frame);
    frame = 0;
    view.show(verified, "verified", delta);
  };
  const awaitAnswer = () => {
    request();
    expectAnswer();
    // A stroke that is taken back before the canvas has sent it leaves what the server has answered
    // already, and it will not say so again.
    const known = verified?.drawing;
    if (known?.revision !== revision || known.strokes.length !== strokes.length) return;
    if (strokes.every((stroke, i) => stroke === known.strokes[i])) showVerified();
  };

  const keepInAddress = () => {
    if (keys.address && certain) writeDrawing(write({ strokes, pens, under }));
  };

  const pen = listen(keys.canvas, {
    moved(points) {
      current = points;
      request();
    },
    ended(points) {
      current = null;
      strokes = [...strokes, points];
      pens = [...pens, nextPen];
      keepInAddress();
      request();
      expectAnswer();
    },
  });

  // Undo and Clear are the page's buttons. Where the canvas's own history can do the same, it
  // does, at once, so that ink drawn right afterwards is safe; else the server will. What was
  // cleared or replaced is kept by the server, which is told of what it has to do or to keep.
  const takeBack = (event) => {
    const clear = comesFrom(event, keys.clear);
    if (!(clear || comesFrom(event, keys.undo)) || !event.target.closest?.("button")) return;
    if (revision < 0) return;
    event.stopImmediatePropagation();
    const empty = certain && !strokes.length && !picture;
    if (empty && (clear || level === oldest)) return; // there is nothing to take back
    const told = clear ? clearAll() : undo();
    if (told && !told.done) revision += 1;
    keepInAddress();
    awaitAnswer();
    if (told) {
      presses = [...presses, { number: ++pressed, ...told }];
      live.ask();
    }
    const detail = { canvas: keys.canvas, strokes, pens, picture, under, revision };
    view.root.dispatchEvent(new CustomEvent(TAKEN_BACK, { bubbles: true, composed: true, detail }));
  };
  const { signal } = listening;
  if (keys.undo) document.addEventListener("click", takeBack, { capture: true, signal });

  // Both return what the server has to be told.
  const press = (label) => pressOnCanvas(keys.canvas, label);
  const clearAll = () => {
    const drawing = certain ? write({ strokes, pens, under }) : null;
    const done = certain && !picture && initial === 0 && press(RESET);
    if (certain) replaced = [...replaced, { strokes, pens, picture, under, began, level }];
    show({ strokes: [], pens: [], picture: null, under: null, began: 0, level: level + 1 });
    return { button: "clear", drawing, done };
  };
  const undo = () => {
    if (certain && (level === oldest || strokes.length > began)) {
      const done = strokes.length > initial && press(UNDO);
      if (!strokes.length) picture = under = null;
      strokes = strokes.slice(0, -1);
      pens = pens.slice(0, -1);
      return done ? null : { button: "undo" };
    }
    const known = replaced.find((one) => one.level === level - 1);
    level -= 1;
    if (known) show(known);
    else certain = false;
    return { button: "undo" };
  };
  const show = (drawing) => {
    ({ strokes, pens, picture, under, began, level } = drawing);
    replaced = replaced.filter((one) => one.level >= oldest && one.level < level);
    certain = true;
  };

  // The same for a view that leaves the buttons to another.
  const takenBack = ({ detail }) => {
    if (keys.undo || detail.canvas !== keys.canvas) return;
    ({ strokes, pens, picture, under, revision } = detail);
    awaitAnswer();
  };
  document.addEventListener(TAKEN_BACK, takenBack, { signal });

  const adopt = (served) => {
    clearTimeout(doubt);
    const { drawing } = served;
    Object.assign(canvas, drawing.canvas);
    ({ initial, revision, oldest } = drawing);
    show(drawing);
    keepInAddress(); // the server may have written there what it knew before
    if (!served.traced) {
      // PyTorch is not there yet. The server will say more, so nothing is overdue.
      clearTimeout(overdue);
      request();
      return;
    }
    verified = served;
    if (pen.down()) request();
    else showVerified();
  };

  const live = {
    /** Asks the server for its answer, and tells it what was pressed; set by whoever can. */
    ask() {},
    /** Presses of Undo and Clear that the server has not yet answered. */
    presses: () => presses,
    /** What is on the canvas: lists of [x, y], of the stroke that is being drawn too. */
    strokes: () => (current ? [...strokes, current] : strokes),
    /** Whether the pen is down. */
    isDrawing: () => pen.down(),
    /** The browser's own trace of other strokes on the same canvas. */
    traceOf: run,
    receive(served) {
      const { drawing } = served;
      presses = presses.filter(({ number }) => number > drawing.handled);
      pressed = Math.max(pressed, drawing.handled);
      const asLong = !certain || drawing.strokes.length === strokes.length;
      const agrees = drawing.revision === revision && asLong;
      clearTimeout(doubt);
      ({ nextPen } = drawing);
      if (agrees || drawing.revision > revision || !canBeDrawnOn(keys.canvas)) adopt(served);
      // Sent before the server knew of the last stroke or button, most likely; if it sends
      // nothing else, it is right after all.
      else {
        doubt = setTimeout(adopt, GRACE_MS, served);
        keepInAddress();
      }
    },
    stop() {
      pen.stop();
      listening.abort();
      clearTimeout(overdue);
      clearTimeout(doubt);
      cancelAnimationFrame(frame);
    },
  };
  return live;
}

// Puts a drawing into the address, so that a page that is loaded again has it whatever the server
// knows; nothing for one that is empty or too long. The server writes the same, to the last
// character, but only once it has heard of it.
function writeDrawing(text) {
  // A host that shows the app in a frame has its own address, which Streamlit changes only if the
  // server changes this one.
  if (window.parent === window) say({ [DRAWING]: text });
}
