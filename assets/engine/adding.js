// How a unit's value comes about one number after the other: what a replay adds up in its steps.

import { roundTogether } from "./explain.js";

// What follows once everything is added up, by the formula of the layer's kind.
const STAGES = {
  kernels: ["bias", "value"],
  contributions: ["bias", "value"],
  penalty: ["bias", "value"],
  "sub-sampling": ["coefficient", "bias", "value"],
  mean: ["value"],
  largest: ["value"],
  normalised: ["value"],
  distance: ["value"],
};

/**
 * The steps of what explain() says of a unit, or null for a pixel, which is not computed.
 *
 * `items` are { term, place, value } in the order in which they are added: products, squares, or the
 * inputs themselves where a layer only adds them up. `sums[k]` is the sum of
 * the first k of them; where the largest is looked for, the largest so far. `printed` and
 * `running` are the same, rounded to so many decimals and adding up to the printed total: with
 * `bias`, and for sub-sampling with `product`, the sum times the coefficient. `ends[term]` is the
 * number of items with which a term is complete; `stages` is what follows.
 */
export function addition(explained, decimals) {
  const stages = STAGES[explained.formula];
  if (!stages) return null;
  const items = explained.terms.flatMap(({ products, patch }, term) =>
    Array.from(products ?? patch, (value, place) => ({ term, place, value })),
  ).filter(({ value }) => Number.isFinite(value)); // the rest is padding that is never the largest
  const ends = explained.terms.map((_, term) => items.filter((item) => item.term <= term).length);
  const values = items.map(({ value }) => value);
  return { items, ends, stages, ...rounded(explained, values, decimals) };
}

function rounded({ formula, terms, bias, product, total, value }, values, decimals) {
  const round = (one) => roundTogether([one], one, decimals)[0];
  if (formula === "largest") {
    const printed = values.map(round);
    const most = (list) => accumulated(list, Math.max, -Infinity);
    return { sums: most(values), printed, running: most(printed) };
  }
  const whole = { "sub-sampling": terms[0].sum, mean: terms[0].sum, normalised: terms[0].sum, distance: value }[formula];
  const together = whole === undefined ? [...values, bias] : values;
  const printed = roundTogether(together, whole ?? total, decimals);
  const found = {
    sums: accumulated(values, add, 0),
    running: accumulated(printed.slice(0, values.length), (a, b) => round(a + b), 0),
    printed,
  };
  if (whole === undefined) return { ...found, bias: printed.at(-1) };
  if (formula !== "sub-sampling") return found;
  const [shown, added] = roundTogether([product, bias], total, decimals);
  return { ...found, product: shown, bias: added };
}

const add = (a, b) => a + b;

// The first element is what there is before anything has come.
function accumulated(values, combine, first) {
  const found = [first];
  for (const value of values) found.push(combine(found.at(-1), value));
  return found;
}
