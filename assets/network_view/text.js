// Titles, legend, answer, and what is said of a unit.

import { sees, unitName } from "../engine/geometry.js";
import { detailOf, purposeOf, termOf, titleOf } from "../engine/kinds.js";
import { cssColours } from "../shared/scale.js";
import { inside } from "../shared/tiles.js";
import { asList, number, t } from "../shared/words.js";
import { helpButton } from "./help.js";
import { centreOf } from "./layout.js";
import { RANGES } from "./ranges.js";

const WORDY = 230; // CSS pixels of width from which the legend has limits and colours in words

const element = (name, parent, text = "") => {
  const made = document.createElement("div");
  made.className = name;
  made.textContent = text;
  parent.append(made);
  return made;
};

/**
 * A title at every layer: its name, what it does, the paper's word for that, and what it is made
 * of; of these lines as many as its box has room for, whatever the language. The button beside the
 * name opens help on it.
 */
export function writeTitles(parent, spec, layout) {
  parent.replaceChildren();
  const byKey = Object.fromEntries(spec.layers.map((layer) => [layer.key, layer]));
  for (const box of layout.titles) {
    const layer = byKey[box.key];
    const title = element("title", parent);
    title.classList.toggle("large", box.key === layout.large);
    title.dataset.layer = box.key;
    const name = element("name", title, titleOf(layer));
    name.append(helpButton(box.key, t("What is {name}?", { name: titleOf(layer) })));
    element("purpose", title, purposeOf(layer, spec));
    element("term", title, termOf(layer));
    element("detail", title, detailOf(layer, spec));
    fitInto(title, box);
  }
}

// Leaves out the lines for which a box has no room, and puts the title into it.
function fitInto(title, { x, y, width, height, at, beside }) {
  title.style.maxWidth = `${width}px`;
  const [, ...lines] = title.children;
  for (const line of lines) line.hidden = true;
  for (const line of lines.filter(({ textContent }) => textContent)) {
    line.hidden = false;
    line.hidden = line.scrollWidth > Math.ceil(width) || title.offsetHeight > height;
    if (line.hidden) break;
  }
  const across = title.offsetWidth;
  const left = at === null ? x : Math.max(x, Math.min(at - across / 2, x + width - across));
  const top = beside ? y + Math.max(0, (height - title.offsetHeight) / 2) : y;
  title.classList.toggle("centre", at !== null);
  if (at !== null) title.style.minWidth = `${across}px`; // a line may give way to another later
  title.style.transform = `translate(${left}px, ${top}px)`;
}

/**
 * The scale from its lower to its upper limit; returns a function that writes what the limits
 * are. Where layers differ, each has its own under its name; where maps do, their labels do.
 */
export function writeLegend({ legend, titles }, spec, layout, scale) {
  legend.replaceChildren();
  legend.style.transform = `translate(${layout.legend.x}px, ${layout.legend.y}px)`;
  legend.style.width = `${layout.legend.width}px`;
  const small = layout.legend.width < WORDY * layout.text;
  const ramp = element("ramp", legend);
  ramp.style.background = `linear-gradient(to right, ${cssColours(scale.diverging, 15)})`;
  const ends = element("ends", legend);
  const [low, , high] = ["", number(0), ""].map((text) => element("", ends, text));
  ends.append(helpButton("legend", t("What do the colours mean?")));
  const own = new Map(
    [...titles.querySelectorAll(".title")].map((title) => [title.dataset.layer, element("limit", title)]),
  );
  const { amplitude } = spec;
  const limits = [number(-amplitude, 4), number(amplitude, 4, { signed: true })];
  const least = t("{limit}, blue: against", { limit: limits[0] });
  const most = t("orange: for, {limit}", { limit: limits[1] });
  const largest = [t("\u2212 largest, blue: against"), t("orange: for, + largest")];
  const words = small
    ? Object.fromEntries(RANGES.map((range) => [range, [t("against"), t("for")]]))
    : { fixed: [least, most], layer: largest, map: largest };
  let written = "";
  return (range, limitOf) => {
    if (written !== range) [low.textContent, high.textContent] = words[range];
    if (range === "layer" || written !== range) {
      for (const tile of layout.tiles) {
        if (tile.first || tile.layer === spec.layers[0].key) continue;
        const limit = range === "layer" ? t("\u00b1{limit}", { limit: number(limitOf(tile), 2) }) : "";
        own.get(tile.layer).textContent = limit;
      }
    }
    written = range;
  };
}

/** The answer stands in the page itself, in a container that the server fills. */
export function writeAnswer(container, words) {
  for (const [name, text] of Object.entries(words)) {
    const place = container.querySelector(`.answer .${name}`);
    if (place && place.textContent !== text) place.textContent = text;
  }
}

/** A unit for a screen reader: its name, values and field. */
export function describeUnit(spec, trace, unit) {
  const { title, values, field } = factsOf(spec, trace, unit);
  return asList([title, ...values, field]);
}

/** The label beside the unit that is pointed at. */
export function writeLabel(parent, spec, layout, trace, unit, pinned) {
  // Where there is a sheet or a panel, that says it.
  parent.hidden = !unit || !trace || (pinned && (layout.sheet || layout.panel));
  if (parent.hidden) return;
  const { title, values, field } = factsOf(spec, trace, unit);
  parent.replaceChildren();
  parent.classList.toggle("pinned", pinned);
  element("name", parent, title);
  for (const line of [...values, field]) element("", parent, line);
  const { x, y } = centreOf(spec, layout, unit);
  const left = x > layout.width * 0.55 ? x - parent.offsetWidth - 14 : x + 18;
  const top = Math.min(Math.max(0, y - parent.offsetHeight - 12), layout.height);
  parent.style.transform = `translate(${Math.max(0, left)}px, ${top}px)`;
}

function factsOf(spec, trace, unit) {
  const layer = spec.layers.find(({ key }) => key === unit.layer);
  const index = (unit.map * layer.size + unit.row) * layer.size + unit.column;
  const value = number(trace[layer.key][index], 4);
  const before = trace.before?.[layer.key]?.[index];
  return {
    title: unitName(layer, unit.map, unit.row, unit.column),
    values: valuesOf(spec, layer, value, before),
    field: fieldOf(spec, unit),
  };
}

function valuesOf(spec, layer, value, before) {
  if (layer === spec.layers.at(-1)) {
    return [spec.codes ? t("distance {value}", { value }) : t("penalty {value}", { value })];
  }
  if (before === undefined) return [t("value {value}", { value })];
  return [
    t("value {value}", { value }),
    t("before squashing {value}", { value: number(before, 4) }),
  ];
}

function fieldOf(spec, unit) {
  const [input] = spec.layers;
  const field = inside(sees(spec, unit.layer, unit.row, unit.column, input.key), input);
  const { row, column, height, width } = field;
  if (unit.layer === input.key) return t("pixel in row {row}, column {column}", { row, column });
  return t("sees rows {top}\u2013{bottom}, columns {left}\u2013{right} of the input", {
    top: row,
    bottom: row + height - 1,
    left: column,
    right: column + width - 1,
  });
}
