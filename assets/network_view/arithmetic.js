// The panel that spells out how the pinned unit's value comes about, as a formula one reads
// aloud: patch x kernel = products, for every map read; their sum; bias; total; squashing; value.

import { answerOf } from "../engine/answer.js";
import { explain, roundTogether } from "../engine/explain.js";
import { unitName } from "../engine/geometry.js";
import { snippet } from "../engine/snippet.js";
import { squashingOf } from "../engine/squashing.js";
import { filled, HOLES } from "../shared/filled.js";
import { cssColour } from "../shared/scale.js";
import { number, percent, t, tn } from "../shared/words.js";
import { smallPicture } from "../shared/paint.js";

const DECIMALS = 4;
const LARGEST = 12; // contributions of single units that are listed one by one
const DETAILED = 6; // kernels of more maps than this are shown without their single products

/** How the arithmetic of a unit is drawn, by the formula that its kind of layer names. */
const FORMULAS = {
  pixel: inputFormula,
  kernels: kernelFormula,
  contributions: contributionFormula,
  "sub-sampling": subSamplingFormula,
  mean: meanFormula,
  largest: largestFormula,
  normalised: normalisedFormula,
  distance: distanceFormula,
  penalty: penaltyFormula,
};

/**
 * A panel in `parent`; `show(trace, unit)` writes it, null hides it. Its buttons call `replay()` and
 * `close()`.
 */
export function makeArithmetic(parent, bundle, parameters, themeOf, { replay, close }) {
  const { spec } = bundle;
  parent.ariaLabel = t("The arithmetic of the pinned unit");
  return {
    show(trace, unit) {
      parent.hidden = !unit;
      if (!unit) return;
      const explained = explain(spec, parameters, trace, unit);
      const formula = FORMULAS[explained.formula];
      const penalties = trace[spec.layers.at(-1).key];
      const winner = trace.empty ? null : answerOf(penalties, bundle.rejection).winner;
      const name = unitName(explained.layer, unit.map, unit.row, unit.column);
      const head = element("div", "head", [
        element("strong", "", name),
        element("span", "value", ["= ", printed(explained.value, "value")]),
        ...(formula === inputFormula ? [] : [button(t("Watch it being computed"), replay)]),
        button(t("Copy as Python"), (event) => copy(event.currentTarget, snippet(spec, explained))),
        button(t("Unpin"), close),
      ]);
      parent.replaceChildren(head, element("div", "formula", formula(spec, { ...explained, winner }, themeOf())));
    },
  };
}

// --- one formula for each kind of layer ---------------------------------------------------

function inputFormula(spec, { value }) {
  const ink = Math.max(0, (value - spec.background) / (spec.ink - spec.background));
  const text = t(
    "A pixel of the prepared drawing: ink {ink}, on the scale from {paper} (paper) to {full} (full ink).",
    {
      ink: percent(ink, 1),
      paper: number(spec.background, 1),
      full: number(spec.ink, 3),
    },
  );
  return [sentence(text)];
}

function kernelFormula(spec, explained, theme) {
  const { terms, bias, total } = explained;
  const sums = roundTogether([...terms.map(({ sum }) => sum), bias], total, DECIMALS);
  const order = terms.map((_, i) => i);
  const detailed = terms.length <= DETAILED;
  // Where many maps are read, the ones that matter come first.
  if (!detailed) order.sort((a, b) => Math.abs(terms[b].sum) - Math.abs(terms[a].sum));
  const limit = largest(terms.map(({ kernel }) => kernel));
  const read = readBy(spec, explained.layer, theme);
  return [
    ...order.map((i) =>
      element("figure", "term", [
        element("figcaption", "", t("{map} \u00d7 kernel", { map: terms[i].label })),
        element("div", "pictures", [
          picture(terms[i], terms[i].patch, read),
          "\u00d7",
          picture(terms[i], terms[i].kernel, signed(theme, limit)),
          "=",
          ...(detailed ? [] : [picture(terms[i], terms[i].products, signed(theme, spec.amplitude))]),
        ]),
        ...(detailed ? [grid(terms[i], sums[i], theme, spec.amplitude)] : []),
        element("div", "sum", ["\u03a3 ", printed(sums[i], "term")]),
      ]),
    ),
    ...ending(spec, explained, sums.at(-1), theme),
  ];
}

function contributionFormula(spec, explained, theme) {
  const { sums, shown } = contributions(spec, explained, theme);
  return [...shown, ...ending(spec, explained, sums.at(-1), theme)];
}

function penaltyFormula(spec, explained, theme) {
  const { total, value } = explained;
  const { sums, shown } = contributions(spec, explained, theme);
  const rounded = (size) => roundTogether([size], size, DECIMALS)[0];
  return [
    ...shown,
    sentence(filled(t("+ bias {bias}", HOLES), { bias: printed(sums.at(-1), "term") })),
    sentence(filled(t("= score {score}", HOLES), { score: printed(total, "total") })),
    sentence(
      filled(t("log of the sum of all classes\u2019 exp(score) {all}, minus the score {score}", HOLES), {
        all: printed(rounded(value) + rounded(total), "part"),
        score: printed(total, "part"),
      }),
    ),
    sentence(filled(t("= penalty {value}", HOLES), { value: printed(value, "value") })),
  ];
}

// All weighted inputs as pictures, and the largest contributions one by one.
function contributions(spec, { layer, terms: [all], bias, total }, theme) {
  const order = [...all.products.keys()].sort(
    (a, b) => Math.abs(all.products[b]) - Math.abs(all.products[a]),
  );
  const listed = order.slice(0, LARGEST);
  const others = order.slice(LARGEST);
  const rest = others.reduce((sum, i) => sum + all.products[i], 0);
  const sums = roundTogether([...listed.map((i) => all.products[i]), rest, bias], total, DECIMALS);
  const shown = [
    element("figure", "term", [
      element("figcaption", "", t("{layer} \u00d7 weights = products", { layer: all.label })),
      element("div", "pictures", [
        picture(all, all.patch, readBy(spec, layer, theme)),
        "\u00d7",
        picture(all, all.kernel, signed(theme, largest([all.kernel]))),
        "=",
        picture(all, all.products, signed(theme, largest([all.products]))),
      ]),
    ]),
    element("figure", "term", [
      element("figcaption", "", t("largest contributions first")),
      element("div", "list", [
        ...listed.map((i, place) =>
          element("div", "", [
            `${all.label}[${i}]: ${number(all.patch[i], 3)} \u00d7 ${number(all.kernel[i], 3)} = `,
            printed(sums[place], "term"),
          ]),
        ),
        ...(others.length ? [element("div", "", filled(t("the other {count} = {sum}", HOLES), {
          count: number(others.length),
          sum: printed(sums.at(-2), "term"),
        }))] : []),
      ]),
    ]),
  ];
  return { sums, shown };
}

function subSamplingFormula(spec, explained, theme) {
  const { layer, terms: [only], coefficient, product, bias, total } = explained;
  const inputs = roundTogether([...only.patch], only.sum, DECIMALS);
  const sums = roundTogether([product, bias], total, DECIMALS);
  return [
    neighbours(only, readBy(spec, layer, theme)),
    sentence([...joined(inputs, " + "), " = ", printed(only.sum, "sum")]),
    sentence(
      filled(t("\u00d7 coefficient {coefficient} = {product}", HOLES), {
        coefficient: printed(coefficient, "coefficient"),
        product: printed(sums[0], "term"),
      }),
    ),
    ...ending(spec, explained, sums[1], theme),
  ];
}

function meanFormula(spec, explained, theme) {
  const { layer, terms: [only], value } = explained;
  const inputs = roundTogether([...only.patch], only.sum, DECIMALS);
  return [
    neighbours(only, readBy(spec, layer, theme)),
    sentence([...joined(inputs, " + "), " = ", printed(only.sum, "sum")]),
    sentence(
      filled(t("divided by {count} = {value}", HOLES), {
        count: number(only.patch.length),
        value: printed(value, "value"),
      }),
    ),
  ];
}

function normalisedFormula(spec, explained, theme) {
  const { layer, terms: [only], own, divisor, value } = explained;
  const squares = roundTogether([...only.products], only.sum, DECIMALS);
  return [
    element("figure", "term", [
      element("figcaption", "", t("{maps} at the same place", { maps: only.label })),
      element("div", "pictures", [picture(only, only.patch, readBy(spec, layer, theme), 22)]),
    ]),
    sentence([t("squares:"), " ", ...joined(squares, " + "), " = ", printed(only.sum, "sum")]),
    sentence(
      filled(t("({constant} + {strength} \u00d7 sum) to the power of {exponent} = {divisor}", HOLES), {
        constant: number(layer.constant),
        strength: number(layer.strength),
        exponent: number(layer.exponent, 2),
        divisor: printed(divisor, "divisor"),
      }),
    ),
    sentence(
      filled(t("{own}, divided by it = {value}", HOLES), {
        own: printed(own, "own"),
        value: printed(value, "value"),
      }),
    ),
  ];
}

function largestFormula(spec, explained, theme) {
  const { layer, terms: [only], value } = explained;
  return [
    neighbours(only, readBy(spec, layer, theme)),
    sentence(
      filled(t("the largest of {inputs} is {value}", HOLES), {
        inputs: joined(only.patch.filter(Number.isFinite), ", "), // the others are padding
        value: printed(value, "largest"),
      }),
    ),
  ];
}

function distanceFormula(spec, { unit, terms: [own], value, rival, winner }, theme) {
  const name = spec.classes[unit.map];
  const other = spec.classes[rival.digit];
  const gap = rival.sum - value;
  const count = own.products.length;
  const caption = tn(
    "({layer} \u2212 code of {class})\u00b2, {count} place",
    "({layer} \u2212 code of {class})\u00b2, {count} places",
    count,
    { layer: own.label, class: name, count: number(count) },
  );
  const between = unit.map === winner
    ? t("why {class} and not {other}: what each place adds to the lead", { class: name, other })
    : t("{class} against {other}: what each place adds to the lead", { class: name, other });
  const lead = gap < 0
    ? t("distance of {other} minus that of {class} = {gap} against it", HOLES)
    : t("distance of {other} minus that of {class} = {gap} for it", HOLES);
  return [
    element("figure", "term", [
      element("figcaption", "", caption),
      element("div", "pictures", [
        picture(own, own.patch, signed(theme, spec.amplitude), 9),
        "\u2212",
        picture(own, own.kernel, signed(theme, spec.amplitude), 9),
        t("squared ="),
      ]),
      grid(own, value, theme, largest([own.products]), theme.scale.unsigned),
      element("div", "sum", filled(t("\u03a3 = distance {value}", HOLES), { value: printed(value, "total") })),
    ]),
    element("figure", "term", [
      element("figcaption", "", between),
      element("div", "pictures", [
        t("code of {class}", { class: other }),
        picture(rival, rival.kernel, signed(theme, spec.amplitude), 9),
      ]),
      grid({ ...own, products: rival.gap }, gap, theme, largest([rival.gap])),
      element("div", "sum", filled(lead, { other, class: name, gap: printed(gap, "gap") })),
    ]),
  ];
}

// Bias and total; the squashing, if there is one; the value.
function ending(spec, { layer, total, value }, bias, theme) {
  const squashing = () => element("figure", "term", [
    element("figcaption", "", squashingOf(layer).written(spec)),
    curve(squashingOf(layer).of(spec), total, value, theme),
  ]);
  return [
    sentence(filled(t("+ bias {bias}", HOLES), { bias: printed(bias, "term") })),
    sentence(filled(t("= total {total}", HOLES), { total: printed(total, "total") })),
    ...(layer.squash === null ? [] : [squashing()]),
    sentence(
      filled(t("= {layer} value {value}", HOLES), {
        layer: layer.name,
        value: printed(value, "value"),
      }),
    ),
  ];
}

// The inputs of a unit that reads neighbours in one map.
function neighbours(only, read) {
  const count = only.patch.filter(Number.isFinite).length;
  const shown = only.patch.map((value) => (Number.isFinite(value) ? value : 0));
  const caption =
    count === 4
      ? t("the four neighbours in {map}", { map: only.label })
      : tn("the {count} neighbour in {map}", "the {count} neighbours in {map}", count, {
          count: number(count),
          map: only.label,
        });
  return element("figure", "term", [
    element("figcaption", "", caption),
    element("div", "pictures", [picture(only, shown, read, 22)]),
  ]);
}

// --- what formulas are made of ---------------------------------------------------------------

function element(tag, className, content = []) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}

const sentence = (content) => element("p", "words", content);

const joined = (inputs, between) =>
  Array.from(inputs).flatMap((input, i) => [...(i ? [between] : []), printed(input, "input")]);

function printed(value, role) {
  const made = element("span", "number", number(value, DECIMALS));
  made.dataset.role = role;
  return made;
}

function button(text, act) {
  const made = element("button", "", text);
  made.type = "button";
  made.onclick = act;
  return made;
}

const largest = (lists) => Math.max(1e-9, ...lists.flatMap((list) => Array.from(list, Math.abs)));

// How values become colours: blue and orange by their sign, or for what is read from the input
// the greys of its ink. `middle` is the value in the middle of the table.
export const signed = ({ scale }, limit) => ({ table: scale.diverging, limit, middle: 0 });

export function readBy(spec, layer, theme) {
  if (layer !== spec.layers[1]) return signed(theme, spec.amplitude);
  const middle = (spec.ink + spec.background) / 2;
  return { table: theme.scale.grey, limit: spec.ink - middle, middle };
}

// A small picture of values; the exact ones are in its title, cell by cell.
function picture({ rows, columns, label }, values, { table, limit, middle }, side = rows > 5 ? 7 : 10) {
  const shown = Array.from(values, (value) => value - middle);
  const canvas = smallPicture(shown, rows, columns, limit, table, side);
  canvas.role = "img";
  canvas.ariaLabel = `${label}: ${Array.from(values, (value) => number(value, 2)).join(", ")}`;
  canvas.onpointermove = (event) => {
    const column = Math.floor(event.offsetX / side);
    const row = Math.floor(event.offsetY / side);
    canvas.title = number(values[row * columns + column] ?? 0, DECIMALS);
  };
  return canvas;
}

// Products as numbers that add up to the printed sum, on the colour of their value.
function grid({ columns, products }, sum, { behindText, scale }, limit, colours = scale.diverging) {
  const rounded = roundTogether([...products], sum, DECIMALS);
  const table = element("div", "grid", rounded.map((value, i) => {
    const cell = element("span", "", number(value, DECIMALS));
    cell.dataset.role = "product";
    cell.style.background = cssColour(colours, products[i] * behindText, limit);
    return cell;
  }));
  table.style.gridTemplateColumns = `repeat(${columns}, auto)`;
  return table;
}

function curve(squash, total, value, theme) {
  const reach = Math.max(4, Math.abs(total) * 1.1);
  const places = Array.from({ length: 65 }, (_, i) => ((i - 32) / 32) * reach);
  const limit = Math.max(...places.map((a) => Math.abs(squash(a))));
  const x = (a) => 70 + (a / reach) * 64;
  const y = (v) => 40 - (v / limit) * 32;
  const points = places.map((a) => `${x(a).toFixed(1)},${y(squash(a)).toFixed(1)}`);
  const holder = element("div", "curve");
  holder.innerHTML =
    `<svg viewBox="0 0 140 80" role="img">` +
    `<path d="M4 40H136M70 4V76" class="axis"/><polyline points="${points.join(" ")}"/>` +
    `<path d="M${x(total)} 40V${y(value)}H70" class="drop"/>` +
    `<circle cx="${x(total)}" cy="${y(value)}" r="4" fill="${theme.accent}"/></svg>`;
  holder.firstChild.ariaLabel = t("The squashing curve with this unit on it");
  return holder;
}

async function copy(pressed, text) {
  try {
    await navigator.clipboard.writeText(text);
    pressed.textContent = t("Copied");
  } catch {
    // Without permission the text can still be taken by hand.
    const area = element("textarea", "snippet", text);
    area.readOnly = true;
    pressed.closest(".arithmetic").append(area);
    area.select();
  }
}
