// Everything in the view that is made of letters: titles, distances, legend and answer.

import { sees, unitName } from "../engine/geometry.js";
import { centreOf } from "./layout.js";

const element = (name, parent, text = "") => {
  const made = document.createElement("div");
  made.className = name;
  made.textContent = text;
  parent.append(made);
  return made;
};

/** A title over every layer: its name and what it is made of. */
export function writeTitles(parent, spec, layout) {
  parent.replaceChildren();
  const byKey = Object.fromEntries(spec.layers.map((layer) => [layer.key, layer]));
  for (const { key, x, y, align } of layout.titles) {
    const title = element(`title ${align}`, parent);
    title.style.transform = `translate(${x}px, ${y}px)`;
    title.dataset.layer = key;
    element("name", title, byKey[key].title);
    element("detail", title, byKey[key].detail);
  }
}

/** The ten classes; returns a function that writes new distances. */
export function writeOutputs(parent, layout) {
  parent.replaceChildren();
  const rows = layout.outputs.map((output) => {
    const row = element("output", parent);
    row.style.transform = `translate(0, ${output.centre}px)`;
    const label = element("class", row, output.name);
    label.style.left = `${output.label.x}px`;
    const bar = element("bar", row);
    bar.style.left = `${output.bar.x}px`;
    const value = element("distance", row);
    return { row, bar, value, output };
  });
  return (distances, answer) => {
    const most = Math.max(160, ...distances);
    for (const { row, bar, value, output } of rows) {
      const length = (distances[output.digit] / most) * output.bar.width;
      bar.style.width = `${Math.max(1.5, length)}px`;
      value.style.left = `${output.bar.x + length + 7}px`;
      value.textContent = number(distances[output.digit], 2);
      row.classList.toggle("nearest", answer?.digit === output.digit);
    }
  };
}

/**
 * The scale from its lower to its upper limit; returns a function that writes what the limits
 * are. Where layers differ, each says its own under its name; where maps do, their labels do.
 */
export function writeLegend({ legend, titles }, spec, layout, scale) {
  legend.replaceChildren();
  legend.style.transform = `translate(${layout.legend.x}px, ${layout.legend.y}px)`;
  legend.style.width = `${layout.legend.width}px`;
  const ramp = element("ramp", legend);
  const stops = Array.from(scale.diverging, (packed) =>
    `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`);
  ramp.style.background = `linear-gradient(to right, ${stops.filter((_, i) => i % 15 === 0)})`;
  const ends = element("ends", legend);
  const [low, , high] = ["", "0", ""].map((text) => element("", ends, text));
  const own = new Map(
    [...titles.querySelectorAll(".title")].map((title) => [title.dataset.layer, element("limit", title)]),
  );
  let written = "";
  return (range, limitOf) => {
    const limits = {
      fixed: [number(-spec.amplitude, 4), `+${number(spec.amplitude, 4)}`],
      layer: ["\u2212 the layer\u2019s largest", "+ largest"],
      map: ["\u2212 the map\u2019s largest", "+ largest"],
    }[range];
    if (written !== range) [low.textContent, high.textContent] = limits;
    if (range === "layer" || written !== range) {
      for (const tile of layout.tiles) {
        if (tile.first || tile.layer === "input") continue;
        own.get(tile.layer).textContent = range === "layer" ? `\u00b1${number(limitOf(tile), 2)}` : "";
      }
    }
    written = range;
  };
}

/** The answer stands beside the canvas, in the page itself. */
export function writeAnswer(headline, sentence) {
  const answer = document.querySelector(".st-key-answer .answer");
  if (!answer) return;
  answer.querySelector(".headline").textContent = headline;
  answer.querySelector(".sentence").textContent = sentence;
}

/** A number with that many decimals and a real minus. */
export const number = (value, decimals) => value.toFixed(decimals).replace("-", "\u2212");

/** What a screen reader is told of a unit: its name, values and field. */
export function describeUnit(spec, trace, unit) {
  const { title, values, field } = factsOf(spec, trace, unit);
  return [title, ...values, field].join(", ");
}

/** The label beside the unit that is pointed at. */
export function writeLabel(parent, spec, layout, trace, unit, pinned) {
  parent.hidden = !unit || !trace;
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
  const values =
    layer.key === "output"
      ? [`distance ${value}`]
      : before === undefined
        ? [`value ${value}`]
        : [`value ${value}`, `before squashing ${number(before, 4)}`];
  const { row, column, height, width } = sees(spec, layer.key, unit.row, unit.column, "input");
  const field =
    layer.key === "input"
      ? `pixel in row ${row}, column ${column}`
      : `sees rows ${row}\u2013${row + height - 1}, columns ${column}\u2013${column + width - 1} ` +
        `of the input`;
  return { title: unitName(layer, unit.map, unit.row, unit.column), values, field };
}
