// An output as the squared distance of the layer before to each class's fixed code.

import { t } from "../../shared/words.js";
import { noted, printed, tensor } from "../python_text.js";
import { sumOf } from "./terms.js";

export const radialBasis = {
  formula: "distance",
  title: () => t("output"),
  purpose: () => t("the smallest distance wins"),
  term: () => t("RBF units"),
  detail: () => t("distance to each code"),

  sums: (layer, from, named, { codes }) => (input, output) => {
    for (let digit = 0; digit < codes.length; digit++) {
      const code = codes[digit];
      let sum = 0;
      for (let i = 0; i < code.length; i++) {
        const apart = input[i] - code[i];
        sum += apart * apart;
      }
      output[digit] = sum;
    }
  },

  ofMap: () => ({ kernels: [] }),

  explain({ spec, layer, before, trace, unit }) {
    const penalties = trace[layer.key];
    const order = [...penalties.keys()].sort((a, b) => penalties[a] - penalties[b]);
    const digit = order[0] === unit.map ? order[1] : order[0];
    const own = differences(spec, before, trace, unit.map);
    const other = differences(spec, before, trace, digit);
    const gap = own.products.map((one, i) => other.products[i] - one);
    const value = penalties[unit.map];
    return { terms: [own], value, rival: { digit, ...other, sum: penalties[digit], gap } };
  },

  snippet: (spec, { unit, terms: [own] }) => [
    noted(`patch = ${tensor([own], "patch")}`, own.label),
    noted(`code = ${tensor([own], "kernel")}`, t("of {class}", { class: spec.classes[unit.map] })),
    "value = (patch - code).square().sum()",
    ...printed,
  ],
};

function differences(spec, before, trace, digit) {
  const patch = trace[before.key];
  const kernel = spec.codes[digit];
  const products = Float64Array.from(patch, (value, i) => (value - kernel[i]) ** 2);
  return {
    label: before.name,
    rows: spec.codeRows,
    columns: spec.codeColumns,
    patch,
    kernel,
    products,
    sum: sumOf(products),
  };
}
