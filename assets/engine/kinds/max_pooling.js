// Max pooling: the largest of the neighbours, with nothing trained. Padding never wins.

import { t } from "../../shared/words.js";
import { noted, printed, tensor } from "../python_text.js";
import { patchOf } from "./terms.js";

export const maxPooling = {
  formula: "largest",
  purpose: () => t("coarser"),
  term: () => t("max pooling"),

  sums(layer, from) {
    const { maps, size, kernel, stride, padding, reads } = layer;
    const within = (place) => Math.min(Math.max(place, 0), from.size);
    return (input, output) => {
      let unit = 0;
      for (let map = 0; map < maps; map++) {
        const first = reads[map][0] * from.size * from.size;
        for (let row = 0; row < size; row++) {
          const top = row * stride - padding;
          for (let column = 0; column < size; column++, unit++) {
            const left = column * stride - padding;
            let largest = -Infinity;
            for (let y = within(top); y < within(top + kernel); y++) {
              for (let x = within(left); x < within(left + kernel); x++) {
                largest = Math.max(largest, input[first + y * from.size + x]);
              }
            }
            output[unit] = largest;
          }
        }
      }
    };
  },

  ofMap: () => ({ kernels: [] }),

  explain(asked) {
    const { layer, before, unit } = asked;
    const [read] = layer.reads[unit.map];
    const patch = patchOf(asked, read, -Infinity);
    const value = Math.max(...patch);
    const label = `${before.name}[${read}]`;
    const terms = [{ label, rows: layer.kernel, columns: layer.kernel, patch }];
    return { terms, largest: patch.indexOf(value), value };
  },

  snippet: (spec, { terms }) => [
    noted(`inputs = ${tensor(terms, "patch")}`, terms[0].label),
    "value = inputs.max()",
    ...printed,
  ],
};
