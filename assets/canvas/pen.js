// The pen on a drawing canvas: what mouse, fingers and keys do is understood here, once.
//
// The canvas is another component with a shadow root of its own, and what it makes of a second
// button, a palm, a lost release or a page that scrolls under the pen is not what was drawn. So it
// never hears of those: the browser's own events are kept from it, and it gets a pen that is put
// down, moved and lifted in their place. Whoever listens here gets the same positions, and so what
// is seen live and what the canvas sends are the same stroke.

import { Hand } from "../engine/hand.js";
import { GRID, PenFollower } from "../engine/pen.js";
import { comesFrom, contentOf } from "../shared/on_page.js";
import { drawByKeys } from "./keyboard.js";

const MOUSE = "mouse";
const KEYS = "keys";
const AFTER_TOUCH_MS = 500; // in which a browser may repeat a touch as mouse events

const FARTHEST = 1e6; // canvas pixels, either way, as in lenet/drawing/strokes.py

const pens = new Map(); // by the key of the canvas's container

/**
 * Listens to the pen on the canvas in the container of that key.
 *
 * Calls `listener.moved(points)` while a stroke is drawn and `listener.ended(points)` after it.
 * Returns { down(), stop() }: whether the pen is down, and the end of listening.
 */
export function listen(key, listener) {
  if (!pens.has(key)) pens.set(key, new Pen(key));
  const pen = pens.get(key);
  pen.listeners.add(listener);
  return {
    down: () => pen.isDown,
    stop() {
      pen.listeners.delete(listener);
      if (pen.listeners.size) return;
      pen.close();
      pens.delete(key);
    },
  };
}

/** Whether that container has a drawing canvas of the kind whose pen this is. */
export const canBeDrawnOn = (key) =>
  Boolean(contentOf(key)?.querySelector("canvas.upper-canvas"));

/**
 * Presses one of the canvas's own buttons, which are not shown; returns whether it could be.
 *
 * One at a time: the canvas loads what its history says in the background, and of two loads
 * under way either may be the last.
 */
export function pressOnCanvas(key, label) {
  const button = contentOf(key)?.querySelector(`.dc-toolbar button[aria-label="${label}"]`);
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

class Pen {
  listeners = new Set();
  #key;
  #hand = new Hand();
  #follower = new PenFollower();
  #canvas = null; // that is drawn on, while the pen is down
  #place = null; // of the pen
  #pointer = ""; // what the last pointer was: "mouse", "touch" or "pen"
  #touched = -Infinity;
  #prepared = new WeakSet(); // canvases whose touches are heard
  #listening = new AbortController();

  constructor(key) {
    this.#key = key;
    const { signal } = this.#listening;
    // Not passive where a default may have to be prevented; touches are, so that the page scrolls.
    for (const name of ["mousedown", "mousemove", "mouseup", "contextmenu"]) {
      document.addEventListener(name, (event) => this[name](event), { capture: true, signal });
    }
    for (const name of ["pointerdown", "touchstart", "touchmove", "touchend", "touchcancel"]) {
      const options = { capture: true, passive: true, signal };
      document.addEventListener(name, (event) => this[name](event), options);
    }
    const byKeys = {
      down: (canvas, position) => this.#begin(KEYS, canvas, position),
      move: (position) => this.#move(KEYS, position),
      up: () => this.#end(),
      isDown: () => this.isDown && this.#hand.holds(KEYS),
    };
    drawByKeys(key, byKeys, signal);
    // Nothing tells of a release elsewhere: in another window, or while the page is gone.
    window.addEventListener("blur", () => this.#end(), { signal });
    window.addEventListener("pagehide", () => this.#end(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.#end(), { signal });
  }

  get isDown() {
    return this.#canvas !== null;
  }

  close() {
    this.#end();
    this.#listening.abort();
  }

  // What the browser says ------------------------------------------------------------------

  pointerdown({ pointerType }) {
    this.#pointer = pointerType;
  }

  mousedown(event) {
    if (event.fromPen) return;
    const canvas = this.#drawnOn(event);
    if (!canvas && !this.isDown) return;
    event.stopPropagation();
    if (event.button !== 0) {
      if (this.isDown) event.preventDefault(); // no scrolling by the middle button
      return;
    }
    const repeated = performance.now() - this.#touched < AFTER_TOUCH_MS;
    if (!canvas || (repeated && this.#pointer === "touch")) return;
    if (this.#hand.holds(MOUSE)) this.#end(); // nobody has told of its release
    this.#begin(MOUSE, canvas, event, event.shiftKey, this.#pointer === "pen");
  }

  mousemove(event) {
    if (event.fromPen || !this.isDown) return;
    event.stopPropagation();
    if (!this.#hand.holds(MOUSE)) return;
    if (event.isTrusted && !(event.buttons & 1)) this.#end(); // it was released where nobody saw
    else this.#move(MOUSE, event, event.shiftKey);
  }

  mouseup(event) {
    if (event.fromPen || !this.isDown) return;
    event.stopPropagation();
    if (event.button === 0 && this.#hand.holds(MOUSE)) this.#end();
  }

  contextmenu(event) {
    if (this.isDown) event.preventDefault(); // a menu would take the release
  }

  touchstart(event) {
    const canvas = this.#drawnOn(event);
    if (!canvas || this.#prepared.has(canvas)) return;
    // On its own element, so that nothing else of the page has to wait before it scrolls.
    this.#prepared.add(canvas);
    const { signal } = this.#listening;
    const options = { capture: true, passive: false, signal };
    canvas.parentElement.addEventListener("touchstart", (touch) => this.#touch(touch), options);
  }

  #touch(event) {
    const canvas = this.#drawnOn(event);
    if (!canvas) return;
    event.stopPropagation();
    event.preventDefault(); // no mouse events that repeat it
    this.#touched = performance.now();
    for (const touch of event.changedTouches) {
      const stylus = touch.touchType === "stylus" || this.#pointer === "pen";
      this.#begin(touch.identifier, canvas, touch, event.shiftKey, stylus);
    }
  }

  touchmove(event) {
    for (const touch of event.changedTouches) this.#move(touch.identifier, touch, event.shiftKey);
  }

  touchend(event) {
    if (this.#drawnOn(event)) this.#touched = performance.now();
    for (const { identifier } of event.changedTouches) {
      if (this.#hand.holds(identifier)) this.#end();
    }
  }

  touchcancel(event) {
    this.touchend(event);
  }

  // What the pen does ----------------------------------------------------------------------

  #begin(id, canvas, position, straight, stylus) {
    const place = placeOn(canvas, position);
    if (!this.#hand.down(id, place, stylus)) return;
    if (this.#canvas) clearTop(this.#canvas); // a palm's; the canvas begins its stroke anew
    this.#canvas = canvas;
    this.#place = place;
    this.#follower.begin(...place);
    this.#tell("mousedown", straight);
    for (const { moved } of this.listeners) moved(this.#follower.points());
  }

  #move(id, position, straight) {
    if (!this.isDown || !this.#hand.holds(id)) return;
    const place = placeOn(this.#canvas, position);
    this.#hand.move(id, place);
    if (place[0] === this.#place[0] && place[1] === this.#place[1]) return;
    this.#place = place;
    this.#follower.move(...place, straight);
    this.#tell("mousemove", straight);
    for (const { moved } of this.listeners) moved(this.#follower.points());
  }

  #end() {
    if (!this.isDown) return;
    this.#tell("mouseup");
    this.#canvas = null;
    this.#hand.lift();
    for (const { ended } of this.listeners) ended(this.#follower.points());
  }

  /** The canvas computes the pen's place from this as `placeOn` does, in the other direction. */
  #tell(name, shiftKey = false) {
    const [x, y] = this.#place;
    const box = this.#canvas.getBoundingClientRect();
    const event = new Event(name, { bubbles: true, composed: true, cancelable: true });
    const clientX = box.left + (x * box.width) / this.#canvas.width;
    const clientY = box.top + (y * box.height) / this.#canvas.height;
    // A MouseEvent would have whole pixels only.
    this.#canvas.dispatchEvent(
      Object.assign(event, { clientX, clientY, button: 0, shiftKey, fromPen: true }),
    );
  }

  #drawnOn(event) {
    const [first] = event.composedPath();
    const known = comesFrom(event, this.#key) && first.classList?.contains("upper-canvas");
    return known ? first : null;
  }
}

/** Where on the canvas that is, in its own pixels, however it is scaled, zoomed or scrolled. */
function placeOn(canvas, { clientX, clientY }) {
  const box = canvas.getBoundingClientRect();
  return [
    onGrid(((clientX - box.left) * canvas.width) / box.width),
    onGrid(((clientY - box.top) * canvas.height) / box.height),
  ];
}

function onGrid(place) {
  const near = Math.max(-FARTHEST, Math.min(FARTHEST, place));
  return Math.floor(near * GRID + 0.5) / GRID;
}

function clearTop(canvas) {
  canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
}
