// Follows the pen on a drawing canvas, which is another component with a shadow root of its own:
// its events reach the document, and their path begins with the canvas that was drawn on.
//
// It listens to the very events that the canvas itself follows (mouse and touch, not pointer
// events, which carry fractions that the canvas never sees), so that both hold the same points.

import { PenFollower } from "../engine/pen.js";
import { comesFrom, shadowRootIn } from "../shared/on_page.js";

const AFTER_TOUCH_MS = 500; // a browser repeats a touch as mouse events; the canvas ignores them

/**
 * Follows the pen on the canvas in the container of that key.
 *
 * Calls `listener.moved(points)` while a stroke is drawn and `listener.ended(points)` after it.
 * Returns { down(), stop() }: whether the pen is down, and the end of following.
 */
export function follow(key, listener) {
  const listening = new AbortController();
  const pencil = new PenFollower();
  let box = null; // of the canvas, while its pen is down
  let finger = null;
  let touched = -Infinity;

  const place = ({ clientX, clientY }) => [clientX - box.left, clientY - box.top];
  const begin = (event, position) => {
    const canvas = drawnOn(event, key);
    if (!canvas) return;
    box = canvas.getBoundingClientRect();
    pencil.begin(...place(position), event.shiftKey);
    listener.moved(pencil.points());
  };
  const move = (event, position) => {
    if (!box) return;
    pencil.move(...place(position), event.shiftKey);
    listener.moved(pencil.points());
  };
  const end = () => {
    if (!box) return;
    box = null;
    finger = null;
    listener.ended(pencil.points());
  };
  const fingerOf = (event) => [...event.changedTouches].find((touch) => touch.identifier === finger);

  const handlers = {
    mousedown(event) {
      if (event.button === 0 && performance.now() - touched > AFTER_TOUCH_MS) begin(event, event);
    },
    mousemove(event) {
      if (finger === null) move(event, event);
    },
    mouseup(event) {
      if (event.button === 0 && finger === null) end();
    },
    touchstart(event) {
      touched = performance.now();
      if (finger !== null) return;
      finger = event.changedTouches[0].identifier;
      begin(event, event.changedTouches[0]);
      if (!box) finger = null;
    },
    touchmove(event) {
      const touch = fingerOf(event);
      if (touch) move(event, touch);
    },
    touchend(event) {
      touched = performance.now();
      if (fingerOf(event)) end();
    },
    touchcancel(event) {
      if (fingerOf(event)) end();
    },
  };
  for (const [name, handler] of Object.entries(handlers)) {
    document.addEventListener(name, handler, {
      capture: true,
      passive: true,
      signal: listening.signal,
    });
  }
  return {
    down: () => box !== null,
    stop: () => listening.abort(),
  };
}

/** Whether that container has a drawing canvas of the kind that can be followed. */
export const canFollow = (key) => Boolean(shadowRootIn(key)?.querySelector("canvas.upper-canvas"));

/**
 * Presses one of the canvas's own toolbar buttons; returns whether it could be pressed.
 *
 * One at a time: the canvas loads what its history says in the background, and of two loads
 * under way either may be the last.
 */
export function pressOnCanvas(key, label) {
  const button = shadowRootIn(key)?.querySelector(`.dc-toolbar button[aria-label="${label}"]`);
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

function drawnOn(event, key) {
  const [first] = event.composedPath();
  return comesFrom(event, key) && first.classList?.contains("upper-canvas") ? first : null;
}
