// Which of several things that touch the canvas is the pen: a finger, a stylus, the mouse.
//
// There is one pen at a time. Whoever touches first is it, until something else comes down while
// it still rests where it was put: then it was the palm of the writing hand, and has drawn
// nothing. What has been moved is writing, and keeps the pen until it is lifted; but a stylus
// always writes, and a finger beside it never does.

const RESTS = 10; // canvas pixels: a palm rolls a little

export class Hand {
  #pen = null;

  /** Whether what comes down at a place is the pen from now on. */
  down(id, place, stylus = false) {
    const pen = this.#pen;
    if (pen && !(pen.stylus === stylus ? !pen.moved : stylus)) return false;
    this.#pen = { id, place, stylus, moved: false };
    return true;
  }

  /** Whether what has moved to a place is the pen. */
  move(id, [x, y]) {
    if (!this.holds(id)) return false;
    const { place } = this.#pen;
    if (Math.hypot(x - place[0], y - place[1]) > RESTS) this.#pen.moved = true;
    return true;
  }

  /** Whether that is the pen. */
  holds(id) {
    return this.#pen?.id === id;
  }

  /** The pen is lifted. */
  lift() {
    this.#pen = null;
  }
}
