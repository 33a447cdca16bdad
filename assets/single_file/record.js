// What is on the canvas of a page that has no server, and what was there before: it answers the
// network view as pages/parts/drawing/canvas_state.py does in the app.

const NO_PICTURE = "AA=="; // as engine/link.js writes it
const NONE = { strokes: [], pens: [], picture: null };

export class Record {
  #drawing = NONE;
  #began = 0; // strokes with which it took the place of the one before
  #earlier = []; // drawings that were replaced: { drawing, began }
  #revision = 0;
  #handled = 0; // the number of the last press of a button

  /** A record of a canvas with so many pixels a side, drawn on with a pen of that width. */
  constructor(side, pen) {
    this.side = side;
    this.pen = pen;
  }

  /** { strokes, pens, picture } as it is now; `picture` are input values or null, and `levels` their greys. */
  get drawing() {
    return this.#drawing;
  }

  /** A stroke was drawn. */
  add(points) {
    const { strokes, pens } = this.#drawing;
    this.#drawing = { ...this.#drawing, strokes: [...strokes, points], pens: [...pens, this.pen] };
  }

  /** Another drawing takes the place of this one. */
  put(drawing) {
    this.#earlier.push({ drawing: this.#drawing, began: this.#began });
    this.#show({ ...NONE, ...drawing }, drawing.strokes?.length ?? 0);
  }

  /** What the network view tells of Undo and Clear. */
  take(presses) {
    for (const { number, button } of presses) {
      if (number <= this.#handled) continue;
      this.#handled = number;
      if (button === "clear") this.#clear();
      else this.#undo();
    }
  }

  /** The same as a component's data, which engine/unpack.js reads: { header, values }. */
  served() {
    const { strokes, pens, picture } = this.#drawing;
    const drawing = {
      revision: this.#revision,
      initial: 0,
      canvas: { width: this.side, height: this.side, pen: Math.max(0, ...pens) || this.pen },
      under: picture && NO_PICTURE, // no address is written of it
      points: strokes.map((stroke) => stroke.length),
      pens,
      nextPen: this.pen,
      began: this.#began,
      level: this.#earlier.length,
      oldest: 0,
      handled: this.#handled,
    };
    const values = Float32Array.from([...(picture ?? []), ...strokes.flat(2)]);
    return { header: { traced: false, before: [], empty: !strokes.length && !picture, drawing }, values };
  }

  #clear() {
    const { strokes, picture } = this.#drawing;
    if (strokes.length || picture) this.put(NONE);
    else this.#show(NONE, 0);
  }

  #undo() {
    const { strokes, pens } = this.#drawing;
    if (this.#earlier.length && strokes.length <= this.#began) {
      const { drawing, began } = this.#earlier.pop();
      this.#show(drawing, began);
    } else if (strokes.length) {
      const shorter = { strokes: strokes.slice(0, -1), pens: pens.slice(0, -1) };
      this.#show({ ...this.#drawing, ...shorter }, this.#began);
    } else this.#show(NONE, 0);
  }

  #show(drawing, began) {
    this.#drawing = drawing;
    this.#began = began;
    this.#revision += 1;
  }
}
