// A full connection whose outputs are penalties, -log p, so that the smallest wins. The sums are
// the logits.

import { t } from "../../shared/words.js";
import { list, printed } from "../python_text.js";
import { fullConnection, weightedLines } from "./convolution.js";
import { weightedSum } from "./terms.js";

export const softmax = {
  ...fullConnection,
  formula: "penalty",
  title: () => t("output"),
  purpose: () => t("the smallest penalty wins"),
  term: () => t("softmax"),
  detail: () => t("penalty of each class"),

  values(logits, output) {
    const sum = logSum(logits);
    for (let i = 0; i < logits.length; i++) output[i] = sum - logits[i];
  },

  explain(asked) {
    const { layer, unit } = asked;
    const totals = Array.from({ length: layer.maps }, (_, map) =>
      weightedSum({ ...asked, unit: { ...unit, map } }).total,
    );
    const own = weightedSum(asked);
    return { ...own, logits: totals, value: logSum(totals) - own.total };
  },

  snippet: (spec, explained) => [
    ...weightedLines(spec, explained),
    `logits = torch.tensor(${list(explained.logits)})`,
    "value = torch.logsumexp(logits, 0) - total",
    ...printed,
  ],
};

// The logarithm of the sum of exponentials; without the largest they could overflow.
function logSum(logits) {
  const largest = Math.max(...logits);
  return largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
}
