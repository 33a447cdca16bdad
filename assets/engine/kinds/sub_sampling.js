// Trainable sub-sampling: neighbours added, times the map's coefficient, plus its bias.

import { t } from "../../shared/words.js";
import { float32, noted, printed, squashing, tensor } from "../python_text.js";
import { pad } from "./convolution.js";
import { finished, patchOf, sumOf } from "./terms.js";

export const subSampling = {
  formula: "sub-sampling",
  purpose: () => t("coarser"),
  term: () => t("sub-sampling"),

  sums(layer, from, { coefficient, bias }) {
    const { maps, size, kernel, stride, padding, reads } = layer;
    const side = from.size + 2 * padding;
    const padded = padding ? new Float32Array(from.maps * side * side) : null;
    if (kernel === 2 && !padding) return (input, output) => pairs(input, output, { layer, side, coefficient, bias });
    return (input, output) => {
      const source = padded ? pad(input, from, padding, padded) : input;
      let unit = 0;
      for (let map = 0; map < maps; map++) {
        for (let row = 0; row < size; row++) {
          for (let column = 0; column < size; column++, unit++) {
            let sum = 0;
            for (let r = 0; r < kernel; r++) {
              const first = (reads[map][0] * side + row * stride + r) * side + column * stride;
              for (let c = 0; c < kernel; c++) sum += source[first + c];
            }
            output[unit] = sum * coefficient[map] + bias[map];
          }
        }
      }
    };
  },

  ofMap: (layer, map, { coefficient, bias }) => ({
    kernels: [],
    coefficient: coefficient[map],
    bias: bias[map],
  }),

  explain(asked) {
    const { layer, before, named, unit } = asked;
    const [read] = layer.reads[unit.map];
    const { coefficient, bias } = this.ofMap(layer, unit.map, named);
    const patch = patchOf(asked, read);
    const sum = sumOf(patch);
    const product = coefficient * sum;
    const label = `${before.name}[${read}]`;
    const terms = [{ label, rows: layer.kernel, columns: layer.kernel, patch, sum }];
    return finished(asked, { terms, coefficient, product, bias, total: product + bias });
  },

  snippet: (spec, { layer, terms, coefficient, bias }) => [
    noted(`inputs = ${tensor(terms, "patch")}`, terms[0].label),
    `coefficient = ${float32(coefficient)}`,
    `bias = ${float32(bias)}`,
    "total = coefficient * inputs.sum() + bias",
    ...squashing(spec, layer),
    ...printed,
  ],
};

// The sums of 2x2 neighbours, written out, because it is three times as fast.
function pairs(source, output, { layer: { maps, size, stride, reads }, side, coefficient, bias }) {
  for (let map = 0, unit = 0; map < maps; map++) {
    const [times, more, [read]] = [coefficient[map], bias[map], reads[map]];
    for (let row = 0; row < size; row++) {
      let next = (read * side + row * stride) * side;
      for (const end = unit + size; unit < end; unit++, next += stride) {
        const sum = source[next] + source[next + 1] + source[next + side] + source[next + side + 1];
        output[unit] = sum * times + more;
      }
    }
  }
}
