// Local response normalisation: a value over the strength of the maps beside it, at the same place:
// own / (constant + strength * sum of squares) ** exponent. Nothing is trained.

import { t } from "../../shared/words.js";
import { float32, noted, printed, tensor } from "../python_text.js";
import { sumOf } from "./terms.js";

export const responseNormalisation = {
  formula: "normalised",
  purpose: () => t("strong maps damp their neighbours"),
  term: () => t("response normalisation"),

  sums({ maps, size, reads, constant, strength, exponent }) {
    const area = size * size;
    const added = new Float64Array(area);
    return (input, output) => {
      for (let map = 0; map < maps; map++) {
        added.fill(0);
        for (const read of reads[map]) {
          for (let place = 0, at = read * area; place < area; place++, at++) {
            added[place] += input[at] * input[at];
          }
        }
        for (let place = 0, at = map * area; place < area; place++, at++) {
          output[at] = input[at] / (constant + strength * added[place]) ** exponent;
        }
      }
    };
  },

  ofMap: () => ({ kernels: [] }),

  explain({ layer, before, trace, unit }) {
    const { constant, strength, exponent, reads, size } = layer;
    const at = (map) => trace[before.key][(map * size + unit.row) * size + unit.column];
    const read = reads[unit.map];
    const patch = Float64Array.from(read, at);
    const products = patch.map((value) => value * value);
    const sum = sumOf(products);
    const own = at(unit.map);
    const divisor = (constant + strength * sum) ** exponent;
    const label = `${before.name}[${read[0]}\u2013${read.at(-1)}]`;
    const terms = [{ label, rows: 1, columns: read.length, patch, products, sum }];
    return { terms, own, divisor, value: own / divisor };
  },

  snippet: (spec, { layer, terms, own }) => [
    noted(`inputs = ${tensor(terms, "patch")}`, terms[0].label),
    `own = ${float32(own)}`,
    `divisor = (${layer.constant} + ${layer.strength} * inputs.square().sum()) ** ${layer.exponent}`,
    "value = own / divisor",
    ...printed,
  ],
};
