// Back through a convolution: what its kernels and biases learn, and what reaches the layer before.
// Kernels of 5x5 have loops of their own, as in ../kinds/convolution.js, for speed.

import { pad, stretchesOf } from "../kinds/convolution.js";

export const convolution = { learned, passed };

/** Adds the derivatives with respect to kernels and biases, of those with respect to the sums. */
export function learned(layer, from) {
  const { maps, size, kernel, stride, padding, reads } = layer;
  const side = from.size + 2 * padding;
  const area = size * size;
  if (kernel === side && !padding) return dotsLearned(reads, side * side);
  const padded = padding ? new Float32Array(from.maps * side * side) : null;
  const isFive = kernel === 5 && stride === 1;
  return (input, deltas, { weight, bias }) => {
    const source = padded ? pad(input, from, padding, padded) : input;
    let at = 0;
    for (let map = 0; map < maps; map++) {
      let total = 0;
      for (let unit = map * area; unit < (map + 1) * area; unit++) total += deltas[unit];
      bias[map] += total;
      const { length } = reads[map];
      for (let place = 0; place < length; place++) {
        const first = reads[map][place] * side * side;
        if (isFive) learnFive(weight, at, size, source, first, side, deltas, map * area);
        else learnAny(weight, at, size, source, first, side, deltas, map * area, kernel, stride);
        at += kernel * kernel;
      }
    }
  };
}

/** Fills `back` with the derivatives with respect to what the layer reads. */
export function passed(layer, from) {
  const { maps, size, kernel, stride, padding, reads } = layer;
  const side = from.size + 2 * padding;
  const area = size * size;
  if (kernel === side && !padding) return dotsPassed(reads, side * side);
  const around = padding ? new Float64Array(from.maps * side * side) : null;
  const isFive = kernel === 5 && stride === 1;
  const wide = isFive ? new Float64Array(size * (size + 8)) : null;
  return (input, deltas, back, { weight }) => {
    const into = around ?? back;
    into.fill(0);
    let at = 0;
    for (let map = 0; map < maps; map++) {
      if (isFive) widen(deltas, map * area, size, wide);
      const { length } = reads[map];
      for (let place = 0; place < length; place++) {
        const first = reads[map][place] * side * side;
        if (isFive) passFive(into, first, side, wide, size, weight, at);
        else passAny(into, first, side, deltas, map * area, size, weight, at, kernel, stride);
        at += kernel * kernel;
      }
    }
    if (around) crop(around, from, padding, back);
  };
}

function learnAny(weight, at, size, source, first, side, deltas, unit0, kernel, stride) {
  for (let kernelRow = 0; kernelRow < kernel; kernelRow++) {
    for (let tap = 0; tap < kernel; tap++, at++) {
      let total = 0;
      for (let row = 0, unit = unit0; row < size; row++) {
        let place = first + (row * stride + kernelRow) * side + tap;
        for (const end = unit + size; unit < end; unit++, place += stride) {
          total += deltas[unit] * source[place];
        }
      }
      weight[at] += total;
    }
  }
}

function learnFive(weight, at, size, source, first, side, deltas, unit0) {
  for (let kernelRow = 0; kernelRow < 5; kernelRow++, at += 5) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    for (let row = 0, unit = unit0; row < size; row++) {
      let next = first + (row + kernelRow) * side;
      let v = source[next++];
      let w = source[next++];
      let x = source[next++];
      let y = source[next++];
      for (const end = unit + size; unit < end; unit++) {
        const z = source[next++];
        const delta = deltas[unit];
        a += delta * v;
        b += delta * w;
        c += delta * x;
        d += delta * y;
        e += delta * z;
        v = w;
        w = x;
        x = y;
        y = z;
      }
    }
    weight[at] += a;
    weight[at + 1] += b;
    weight[at + 2] += c;
    weight[at + 3] += d;
    weight[at + 4] += e;
  }
}

function passAny(back, first, side, deltas, unit0, size, weight, at, kernel, stride) {
  for (let row = 0, unit = unit0; row < size; row++) {
    for (let column = 0; column < size; column++, unit++) {
      const delta = deltas[unit];
      if (delta === 0) continue;
      for (let kernelRow = 0, tap = at; kernelRow < kernel; kernelRow++) {
        const place = first + (row * stride + kernelRow) * side + column * stride;
        for (let column = 0; column < kernel; column++, tap++) back[place + column] += delta * weight[tap];
      }
    }
  }
}

// The rows of one map with four zeros on either side, so that every place before has five to read.
function widen(deltas, unit, size, wide) {
  for (let row = 0; row < size; row++) {
    let place = row * (size + 8) + 4;
    for (const end = unit + size; unit < end; unit++, place++) wide[place] = deltas[unit];
  }
}

function passFive(back, first, side, wide, size, weight, at) {
  passTwoRows(back, first, side, wide, size, weight, at);
  passTwoRows(back, first + 2 * side, side, wide, size, weight, at + 10);
  passRow(back, first + 4 * side, side, wide, size, weight, at + 20);
}

function passRow(back, first, side, wide, size, weight, at) {
  const a = weight[at];
  const b = weight[at + 1];
  const c = weight[at + 2];
  const d = weight[at + 3];
  const e = weight[at + 4];
  for (let row = 0, next = 0; row < size; row++) {
    let place = first + row * side;
    let v = wide[next++];
    let w = wide[next++];
    let x = wide[next++];
    let y = wide[next++];
    for (const end = place + size + 4; place < end; place++) {
      const z = wide[next++];
      back[place] += e * v + d * w + c * x + b * y + a * z;
      v = w;
      w = x;
      x = y;
      y = z;
    }
  }
}

// Two rows of a kernel lay every value on two rows before.
function passTwoRows(back, first, side, wide, size, weight, at) {
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
  for (let row = 0, next = 0; row < size; row++) {
    let place = first + row * side;
    let v = wide[next++];
    let w = wide[next++];
    let x = wide[next++];
    let y = wide[next++];
    for (const end = place + size + 4; place < end; place++) {
      const z = wide[next++];
      back[place] += e * v + d * w + c * x + b * y + a * z;
      back[place + side] += j * v + i * w + h * x + g * y + f * z;
      v = w;
      w = x;
      x = y;
      y = z;
    }
  }
}

/** What lies within the padding: the inverse of pad(). */
export function crop(around, { maps, size }, padding, back) {
  const side = size + 2 * padding;
  for (let map = 0, to = 0; map < maps; map++) {
    for (let row = 0; row < size; row++) {
      let place = (map * side + row + padding) * side + padding;
      for (const end = to + size; to < end; to++, place++) back[to] = around[place];
    }
  }
}

// Where every unit reads whole maps; four values at a time, for speed.
function dotsLearned(reads, area) {
  const stretches = reads.map((read) => stretchesOf(read, area).flat());
  return (input, deltas, { weight, bias }) => {
    for (let unit = 0, at = 0; unit < deltas.length; unit++) {
      const delta = deltas[unit];
      const own = stretches[unit];
      bias[unit] += delta;
      for (let place = 0; place < own.length; place += 2) {
        let i = own[place];
        const end = own[place + 1];
        for (const fours = end - 3; i < fours; i += 4, at += 4) {
          weight[at] += delta * input[i];
          weight[at + 1] += delta * input[i + 1];
          weight[at + 2] += delta * input[i + 2];
          weight[at + 3] += delta * input[i + 3];
        }
        for (; i < end; i++, at++) weight[at] += delta * input[i];
      }
    }
  };
}

function dotsPassed(reads, area) {
  const stretches = reads.map((read) => stretchesOf(read, area).flat());
  return (input, deltas, back, { weight }) => {
    back.fill(0);
    for (let unit = 0, at = 0; unit < deltas.length; unit++) {
      const delta = deltas[unit];
      const own = stretches[unit];
      for (let place = 0; place < own.length; place += 2) {
        let i = own[place];
        const end = own[place + 1];
        for (const fours = end - 3; i < fours; i += 4, at += 4) {
          back[i] += delta * weight[at];
          back[i + 1] += delta * weight[at + 1];
          back[i + 2] += delta * weight[at + 2];
          back[i + 3] += delta * weight[at + 3];
        }
        for (; i < end; i++, at++) back[i] += delta * weight[at];
      }
    }
  };
}
