// The numbers of the pinned unit's error signal, or of the pinned weight's gradient and step, set out so
// that what is printed adds up.

import { roundTogether } from "../../engine/explain.js";
import { unitName } from "../../engine/geometry.js";
import { MU } from "../../engine/optimise.js";
import { filled, HOLES } from "../../shared/filled.js";
import { smallPicture } from "../../shared/paint.js";
import { number, t, tn } from "../../shared/words.js";
import { signalOf, weightOf } from "./gradient.js";
import { decimalsFor, exponentFor, small, withExponent } from "./in_words.js";

const LISTED = 8; // terms, the largest first
const PICTURE = 84; // CSS pixels, the widest side of a small picture

/** Writes it into `root`: what is pinned is { what, key, i }. `close` is called by its button. */
export function writePanel(root, { updates, parameters, pin, method, result }, theme, close) {
  const { learner } = updates;
  const written =
    pin.what === "unit"
      ? ofUnit(learner, pin)
      : ofWeight(learner, parameters, pin, { updates, method, result }, theme);
  const shut = element("button", "", t("Unpin"));
  shut.type = "button";
  shut.onclick = close;
  const parts = [written.shown, written.end].filter(({ length }) => length);
  root.replaceChildren(
    element("div", "head", [element("strong", "", written.name), shut]),
    element("div", "parts", parts.map((part) => element("div", "", part))),
  );
}

function ofUnit(learner, { key, i }) {
  const found = signalOf(learner, key, i);
  const { layer, next, terms, signal, slope, delta } = found;
  const { size } = layer;
  const area = size * size;
  const name = unitName(layer, Math.floor(i / area), Math.floor((i % area) / size), i % size);
  const title = t("Error signal of {unit}", { unit: name });
  const caption =
    next.kind === "RBF"
      ? t("Each class passes back what moves the distance to its code.")
      : t("Each map of {layer} that reads this unit passes back its own error signal times its weights.", {
          layer: next.name,
        });
  return {
    name: title,
    shown: [sentence(caption), ...listing(terms.map(({ label, amount }) => ({ words: label, amount })), signal)],
    end: [
      sentence(filled(t("= derivative with respect to the unit\u2019s value: {signal}", HOLES), { signal: printed(signal, "sum") })),
      sentence(
        filled(t("\u00d7 slope of the squashing {slope} = error signal {delta}", HOLES), {
          slope: printed(slope, "slope"),
          delta: printed(delta, "delta"),
        }),
      ),
      sentence(
        delta < 0
          ? t("It is negative: a larger sum of this unit would make the loss smaller.")
          : t("It is positive: a smaller sum of this unit would make the loss smaller."),
      ),
    ],
  };
}

function ofWeight(learner, parameters, { key, i }, { updates, method, result }, theme) {
  const first = firstOf(parameters, key);
  const found = weightOf(learner, parameters, first + i);
  const { layer, part, map, source, row, column, deltas, gradient } = found;
  const from = `${found.from.name}[${source}]`;
  const words = { layer: layer.name, map, from, row, column };
  const titles = {
    weight:
      layer.kernel > 1
        ? t("Weight of {layer}[{map}] for {from}, row {row}, column {column}", words)
        : t("Weight of {layer}[{map}] for {from}", words),
    coefficient: t("Coefficient of {layer}[{map}]", words),
    bias: t("Bias of {layer}[{map}]", words),
  };
  const place = first + i;
  return {
    name: titles[part],
    shown: deltas.length > 1 ? shared(found, theme) : single(found),
    end: [
      sentence(filled(t("= gradient {gradient}", HOLES), { gradient: printed(gradient, "gradient") })),
      ...step(updates, place, method, result),
    ],
  };
}

// A weight that is used once: two numbers.
function single({ part, deltas, read, products }) {
  if (part === "bias") return [sentence(t("A bias is used once: its gradient is the unit\u2019s error signal."))];
  return [
    sentence(
      filled(t("error signal {delta} \u00d7 what it reads {read} = {product}", HOLES), {
        delta: printed(deltas[0], "factor"),
        read: printed(read[0], "factor"),
        product: printed(products[0], "term"),
      }),
    ),
  ];
}

// A weight that is shared: pictures of all its uses, and the largest products one by one.
function shared({ layer, part, deltas, read, products, gradient }, theme) {
  const captions = {
    weight: t("what it reads"),
    coefficient: t("sums of neighbours"),
  };
  const shown = [figure(t("error signal"), deltas, layer.size, theme)];
  if (part !== "bias") {
    shown.push("\u00d7", figure(captions[part], read, layer.size, theme), "=", figure(t("products"), products, layer.size, theme));
  }
  const uses = tn(
    "It is used at {count} place; the gradient adds up what each gives.",
    "It is used at {count} places; the gradient adds up what each gives.",
    deltas.length,
    { count: number(deltas.length) },
  );
  const terms = Array.from(products, (amount, unit) => ({
    words: t("row {row}, column {column}", { row: Math.floor(unit / layer.size), column: unit % layer.size }),
    amount,
  }));
  return [sentence(uses), element("div", "pictures", shown), ...listing(terms, gradient)];
}

// What the method makes of the gradient.
function step(updates, place, method, { eta }) {
  const before = updates.weights[place];
  const change = updates.changes[place];
  const rate = updates.rates[place];
  const lines = [];
  if (method === "1998") {
    const curvature = updates.curvatures[place];
    lines.push(
      sentence(
        filled(t("curvature h = {curvature}; rate = {eta} / ({mu} + h) = {rate}", HOLES), {
          curvature: printed(curvature, "curvature"),
          eta: printed(eta, "eta"),
          mu: printed(MU, "mu"),
          rate: printed(rate, "rate"),
        }),
      ),
    );
  }
  lines.push(
    sentence(
      filled(t("change = \u2212 rate {rate} \u00d7 gradient = {change}", HOLES), {
        rate: printed(rate, "rate"),
        change: printed(change, "change"),
      }),
    ),
  );
  const decimals = decimalsFor(Math.abs(change));
  lines.push(
    sentence(
      filled(t("from {before} to {after}", HOLES), {
        before: element("span", "number", number(before, decimals)),
        after: element("span", "number", number(before + change, decimals)),
      }),
    ),
  );
  return lines;
}

// The largest terms and the rest, rounded so that they add up to the printed sum.
function listing(terms, sum) {
  const order = [...terms.keys()].sort((a, b) => Math.abs(terms[b].amount) - Math.abs(terms[a].amount));
  const listed = order.slice(0, LISTED);
  const others = order.slice(LISTED);
  const rest = others.reduce((total, i) => total + terms[i].amount, 0);
  // As many digits as the sum needs, but not more than say something of its largest term.
  const largest = Math.abs(terms[order[0]].amount);
  const size = Math.max(Math.abs(sum), largest / 1000);
  const exponent = exponentFor(size);
  const unit = 10 ** exponent;
  const decimals = decimalsFor(size / unit);
  const amounts = [...listed.map((i) => terms[i].amount), ...(others.length ? [rest] : [])];
  const rounded = roundTogether(amounts.map((amount) => amount / unit), sum / unit, decimals);
  const exactly = (value) => term(withExponent(value * unit, exponent, decimals, { signed: true }));
  const lines = listed.map((i, place) => [`${terms[i].words}: `, exactly(rounded[place])]);
  if (others.length) {
    lines.push(
      filled(t("the other {count} = {sum}", HOLES), {
        count: number(others.length),
        sum: exactly(rounded.at(-1)),
      }),
    );
  }
  return [element("div", "list", lines.map((line) => element("div", "", line)))];
}

/** Where a layer's parameters begin among all. */
export function firstOf(parameters, key) {
  let first = 0;
  for (const [name, shape] of parameters) {
    if (name.startsWith(`${key}.`)) break;
    first += shape.reduce((product, side) => product * side, 1);
  }
  return first;
}

function figure(caption, values, side, theme) {
  const limit = Math.max(1e-12, ...values.map(Math.abs));
  const picture = smallPicture(values, side, side, limit, theme.scale.diverging, PICTURE / side);
  const reach = element("span", "reach", t("\u00b1{limit}", { limit: small(limit) }));
  return element("figure", "", [picture, element("figcaption", "", [caption, " ", reach])]);
}

function term(text) {
  const made = element("span", "number", text);
  made.dataset.role = "term";
  return made;
}

function printed(value, role) {
  const made = element("span", "number", small(value));
  made.dataset.role = role;
  return made;
}

const sentence = (content) => element("p", "words", content);

function element(tag, className, content = []) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}
