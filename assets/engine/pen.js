// The pen positions that the canvas keeps of a stroke, found from the events it is drawn with.
//
// The canvas's pencil drops positions closer than 0.4 px to the last one kept, and always the
// last but one; with Shift held it draws a straight line. Doing the same here means that the
// points followed are the points that come back from the server.

const DECIMATE = 0.4;

/** Steps to a canvas pixel; lenet/drawing/canvas_json.py takes what the canvas says to the same. */
export const GRID = 64;

export class PenFollower {
  #points = [];

  /** The pen goes down at a position in canvas pixels. */
  begin(x, y) {
    this.#points = [[x, y], [x, y]]; // the pencil keeps the first position twice
  }

  /** The pen moves; `straight` while Shift is held. */
  move(x, y, straight = false) {
    const [lastX, lastY] = this.#points.at(-1);
    if (this.#points.length > 1 && x === lastX && y === lastY) return;
    if (straight && this.#points.length > 1) this.#points.pop();
    this.#points.push([x, y]);
  }

  /** What the canvas would keep if the pen were lifted now: [x, y] each, at least one. */
  points() {
    const kept = decimated(this.#points);
    // A smoothed path has no room for a position that equals the one before it.
    return kept
      .filter(([x, y], i) => i === 0 || x !== kept[i - 1][0] || y !== kept[i - 1][1])
      .map((point) => point.map((place) => Math.floor(place * GRID + 0.5) / GRID));
  }
}

function decimated(points) {
  if (points.length <= 2) return points;
  const kept = [points[0]];
  for (const point of points.slice(1, -2)) {
    const [x, y] = kept.at(-1);
    if ((x - point[0]) ** 2 + (y - point[1]) ** 2 >= DECIMATE ** 2) kept.push(point);
  }
  kept.push(points.at(-1));
  return kept;
}
