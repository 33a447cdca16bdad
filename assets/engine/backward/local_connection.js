// Back through a convolution without sharing: every unit's kernel and bias learn from it alone.

import { pad } from "../kinds/convolution.js";
import { crop } from "./convolution.js";

export const localConnection = {
  learned(layer, from) {
    const { padding } = layer;
    const side = from.size + 2 * padding;
    const padded = padding ? new Float32Array(from.maps * side * side) : null;
    const each = taps(layer, from, side);
    return (input, deltas, { weight, bias }) => {
      const source = padded ? pad(input, from, padding, padded) : input;
      for (let unit = 0; unit < deltas.length; unit++) bias[unit] += deltas[unit];
      each((unit, at, place) => (weight[at] += deltas[unit] * source[place]));
    };
  },

  passed(layer, from) {
    const { padding } = layer;
    const side = from.size + 2 * padding;
    const around = new Float64Array(from.maps * side * side);
    const each = taps(layer, from, side);
    return (input, deltas, back, { weight }) => {
      around.fill(0);
      each((unit, at, place) => (around[place] += deltas[unit] * weight[at]));
      crop(around, from, padding, back);
    };
  },
};

// Calls `use(unit, place of the weight, place of what it reads)` for every weight.
function taps({ maps, size, kernel, stride }, from, side) {
  return (use) => {
    for (let unit = 0, at = 0; unit < maps * size * size; unit++) {
      const place = unit % (size * size);
      const corner = Math.floor(place / size) * stride * side + (place % size) * stride;
      for (let read = 0; read < from.maps; read++) {
        for (let row = 0; row < kernel; row++) {
          const first = (read * side + row) * side + corner;
          for (let tap = 0; tap < kernel; tap++, at++) use(unit, at, first + tap);
        }
      }
    }
  };
}
