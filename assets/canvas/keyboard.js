// Drawing without mouse or finger: a cursor on the canvas that the arrow keys move, and a pen that
// a key puts down and lifts. Two arrows held together go diagonally.

import { contentOf } from "../shared/on_page.js";
import { percent, t } from "../shared/words.js";

const STEP = 7; // canvas pixels
const LEAP = 28; // with Shift
const RESTED_MS = 700; // after which a cursor that was moved says where it is

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PUT_DOWN = [" ", "Enter"];
const MODIFIERS = ["Shift", "Control", "Alt", "Meta", "CapsLock"];

/**
 * Draws by keyboard on the canvas in the container of that key, until `signal` is aborted.
 *
 * `pen` is what draws: `down(canvas, position)`, `move(position)` and `up()` with positions in
 * the window, and `isDown()`, whether it is the keyboard that has it down.
 */
export function drawByKeys(key, pen, signal) {
  const place = () => contentOf(key)?.querySelector(".cursor-place");
  const canvas = () => contentOf(key)?.querySelector("canvas.upper-canvas");
  const held = new Set(); // arrows
  let at = null; // in canvas pixels
  let rested = 0;

  const say = (text) => {
    clearTimeout(rested);
    place().querySelector(".said").textContent = text;
  };
  const inWords = () => {
    const { width, height } = canvas();
    return { x: percent(at[0] / width), y: percent(at[1] / height) };
  };
  const show = () => {
    const cursor = place().querySelector(".cursor");
    cursor.style.transform = `translate(${at[0]}px, ${at[1]}px)`;
    cursor.classList.toggle("down", pen.isDown());
  };
  const position = () => {
    const { left, top, width, height } = canvas().getBoundingClientRect();
    const clientX = left + (at[0] * width) / canvas().width;
    return { clientX, clientY: top + (at[1] * height) / canvas().height };
  };
  const lift = () => {
    if (!pen.isDown()) return;
    pen.up();
    show();
    say(t("Pen up, {x} across, {y} down", inWords()));
  };
  const put = () => {
    pen.down(canvas(), position());
    show();
    if (pen.isDown()) say(t("Pen down, {x} across, {y} down", inWords()));
  };
  const move = (leap) => {
    const sides = [canvas().width, canvas().height];
    const by = [0, 1].map((axis) => [...held].reduce((sum, arrow) => sum + ARROWS[arrow][axis], 0));
    const step = leap ? LEAP : STEP;
    at = at.map((from, axis) => Math.min(Math.max(from + by[axis] * step, 0), sides[axis]));
    pen.move(position());
    show();
    clearTimeout(rested);
    rested = setTimeout(() => say(t("{x} across, {y} down", inWords())), RESTED_MS);
  };

  const isOurs = (event) => Boolean(canvas()) && event.composedPath()[0] === place();
  const pressed = (event) => {
    if (!isOurs(event)) return;
    at ??= middleOf(canvas());
    const { key: name, altKey, ctrlKey, metaKey, repeat, shiftKey } = event;
    if (MODIFIERS.includes(name)) return;
    const bare = !altKey && !ctrlKey && !metaKey;
    const wasDown = pen.isDown();
    if (bare && name in ARROWS) {
      held.add(name);
      move(shiftKey);
    } else if (bare && PUT_DOWN.includes(name)) {
      if (!repeat) (wasDown ? lift : put)();
    } else {
      lift(); // before another key clears or undoes
      if (name !== "Escape" || !wasDown) return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  // At the window, so that nobody has acted on a key before the pen is lifted.
  window.addEventListener("keydown", pressed, { capture: true, signal });
  window.addEventListener("keyup", (event) => held.delete(event.key), { capture: true, signal });
  const focused = (event) => {
    if (!isOurs(event)) return;
    at ??= middleOf(canvas());
    show();
  };
  const left = (event) => {
    held.clear();
    if (isOurs(event)) lift();
  };
  document.addEventListener("focusin", focused, { signal });
  document.addEventListener("focusout", left, { signal });
  window.addEventListener("blur", () => held.clear(), { signal });
}

const middleOf = ({ width, height }) => [width / 2, height / 2];
