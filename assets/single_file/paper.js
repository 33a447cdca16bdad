// The canvas of a page of one file: it shows a drawing, and the stroke that is being drawn.

import { listen } from "../canvas/pen.js";

const INK = "#ffffff"; // the page turns it dark where the paper is light, see assets/canvas/canvas.html

/**
 * Puts a canvas of `side` pixels into the container of that key; `markup` is what stands around it
 * in the app. `drawn(points)` is called after each stroke.
 *
 * Returns { show(drawing, pen), stop() }: another drawing, and the width with which it goes on.
 */
export function makePaper(key, side, markup, drawn) {
  const container = document.querySelector(`.st-key-${key}`);
  container.innerHTML = markup;
  const holder = Object.assign(document.createElement("div"), { className: "dc-container" });
  const canvas = Object.assign(document.createElement("canvas"), { className: "upper-canvas", width: side, height: side });
  holder.append(canvas);
  container.append(holder);
  const context = canvas.getContext("2d");
  let shown = { strokes: [], pens: [], picture: null };
  let next = 0; // the pen's width
  let frame = 0;

  const paint = (current) => {
    frame = 0;
    canvas.width = side; // empties it; what clearRect clears is missing on paper, see paint.js
    if (shown.levels) paintLevels(context, shown.levels, side);
    const strokes = current ? [...shown.strokes, current] : shown.strokes;
    strokes.forEach((points, n) => paintStroke(context, points, shown.pens[n] ?? next));
  };
  const pen = listen(key, {
    moved(points) {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => paint(points));
    },
    ended(points) {
      cancelAnimationFrame(frame);
      paint(points);
      drawn(points);
    },
  });
  return {
    show(drawing, width) {
      [shown, next] = [drawing, width];
      if (!pen.down()) paint(null);
    },
    stop: () => pen.stop(),
  };
}

// Through the middles between the points, as the app's canvas draws it.
function paintStroke(context, points, width) {
  context.strokeStyle = INK;
  context.lineWidth = width;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  const [first] = points;
  context.moveTo(...first);
  points.forEach(([x, y], n) => {
    const [toX, toY] = points[n + 1] ?? [x, y];
    context.quadraticCurveTo(x, y, (x + toX) / 2, (y + toY) / 2);
  });
  context.lineTo(...points.at(-1));
  context.stroke();
}

// Grey levels that fill the canvas, 0 for paper and 255 for ink.
function paintLevels(context, levels, side) {
  const across = Math.sqrt(levels.length);
  const small = Object.assign(document.createElement("canvas"), { width: across, height: across });
  const image = small.getContext("2d").createImageData(across, across);
  levels.forEach((level, n) => image.data.set([255, 255, 255, level], 4 * n));
  small.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, side, side);
}
