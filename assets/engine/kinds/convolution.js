// Convolution: kernels over the maps that a map reads, added up with a bias. With 1x1 kernels
// over single units it is a full connection.

import { t } from "../../shared/words.js";
import { float32, printed, squashing, tensor, whatItReads } from "../python_text.js";
import { finished, kernelsOf, weightedSum } from "./terms.js";

export const convolution = {
  formula: "kernels",
  purpose,
  term: () => t("convolution"),
  sums,
  ofMap: kernelsOf,
  explain: (asked) => finished(asked, weightedSum(asked)),
  snippet: (spec, explained) => [
    ...weightedLines(spec, explained),
    ...squashing(spec, explained.layer),
    ...printed,
  ],
};

export const fullConnection = {
  ...convolution,
  formula: "contributions",
  term: () => t("full connection"),
};

// C1's kernels answer to where ink begins and ends (tests/unit/test_glossary.py asks the shipped
// ones); what reads maps combines them; what reads whole maps sees the whole drawing at once.
function purpose(layer, { codes, layers }) {
  const place = layers.indexOf(layer);
  if (codes && place === layers.length - 2) return t("draws a code");
  if (place === 1) return t("edges, strokes");
  return layer.size === 1 ? t("the whole digit") : t("combines maps");
}

/** The forward sum. Kernels are stored in the order in which they are read here. */
export function sums(layer, from, { weight, bias }) {
  const { maps, size, kernel, stride, padding, reads } = layer;
  const side = from.size + 2 * padding;
  if (kernel === side && !padding) return dots(reads, side * side, weight, bias);
  const padded = padding ? new Float32Array(from.maps * side * side) : null;
  const isFive = kernel === 5 && stride === 1;
  const sum = new Float64Array(size * size);
  return (input, output) => {
    const source = padded ? pad(input, from, padding, padded) : input;
    let at = 0;
    for (let map = 0; map < maps; map++) {
      sum.fill(bias[map]);
      for (const read of reads[map]) {
        const first = read * side * side;
        if (isFive) addFive(sum, size, source, first, side, weight, at);
        else addAny(sum, size, source, first, side, weight, at, kernel, stride);
        at += kernel * kernel;
      }
      output.set(sum, map * size * size);
    }
  };
}

// Adds what a kernel gives at all its places on one map to the sums of another. At the first place
// it lies on the source at `first`; rows of the source are `side` apart.
function addAny(sum, size, source, first, side, weight, at, kernel, stride) {
  for (let kernelRow = 0; kernelRow < kernel; kernelRow++, at += kernel) {
    for (let row = 0, unit = 0; row < size; row++) {
      let place = first + (row * stride + kernelRow) * side;
      for (let column = 0; column < size; column++, unit++, place += stride) {
        for (let tap = 0; tap < kernel; tap++) sum[unit] += weight[at + tap] * source[place + tap];
      }
    }
  }
}

// The same for kernels of 5x5, because it is four times as fast: two rows of the kernel at once and
// then the last, the taps written out, every value of the source read once for each row.
function addFive(sum, size, source, first, side, weight, at) {
  addTwoRows(sum, size, source, first, side, weight, at);
  addTwoRows(sum, size, source, first + 2 * side, side, weight, at + 10);
  addRow(sum, size, source, first + 4 * side, side, weight, at + 20);
}

function addRow(sum, size, source, first, side, weight, at) {
  const a = weight[at];
  const b = weight[at + 1];
  const c = weight[at + 2];
  const d = weight[at + 3];
  const e = weight[at + 4];
  for (let row = 0, unit = 0; row < size; row++) {
    let next = first + row * side;
    let v = source[next++];
    let w = source[next++];
    let x = source[next++];
    let y = source[next++];
    for (const end = unit + size; unit < end; unit++) {
      const z = source[next++];
      sum[unit] += a * v + b * w + c * x + d * y + e * z;
      v = w;
      w = x;
      x = y;
      y = z;
    }
  }
}

function addTwoRows(sum, size, source, first, side, weight, at) {
  const a = weight[at];
  const b = weight[at + 1];
  const c = weight[at + 2];
  const d = weight[at + 3];
  const e = weight[at + 4];
  const f = weight[at + 5];
  const g = weight[at + 6];
  const h = weight[at + 7];
  const i = weight[at + 8];
  const j = weight[at + 9];
  for (let row = 0, unit = 0; row < size; row++) {
    let next = first + row * side;
    let below = next + side;
    let q = source[below++];
    let r = source[below++];
    let s = source[below++];
    let o = source[below++];
    let v = source[next++];
    let w = source[next++];
    let x = source[next++];
    let y = source[next++];
    for (const end = unit + size; unit < end; unit++) {
      const u = source[below++];
      const z = source[next++];
      const above = sum[unit] + (a * v + b * w + c * x + d * y + e * z);
      sum[unit] = above + (f * q + g * r + h * s + i * o + j * u);
      q = r;
      r = s;
      s = o;
      o = u;
      v = w;
      w = x;
      x = y;
      y = z;
    }
  }
}

// Where every unit reads whole maps, its sum is one long product for all maps that lie side by side;
// four at a time, for speed.
function dots(reads, area, weight, bias) {
  const stretches = reads.map((read) => stretchesOf(read, area));
  return (input, output) => {
    for (let unit = 0, at = 0; unit < output.length; unit++) {
      let total = bias[unit];
      for (const [first, end] of stretches[unit]) {
        const fours = end - ((end - first) % 4);
        let i = first;
        for (; i < fours; i += 4, at += 4) {
          total +=
            weight[at] * input[i] +
            weight[at + 1] * input[i + 1] +
            weight[at + 2] * input[i + 2] +
            weight[at + 3] * input[i + 3];
        }
        for (; i < end; i++, at++) total += weight[at] * input[i];
      }
      output[unit] = total;
    }
  };
}

/** [first, end] of the values of maps that lie side by side, in the order in which they are read. */
export function stretchesOf(read, area) {
  const found = [];
  for (const map of read) {
    const last = found.at(-1);
    if (last?.[1] === map * area) last[1] += area;
    else found.push([map * area, (map + 1) * area]);
  }
  return found;
}

/** The maps with `padding` rows and columns of `padded`'s own value around each. */
export function pad(input, { maps, size }, padding, padded) {
  const side = size + 2 * padding;
  for (let map = 0; map < maps; map++) {
    for (let row = 0; row < size; row++) {
      const from = (map * size + row) * size;
      const to = (map * side + row + padding) * side + padding;
      padded.set(input.subarray(from, from + size), to);
    }
  }
  return padded;
}

/** The lines of Python up to the total of a weighted sum. */
export function weightedLines(spec, explained) {
  const { terms, bias } = explained;
  return [
    `# ${whatItReads(spec, explained)}`,
    `patches = ${tensor(terms, "patch")}`,
    `kernels = ${tensor(terms, "kernel")}`,
    `bias = ${float32(bias)}`,
    "total = (patches * kernels).sum() + bias",
  ];
}
