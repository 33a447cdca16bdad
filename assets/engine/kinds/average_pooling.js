// Average pooling: the mean of the neighbours, with nothing trained. Padding counts as zeros.

import { t } from "../../shared/words.js";
import { noted, printed, tensor } from "../python_text.js";
import { subSampling } from "./sub_sampling.js";
import { patchOf, sumOf } from "./terms.js";

export const averagePooling = {
  formula: "mean",
  purpose: () => t("coarser"),
  term: () => t("average pooling"),

  // Sub-sampling with coefficients and biases that nobody trained.
  sums(layer, from) {
    const coefficient = new Float64Array(layer.maps).fill(1 / layer.kernel ** 2);
    return subSampling.sums(layer, from, { coefficient, bias: new Float64Array(layer.maps) });
  },

  ofMap: () => ({ kernels: [] }),

  explain(asked) {
    const { layer, before, unit } = asked;
    const [read] = layer.reads[unit.map];
    const patch = patchOf(asked, read);
    const sum = sumOf(patch);
    const label = `${before.name}[${read}]`;
    const terms = [{ label, rows: layer.kernel, columns: layer.kernel, patch, sum }];
    return { terms, value: sum / patch.length };
  },

  snippet: (spec, { terms }) => [
    noted(`inputs = ${tensor(terms, "patch")}`, terms[0].label),
    "value = inputs.sum() / inputs.numel()",
    ...printed,
  ],
};
