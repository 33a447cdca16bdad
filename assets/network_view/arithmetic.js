// The panel that spells out how the pinned unit's value comes about, as a formula one reads
// aloud: patch x kernel = products, for every map read; their sum; bias; total; squashing; value.

import { explain, roundTogether } from "../engine/explain.js";
import { unitName } from "../engine/geometry.js";
import { number } from "./text.js";
import { smallPicture } from "./paint.js";
import { cssColour } from "../shared/scale.js";
import { snippet } from "../engine/snippet.js";

const DECIMALS = 4;
const LARGEST = 12; // contributions of single units that are listed one by one

/** A panel in `parent`; `show(trace, unit)` writes it, null hides it. */
export function makeArithmetic(parent, bundle, parameters, themeOf, close) {
  const { spec } = bundle;
  return {
    show(trace, unit) {
      parent.hidden = !unit;
      if (!unit) return;
      const theme = themeOf();
      const explained = explain(spec, parameters, trace, unit);
      const name = unitName(explained.layer, unit.map, unit.row, unit.column);
      const body = {
        input: () => inputFormula(spec, explained),
        convolution: () => kernelFormula(spec, explained, theme),
        "full connection": () => contributionFormula(spec, explained, theme),
        "sub-sampling": () => subSamplingFormula(spec, explained, theme),
        RBF: () => distanceFormula(spec, explained, theme),
      }[explained.layer.kind]();
      const head = make("div", "head", [
        make("strong", "", name),
        make("span", "value", ["= ", printed(explained.value, "value")]),
        button("Copy as Python", (event) => copy(event.currentTarget, snippet(spec, explained))),
        button("Unpin", close),
      ]);
      parent.replaceChildren(head, make("div", "formula", body));
    },
  };
}

// --- one formula for each kind of layer ---------------------------------------------------

function inputFormula(spec, { value }) {
  const ink = Math.max(0, (value - spec.background) / (spec.ink - spec.background));
  return [
    words(
      `A pixel of the prepared drawing: ${number(100 * ink, 1)} % ink, on the scale from ` +
        `${number(spec.background, 1)} (paper) to ${number(spec.ink, 3)} (full ink).`,
    ),
  ];
}

function kernelFormula(spec, { layer, terms, bias, total, value }, theme) {
  const sums = roundTogether([...terms.map(({ sum }) => sum), bias], total, DECIMALS);
  const order = terms.map((_, i) => i);
  // C5 reads sixteen maps; the ones that matter come first.
  if (terms.length > spec.layers[1].maps) {
    order.sort((a, b) => Math.abs(terms[b].sum) - Math.abs(terms[a].sum));
  }
  const detailed = terms.length <= spec.layers[1].maps;
  return [
    ...order.map((i) =>
      make("figure", "term", [
        make("figcaption", "", `${terms[i].label} \u00d7 kernel`),
        make("div", "pictures", [
          picture(terms[i], terms[i].patch, theme, spec.amplitude),
          "\u00d7",
          picture(terms[i], terms[i].kernel, theme, largest(terms.map(({ kernel }) => kernel))),
          "=",
          ...(detailed ? [] : [picture(terms[i], terms[i].products, theme, spec.amplitude)]),
        ]),
        ...(detailed ? [grid(terms[i], sums[i], theme, spec.amplitude)] : []),
        make("div", "sum", ["\u03a3 ", printed(sums[i], "term")]),
      ]),
    ),
    ...ending(spec, layer, sums.at(-1), total, value, theme),
  ];
}

function contributionFormula(spec, { layer, terms: [all], bias, total, value }, theme) {
  const order = [...all.products.keys()].sort(
    (a, b) => Math.abs(all.products[b]) - Math.abs(all.products[a]),
  );
  const listed = order.slice(0, LARGEST);
  const rest = order.slice(LARGEST).reduce((sum, i) => sum + all.products[i], 0);
  const sums = roundTogether([...listed.map((i) => all.products[i]), rest, bias], total, DECIMALS);
  return [
    make("figure", "term", [
      make("figcaption", "", `${all.label} \u00d7 weights = products`),
      make("div", "pictures", [
        picture(all, all.patch, theme, spec.amplitude),
        "\u00d7",
        picture(all, all.kernel, theme, largest([all.kernel])),
        "=",
        picture(all, all.products, theme, largest([all.products])),
      ]),
    ]),
    make("figure", "term", [
      make("figcaption", "", "largest contributions first"),
      make("div", "list", [
        ...listed.map((i, place) =>
          make("div", "", [
            `${all.label}[${i}]: ${number(all.patch[i], 3)} \u00d7 ${number(all.kernel[i], 3)} = `,
            printed(sums[place], "term"),
          ]),
        ),
        make("div", "", [`the other ${order.length - LARGEST} = `, printed(sums[LARGEST], "term")]),
      ]),
    ]),
    ...ending(spec, layer, sums.at(-1), total, value, theme),
  ];
}

function subSamplingFormula(spec, explained, theme) {
  const { layer, terms: [only], coefficient, product, bias, total, value } = explained;
  const inputs = roundTogether([...only.patch], only.sum, DECIMALS);
  const sums = roundTogether([product, bias], total, DECIMALS);
  const joined = inputs.flatMap((input, i) => (i ? [" + ", printed(input, "input")] : [printed(input, "input")]));
  return [
    make("figure", "term", [
      make("figcaption", "", `the four neighbours in ${only.label}`),
      make("div", "pictures", [picture(only, only.patch, theme, spec.amplitude, 22)]),
    ]),
    words([...joined, " = ", printed(only.sum, "sum")]),
    words(["\u00d7 coefficient ", printed(coefficient, "coefficient"), " = ", printed(sums[0], "term")]),
    ...ending(spec, layer, sums[1], total, value, theme),
  ];
}

function distanceFormula(spec, { unit, terms: [own], value, rival }, theme) {
  const name = spec.classes[unit.map];
  const other = spec.classes[rival.digit];
  const gap = rival.sum - value;
  const against = gap < 0 ? "against it" : "for it";
  return [
    make("figure", "term", [
      make("figcaption", "", `(F6 \u2212 code of ${name})\u00b2, 84 places`),
      make("div", "pictures", [
        picture(own, own.patch, theme, spec.amplitude, 9),
        "\u2212",
        picture(own, own.kernel, theme, spec.amplitude, 9),
        "squared ="
      ]),
      grid(own, value, theme, largest([own.products])),
      make("div", "sum", ["\u03a3 = distance ", printed(value, "total")]),
    ]),
    make("figure", "term", [
      make("figcaption", "", `why ${name} and not ${other}: what each place adds to the lead`),
      make("div", "pictures", [
        "code of", other, picture(rival, rival.kernel, theme, spec.amplitude, 9),
      ]),
      grid({ ...own, products: rival.gap }, gap, theme, largest([rival.gap])),
      make("div", "sum", [
        `distance of ${other} minus that of ${name} = `,
        printed(gap, "gap"),
        ` ${against}`,
      ]),
    ]),
  ];
}

function ending(spec, layer, bias, total, value, theme) {
  return [
    words(["+ bias ", printed(bias, "term")]),
    words(["= total ", printed(total, "total")]),
    make("figure", "term", [
      make("figcaption", "", `${spec.amplitude} tanh(\u2154 a)`),
      curve(spec, total, value, theme),
    ]),
    words([`= ${layer.name} value `, printed(value, "value")]),
  ];
}

// --- what formulas are made of ---------------------------------------------------------------

function make(tag, className, content = []) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}

const words = (content) => make("p", "words", content);

function printed(value, role) {
  const made = make("span", "number", number(value, DECIMALS));
  made.dataset.role = role;
  return made;
}

function button(text, act) {
  const made = make("button", "", text);
  made.type = "button";
  made.onclick = act;
  return made;
}

const largest = (lists) => Math.max(1e-9, ...lists.flatMap((list) => Array.from(list, Math.abs)));

// A small picture of values; the exact ones are in its title, cell by cell.
function picture({ rows, columns, label }, values, { scale }, limit, side = rows > 5 ? 7 : 10) {
  const canvas = smallPicture(values, rows, columns, limit, scale.diverging, side);
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
function grid({ columns, products }, sum, { scale }, limit) {
  const rounded = roundTogether([...products], sum, DECIMALS);
  const table = make("div", "grid", rounded.map((value, i) => {
    const cell = make("span", "", number(value, DECIMALS));
    cell.dataset.role = "product";
    cell.style.background = cssColour(scale.diverging, products[i] * 0.55, limit);
    return cell;
  }));
  table.style.gridTemplateColumns = `repeat(${columns}, auto)`;
  return table;
}

function curve(spec, total, value, theme) {
  const reach = Math.max(4, Math.abs(total) * 1.1);
  const x = (a) => 70 + (a / reach) * 64;
  const y = (v) => 40 - (v / spec.amplitude) * 32;
  const points = Array.from({ length: 65 }, (_, i) => {
    const a = ((i - 32) / 32) * reach;
    return `${x(a).toFixed(1)},${y(spec.amplitude * Math.tanh(spec.slope * a)).toFixed(1)}`;
  });
  const holder = make("div", "curve");
  holder.innerHTML =
    `<svg viewBox="0 0 140 80" role="img" aria-label="The squashing curve with this unit on it">` +
    `<path d="M4 40H136M70 4V76" class="axis"/><polyline points="${points.join(" ")}"/>` +
    `<path d="M${x(total)} 40V${y(value)}H70" class="drop"/>` +
    `<circle cx="${x(total)}" cy="${y(value)}" r="4" fill="${theme.accent}"/></svg>`;
  return holder;
}

async function copy(pressed, text) {
  try {
    await navigator.clipboard.writeText(text);
    pressed.textContent = "Copied";
  } catch {
    // Without permission the text can still be taken by hand.
    const area = make("textarea", "snippet", text);
    area.readOnly = true;
    pressed.closest(".arithmetic").append(area);
    area.select();
  }
}
