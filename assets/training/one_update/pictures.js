// The pictures of a layer: its values, its error signal, and the changes of its weights. One pixel of a
// canvas each, enlarged by the browser; the pinned one has a frame.

import { colour } from "../../shared/scale.js";
import { beside } from "./places.js";

const LARGEST = 12; // CSS pixels of one value
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * A picture of values at `places`: { root, paint(values, limit, table, middle), frame(i), resize(width) }.
 * With `pin`, it can be pointed at and has a place among the keys; `pin(i)` is called with what is chosen.
 */
export function makePicture(places, { pin = null } = {}) {
  const root = document.createElement("div");
  root.className = "picture";
  const canvas = document.createElement("canvas");
  canvas.width = places.width;
  canvas.height = places.height;
  const frame = document.createElement("span");
  frame.className = "frame";
  frame.hidden = true;
  root.append(canvas, frame);
  const context = canvas.getContext("2d");
  const image = context.createImageData(places.width, places.height);
  const pixels = new Uint32Array(image.data.buffer);
  let side = 1;
  let framed = null;
  let shown = null;
  canvas.role = "img";

  if (pin) {
    canvas.tabIndex = 0;
    canvas.onclick = ({ offsetX, offsetY }) => {
      const pixel = Math.floor(offsetY / side) * places.width + Math.floor(offsetX / side);
      if (places.index[pixel] >= 0) pin(places.index[pixel]);
    };
    canvas.onkeydown = (event) => {
      const by = ARROWS[event.key];
      if (!by && event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      pin(by && framed !== null ? beside(places, framed, ...by) : largest(shown));
    };
  }

  const place = () => {
    frame.hidden = framed === null;
    if (framed === null) return;
    const x = places.at[framed] % places.width;
    const y = Math.floor(places.at[framed] / places.width);
    const size = Math.max(side, 5);
    const away = (size - side) / 2;
    Object.assign(frame.style, {
      left: `${x * side - away}px`,
      top: `${y * side - away}px`,
      width: `${size}px`,
      height: `${size}px`,
    });
  };

  return {
    root,
    paint(values, limit, table, middle = 0) {
      shown = values;
      for (let i = 0; i < places.at.length; i++) pixels[places.at[i]] = colour(table, values[i] - middle, limit);
      context.putImageData(image, 0, 0);
    },
    /** What is heard of it. */
    say(words) {
      canvas.ariaLabel = words;
      canvas.title = words;
    },
    frame(i) {
      framed = i;
      place();
    },
    /** Fits it into so many CSS pixels. */
    resize(width) {
      const fitting = Math.min(width / places.width, LARGEST);
      side = fitting >= 2 ? Math.floor(fitting) : fitting;
      canvas.style.width = `${side * places.width}px`;
      canvas.style.height = `${side * places.height}px`;
      canvas.classList.toggle("sharp", side >= 1);
      place();
    },
  };
}

function largest(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (Math.abs(values[i]) > Math.abs(values[best])) best = i;
  return best;
}
