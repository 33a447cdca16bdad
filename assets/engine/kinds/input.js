// The input: pixels, on a scale from paper to ink.

import { t } from "../../shared/words.js";
import { float32, noted } from "../python_text.js";

export const input = {
  formula: "pixel",
  title: () => t("input"),
  purpose: () => t("your drawing, fitted"),

  explain({ layer, trace, unit }) {
    return { value: trace[layer.key][(unit.map * layer.size + unit.row) * layer.size + unit.column] };
  },

  snippet(spec, { value }) {
    const grey = (255 * (value - spec.background)) / (spec.ink - spec.background);
    return [
      noted(`grey = ${float32(grey)}`, t("0 is paper, 255 is ink")),
      `value = ${spec.background} + (${spec.ink} - ${spec.background}) * grey / 255`,
      "print(value)",
    ];
  },
};
