// The paper's planar distortions and a small rotation, from exact functions: the twin of
// lenet/training/distortions.py, whose ranges these are.

import { cosine, exp, sine } from "./exact_functions.js";

/** Largest change either way; see Ranges in lenet/training/recipes.py. */
export const RANGES = Object.freeze({ scale: 0.18, squeeze: 0.12, shear: 0.25, rotation: 12, shift: 1.5 });

const RADIANS = 3.141592653589793 / 180;

/** One random map, each change evenly spread within its range. */
export function randomMap(random, ranges = RANGES) {
  return {
    scale: random.within(ranges.scale),
    squeeze: random.within(ranges.squeeze),
    shear: random.within(ranges.shear),
    turn: random.within(ranges.rotation * RADIANS),
    across: random.within(ranges.shift),
    down: random.within(ranges.shift),
  };
}

/**
 * distort(input, map, output) for inputs of `side` x `side` pixels, in which `background` is paper.
 * `scale` and `squeeze` are logarithms, `turn` is in radians, `shear` in columns per row, `across` and
 * `down` in pixels.
 */
export function makeDistort({ inputSize: side, background }) {
  const wide = side + 2; // paper around
  const paper = new Float64Array(wide * wide);
  const middle = (side - 1) / 2;
  return (input, { scale, squeeze, shear, turn, across, down }, output) => {
    for (let row = 0, pixel = 0; row < side; row++) {
      for (let column = 0; column < side; column++, pixel++) {
        paper[(row + 1) * wide + column + 1] = input[pixel] - background;
      }
    }
    const wider = exp(-scale - squeeze);
    const higher = exp(squeeze - scale);
    const [cos, sin] = [cosine(turn), sine(turn)];
    // From a place in the new image to its source.
    const xx = cos * wider;
    const xy = (cos * shear - sin) * wider;
    const yx = sin * higher;
    const yy = (sin * shear + cos) * higher;
    for (let row = 0, pixel = 0; row < side; row++) {
      const y = row - middle;
      for (let column = 0; column < side; column++, pixel++) {
        const x = column - middle;
        const fromColumn = xx * x + xy * y + across + middle;
        const fromRow = yx * x + yy * y + down + middle;
        if (!(fromColumn > -1 && fromColumn < side && fromRow > -1 && fromRow < side)) {
          output[pixel] = background;
          continue;
        }
        const left = Math.floor(fromColumn);
        const top = Math.floor(fromRow);
        const at = (top + 1) * wide + left + 1;
        const right = fromColumn - left;
        const above = paper[at] + right * (paper[at + 1] - paper[at]);
        const below = paper[at + wide] + right * (paper[at + wide + 1] - paper[at + wide]);
        output[pixel] = background + above + (fromRow - top) * (below - above);
      }
    }
  };
}
