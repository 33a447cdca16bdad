// Local connection: a convolution's fields without its weight sharing. Every unit has a kernel and a
// bias of its own, for all maps of the layer before.

import { t } from "../../shared/words.js";
import { convolution, pad } from "./convolution.js";
import { finished, weightedSum } from "./terms.js";

export const localConnection = {
  ...convolution,
  term: () => t("local connection"),

  sums({ maps, size, kernel, stride, padding }, from, { weight, bias }) {
    const side = from.size + 2 * padding;
    const padded = padding ? new Float32Array(from.maps * side * side) : null;
    return (input, output) => {
      const source = padded ? pad(input, from, padding, padded) : input;
      for (let unit = 0, at = 0; unit < maps * size * size; unit++) {
        const place = unit % (size * size);
        const corner = Math.floor(place / size) * stride * side + (place % size) * stride;
        let sum = bias[unit];
        for (let read = 0; read < from.maps; read++) {
          for (let row = 0; row < kernel; row++) {
            const first = (read * side + row) * side + corner;
            for (let tap = 0; tap < kernel; tap++, at++) sum += weight[at] * source[first + tap];
          }
        }
        output[unit] = sum;
      }
    };
  },

  ofMap: () => ({ kernels: [] }), // no two units have the same

  explain(asked) {
    const { layer, before, named, unit } = asked;
    const at = (unit.map * layer.size + unit.row) * layer.size + unit.column;
    const area = layer.kernel ** 2;
    const kernels = Array.from({ length: before.maps }, (_, read) => {
      const first = (at * before.maps + read) * area;
      return named.weight.subarray(first, first + area);
    });
    return finished(asked, weightedSum(asked, { kernels, bias: named.bias[at] }));
  },
};
