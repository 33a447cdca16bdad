// What happens at a moment of the replay, in one sentence with this drawing's numbers.

import { unitName } from "../engine/geometry.js";
import { kindOf, titleOf } from "../engine/kinds.js";
import { number, t } from "../shared/words.js";
import { factor } from "./lesson.js";

/**
 * The caption of a moment. `numbers` are those of its unit, { explained, adding, decimals }, where
 * it is about one.
 */
export function captionOf(spec, moment, numbers, trace) {
  if (!numbers) return layerIn(spec, moment.place, trace);
  const { explained, adding, decimals } = numbers;
  const [layer, before] = [spec.layers[moment.place], spec.layers[moment.place - 1]];
  const { map, row, column } = explained.unit;
  const said = {
    unit: unitName(layer, map, row, column),
    map: `${layer.name}[${map}]`,
    class: spec.classes[map],
    size: number(layer.size),
    before: titleOf(before),
    maps: number(layer.reads[map].length),
    each: number(layer.kernel ** 2),
    count: number(adding.items.length),
    done: number(moment.added ?? 0),
    sum: number(adding.running[moment.added ?? 0], decimals),
    coefficient: number(explained.coefficient ?? 0, decimals),
    product: number(adding.product ?? 0, decimals),
    bias: factor(adding.bias ?? 0, decimals),
    total: number(explained.total ?? 0, decimals),
    a: factor(explained.total ?? 0, decimals),
    all: number(adding.running.at(-1), decimals),
    own: number(explained.own ?? 0, decimals),
    divisor: number(explained.divisor ?? 0, decimals),
    value: number(explained.value, decimals),
    amplitude: number(spec.amplitude, 4),
  };
  if (moment.kind === "slide") return sliding(layer, explained, said);
  if (moment.kind === "add") return adds(explained, adding, moment.added, decimals, said);
  if (moment.kind === "coefficient") return t("{sum} \u00d7 coefficient {coefficient} = {product}", said);
  if (moment.kind === "bias") {
    if (explained.formula === "sub-sampling") return t("{product} + bias {bias} = weighted sum {total}", said);
    return t("{sum} + bias {bias} = weighted sum {total}", said);
  }
  return becomes(layer, explained, said);
}

function layerIn(spec, place, trace) {
  const layer = spec.layers[place];
  if (place === 0) return t("The drawing as the network sees it: {count} pixels", { count: number(layer.size ** 2) });
  const { formula } = kindOf(layer);
  const inputs = layer.reads.map((read) => read.length * layer.kernel ** 2);
  const values = trace[layer.key];
  const nearest = values.indexOf(Math.min(...values));
  const said = {
    layer: titleOf(layer),
    units: number(layer.maps * layer.size ** 2),
    count: number(inputs[0]),
    least: number(Math.min(...inputs)),
    most: number(Math.max(...inputs)),
    before: titleOf(spec.layers[place - 1]),
    class: spec.classes[nearest],
    penalty: number(values[nearest], 2),
  };
  if (formula === "distance") return t("{layer} is computed: the code of {class} is nearest, at {penalty}", said);
  if (formula === "penalty") return t("{layer} is computed: {class} has the smallest penalty, {penalty}", said);
  if (formula === "largest") return t("{layer} is computed: each of {units} units takes the largest of {count} neighbours", said);
  if (formula === "mean") return t("{layer} is computed: each of {units} units is the mean of {count} neighbours", said);
  if (formula === "normalised") {
    return t("{layer} is computed: each of {units} units is divided by the strength of the maps beside it", said);
  }
  if (formula === "sub-sampling") return t("{layer} is computed: each of {units} units adds up {count} neighbours", said);
  if (said.least !== said.most) return t("{layer} is computed: each of {units} units adds up {least} to {most} products", said);
  return t("{layer} is computed: each of {units} units adds up {count} products", said);
}

function sliding(layer, { formula, terms }, said) {
  if (formula === "distance") return t("{before} is {value} away from the code of {class}", said);
  if (layer.size === 1) return t("{unit} reads {count} units of {before}: {value}", said);
  if (terms.length > 1) return t("{map} reads {maps}\u00d7{each} units of {before} at each of {size}\u00d7{size} places: {value}", said);
  return t("{map} reads {count} units of {before} at each of {size}\u00d7{size} places: {value}", said);
}

function adds({ formula, terms }, { items }, added, decimals, said) {
  if (!added) {
    if (formula === "distance") return t("{unit}: how far {before} is from the code of {class}, in {count} places", said);
    if (formula === "largest") return t("{unit} takes the largest of {count} neighbours", said);
    if (formula === "normalised") return t("{unit} adds up the squares of {count} maps at its place", said);
    if (formula === "sub-sampling" || formula === "mean") return t("{unit} adds up {count} neighbours", said);
    return t("{unit} adds up {count} products", said);
  }
  if (formula === "largest") return t("{done} of {count} neighbours; the largest is {sum}", said);
  if (formula === "normalised") return t("{done} of {count} squares add up to {sum}", said);
  if (formula === "sub-sampling" || formula === "mean") return t("{done} of {count} neighbours add up to {sum}", said);
  const { term, place } = items[added - 1];
  const factors = {
    ...said,
    a: number(terms[term].patch[place], decimals),
    b: factor(terms[term].kernel[place], decimals),
  };
  if (formula === "distance") return t("({a} \u2212 {b})\u00b2: {done} of {count} add up to {sum}", factors);
  return t("{a} \u00d7 {b}: {done} of {count} products add up to {sum}", factors);
}

function becomes(layer, { formula }, said) {
  if (formula === "distance") return t("The distance to the code of {class} is {value}", said);
  if (formula === "penalty") return t("With the scores of all classes, {total} becomes the penalty {value}", said);
  if (formula === "largest") return t("{unit} is the largest of {count} neighbours, {value}", said);
  if (formula === "mean") return t("{unit} = {all} / {count} = {value}", said);
  if (formula === "normalised") return t("{unit} = {own} / {divisor} = {value}", said);
  if (layer.squash === null) return t("{unit} is {value}", said);
  if (layer.squash === "relu") return t("{unit} = max(0, {a}) = {value}", said);
  if (layer.squash === "sigmoid") return t("{unit} = 1 / (1 + exp(\u2212{a})) = {value}", said);
  if (layer.squash === "plain tanh") return t("{unit} = tanh({a}) = {value}", said);
  return t("{unit} = {amplitude} tanh(\u2154 \u00d7 {a}) = {value}", said);
}
