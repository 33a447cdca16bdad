// The numbers of a unit beside the picture, as a replay adds them up: the window's inputs and the
// kernel on them, the products, their sum so far, and what becomes of it.

import { unitName } from "../engine/geometry.js";
import { squashingOf } from "../engine/squashing.js";
import { cssColour } from "../shared/scale.js";
import { boundsOf, tilesOf } from "../shared/tiles.js";
import { number, t } from "../shared/words.js";
import { readBy, signed } from "./arithmetic.js";
import { repaintSmall, smallPicture } from "../shared/paint.js";

const AS_NUMBERS = 25; // so many products at most are written out
const BESIDE = { most: 22, least: 6 }; // CSS pixels from the layers

// Sides of a value, in CSS pixels for text of the usual size.
const SIDES = {
  usual: { small: 12, large: 8 },
  narrow: { small: 7, large: 5 },
  presenter: { small: 12, large: 5.5 },
};

/** What stands in the rows below the products, by the formula of the layer's kind. */
const ROWS = {
  kernels: ["sum", "bias", "total", "value"],
  contributions: ["sum", "bias", "total", "value"],
  penalty: ["sum", "bias", "total", "value"],
  "sub-sampling": ["sum", "product", "bias", "total", "value"],
  mean: ["sum", "value"],
  largest: ["sum", "value"],
  normalised: ["sum", "value"],
  distance: ["sum", "value"],
};

/** With which moment a row's number is there. */
const SINCE = { sum: "add", product: "coefficient", bias: "bias", total: "bias", value: "value" };
const ORDER = ["add", "coefficient", "bias", "value", "slide"];

/**
 * A box in `parent`; `show(numbers, view)` fills it and places it in the layout, null hides it.
 *
 * `numbers` are { explained, adding, decimals, moment }, and `view` is { layout, theme, corner }.
 */
export function makeLesson(parent, spec) {
  parent.role = "group";
  parent.ariaLabel = t("The numbers of this step");
  let made = null;
  return {
    show(numbers, view) {
      parent.hidden = !numbers;
      if (!numbers) return;
      const { layer } = numbers.explained.unit;
      const { layout, theme } = view;
      const same = made && made.layer === layer && made.layout === layout && made.theme === theme;
      if (!same) made = { layer, layout, theme, ...build(parent, spec, numbers, view) };
      fill(made, spec, numbers, theme);
      // To ask for its size costs as much as all of the rest.
      if (!same) place(parent, spec, numbers.explained.unit, view);
    },
  };
}

function build(parent, spec, { explained }, { layout }) {
  const [first] = explained.terms;
  const cells = first.rows * first.columns;
  const sides = SIDES[layout.classes.find((name) => SIDES[name])] ?? SIDES.usual;
  const side = layout.text * (cells > AS_NUMBERS ? sides.large : sides.small);
  const picture = () => {
    const canvas = smallPicture(new Float64Array(cells), first.rows, first.columns, 1, new Uint32Array(256), side);
    const now = element("div", "now");
    Object.assign(now.style, { width: `${side}px`, height: `${side}px` });
    return { canvas, now, side, holder: element("div", "values", [canvas, now]) };
  };
  const [patch, kernel] = [picture(), picture()];
  const written = cells <= AS_NUMBERS;
  const products = written ? null : picture();
  const numbers = written ? Array.from({ length: cells }, () => element("span", "")) : [];
  const grid = element("div", "grid", numbers);
  grid.style.gridTemplateColumns = `repeat(${first.columns}, 1fr)`;
  const head = ["name", "what"].map((name) => element("div", name));
  const item = element("div", "item");
  const rows = Object.fromEntries(
    ROWS[explained.formula].map((name) => [name, ["term", "number"].map((part) => element("span", part))]),
  );
  const hasKernel = first.kernel !== undefined;
  const sign = explained.formula === "distance" ? "\u2212" : "\u00d7";
  const pictures = element("div", "pictures", [
    patch.holder, sign, kernel.holder,
    ...(written ? [] : ["=", products.holder]),
    item,
  ]);
  pictures.classList.toggle("large", !written);
  parent.replaceChildren(
    element("div", "head", head),
    ...(hasKernel ? [pictures] : []),
    ...(written ? [grid] : []),
    element("div", "rows", Object.values(rows).flat()),
  );
  return { name: head[0], what: head[1], item, patch, kernel, products, numbers, rows, hasKernel };
}

function fill(made, spec, { explained, adding, decimals, moment }, theme) {
  const { formula, terms, layer, unit } = explained;
  const { items, ends, printed, running } = adding;
  const added = moment.kind === "slide" ? items.length : moment.added;
  const current = added ? items[added - 1] : null;
  const term = current?.term ?? 0;
  const shown = terms[term];
  const first = term ? ends[term - 1] : 0;
  const now = moment.kind === "add" ? current?.place : undefined;
  write(made.name, unitName(layer, unit.map, unit.row, unit.column));
  write(made.what, whatOf(spec, explained, term));

  const read = readBy(spec, layer, theme);
  if (made.hasKernel) {
    paint(made.patch, shown.patch, read, now);
    const limit = formula === "distance" ? spec.amplitude : largestOf(terms.map(({ kernel }) => kernel));
    paint(made.kernel, shown.kernel, signed(theme, limit), now);
  }
  const table = formula === "distance" ? theme.scale.unsigned : theme.scale.diverging;
  const values = shown.products ?? shown.patch;
  if (made.products) {
    const limit = largestOf([values]);
    const there = Float64Array.from(values, (value, i) => (first + i < added ? value : 0));
    paint(made.products, there, { table, limit, middle: 0 }, now);
  }
  let at = first; // the place in the addition of what stands in each place of the term
  made.numbers.forEach((cell, i) => {
    const counts = Number.isFinite(values[i]);
    const there = counts && at < added;
    write(cell, there ? number(printed[at], decimals) : "");
    const colours = made.hasKernel ? { table, limit: spec.amplitude, middle: 0 } : read;
    const strength = theme.behindText * (values[i] - colours.middle);
    cell.style.background = there ? cssColour(colours.table, strength, colours.limit) : "";
    cell.classList.toggle("now", i === now);
    if (counts) at += 1;
  });
  write(made.item, current && made.hasKernel ? itemOf(formula, shown, current, printed[added - 1], decimals) : "");

  const said = {
    sum: [sumLabel(formula, added, items.length), number(running[added], decimals)],
    product: [t("\u00d7 coefficient {coefficient}", { coefficient: number(explained.coefficient ?? 0, decimals) }), number(adding.product ?? 0, decimals)],
    bias: [t("+ bias"), number(adding.bias ?? 0, decimals)],
    total: [t("= weighted sum"), number(explained.total ?? 0, decimals)],
    value: [valueLabel(spec, explained, decimals), number(explained.value, decimals)],
  };
  for (const [name, [label, value]] of Object.entries(made.rows)) {
    const there = ORDER.indexOf(moment.kind) >= ORDER.indexOf(SINCE[name]);
    write(label, said[name][0]);
    write(value, there ? said[name][1] : "");
    value.dataset.role = name;
    label.classList.toggle("later", !there);
  }
}

// What the pictures are of.
function whatOf(spec, { formula, terms, unit }, term) {
  const values = { map: terms[term].label, part: number(term + 1), parts: number(terms.length) };
  if (formula === "distance") return t("{map} \u2212 code of {class}, squared", { ...values, class: spec.classes[unit.map] });
  if (formula === "normalised") return t("squares of {map} at the same place", values);
  if (["sub-sampling", "mean", "largest"].includes(formula)) return t("neighbours in {map}", values);
  if (formula !== "kernels") return t("{map} \u00d7 weights", values);
  return terms.length > 1
    ? t("{map} \u00d7 kernel, {part} of {parts}", values)
    : t("{map} \u00d7 kernel", values);
}

function itemOf(formula, { patch, kernel }, { place }, result, decimals) {
  const values = {
    a: number(patch[place], decimals),
    b: factor(kernel[place], decimals),
    product: number(result, decimals),
  };
  return formula === "distance"
    ? t("({a} \u2212 {b})\u00b2 = {product}", values)
    : t("{a} \u00d7 {b} = {product}", values);
}

/** A number that stands after a sign: in brackets where it has one of its own. */
export function factor(value, decimals) {
  const written = number(value, decimals);
  return value < 0 ? `(${written})` : written;
}

function sumLabel(formula, added, count) {
  const values = { done: number(added), count: number(count) };
  return formula === "largest" ? t("largest of {done}", values) : t("sum of {done} of {count}", values);
}

function valueLabel(spec, { formula, layer, terms, own }, decimals) {
  if (formula === "distance") return t("= distance");
  if (formula === "penalty") return t("= penalty");
  if (formula === "mean") return t("divided by {count}", { count: number(terms[0].patch.length) });
  if (formula === "normalised") {
    return t("{own} / ({constant} + {strength} \u00d7 sum)^{exponent}", {
      own: number(own, decimals),
      constant: number(layer.constant),
      strength: number(layer.strength),
      exponent: number(layer.exponent, 2),
    });
  }
  return squashingOf(layer)?.written(spec) ?? t("= value");
}

// Right of the unit's layer, where nothing is computed yet, or else left of what it reads. Over
// the drawing canvas where that lies over the picture's corner.
function place(parent, spec, unit, { layout, corner }) {
  if (corner) {
    Object.assign(parent.style, { width: `${corner.right}px`, height: `${corner.bottom}px`, transform: "" });
    return;
  }
  Object.assign(parent.style, { width: "", height: "", transform: "" });
  if (layout.classes.includes("presenter")) return; // the style sheet gives it the panel's place
  const at = spec.layers.findIndex(({ key }) => key === unit.layer);
  const { offsetWidth: width, offsetHeight: height } = parent;
  const own = at < spec.layers.length - 1 && boundsOf(tilesOf(layout, unit.layer));
  const source = boundsOf(tilesOf(layout, spec.layers[at - 1].key));
  const end = layout.width - width;
  const right = own ? own.x + own.width : Infinity;
  const x = right + BESIDE.least <= end
    ? Math.min(right + BESIDE.most, end)
    : Math.max(0, source.x - BESIDE.most - width);
  const y = Math.max(0, (layout.legend.y - height) / 2);
  parent.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}

const largestOf = (lists) => Math.max(1e-9, ...lists.flatMap((list) => Array.from(list, Math.abs)));

function paint({ canvas, now, side }, values, { table, limit, middle }, place) {
  repaintSmall(canvas, Array.from(values, (value) => value - middle), limit, table);
  now.hidden = place === undefined;
  if (now.hidden) return;
  const [row, column] = [Math.floor(place / canvas.width), place % canvas.width];
  now.style.transform = `translate(${column * side}px, ${row * side}px)`;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function element(tag, className, content = []) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
}
