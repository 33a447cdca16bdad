// The pictures of the page: a curve with the answers below it, a map of answers, samples read right.

import { NOTHING } from "../engine/disturb.js";
import { cssColour } from "../shared/scale.js";
import { number, percent, t } from "../shared/words.js";
import { DISTURBANCES, placeOf } from "./disturbances.js";
import { areas, stretches } from "./edges.js";

const SVG = "http://www.w3.org/2000/svg";
const DASHES = ["", "", "8 4", "9 3 2 3"]; // of the networks in their order, as in lenet/figures
const LEAST_FOR_DIGIT = 13; // CSS pixels of a stretch that has its digit written in
const LEAST_AREA = 5; // cells
const AROUND = 6; // CSS pixels around the place that is marked

/** The colour and the dashes of the network in that place. */
export function styleOf(place, theme) {
  const other = cssColour(theme.scale.unsigned, 1, 1);
  const colours = [theme.one, other, theme.accent, theme.ink];
  return { colour: colours[place % 4], dashes: DASHES[place % 4] };
}

/** What stands for an answer: the network's colour where it is right, else a grey for each digit. */
export function answerColour(answer, digit, colour, theme) {
  return answer === digit ? colour : cssColour(theme.scale.grey, -1 + 0.14 + 0.07 * answer, 1);
}

function drawn(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

const path = (points) => points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

// From the values of a disturbance to CSS pixels, and back to the slider's places.
function scaleOf(name, values, left, right) {
  const [first, last] = [placeOf(name, values[0]), placeOf(name, values.at(-1))];
  const perStep = (right - left) / (last - first);
  return {
    x: (value) => left + (placeOf(name, value) - first) * perStep,
    place: (x) => first + (x - left) / perStep,
  };
}

const MARGIN = { left: 40, right: 14, top: 24 };

/** The place of the slider that a point of a chart of this width stands for. */
export const placeInChart = (name, values, width, x) =>
  scaleOf(name, values, MARGIN.left, width - MARGIN.right).place(x);

/**
 * Draws into `svg` the penalty of the right answer and that of the best wrong one, and below it the
 * answers; `found` is what reach() gives, `value` where the slider is.
 */
export function drawCurve(svg, width, height, { name, values, right, wrong, answers, digit, found, value, style, theme, unit }) {
  const band = height - 46;
  const bottom = band - 8;
  const { x } = scaleOf(name, values, MARGIN.left, width - MARGIN.right);
  const most = Math.max(...right, ...wrong, 1e-6);
  const y = (penalty) => bottom - ((bottom - MARGIN.top) * penalty) / most;
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const add = (...args) => svg.append(drawn(...args));
  const half = (i, by) => x(values[Math.min(Math.max(i + by, 0), values.length - 1)]);
  const edge = (i, by) => (x(values[i]) + half(i, by)) / 2;

  if (found) {
    const [from, to] = [edge(found.first, -1), edge(found.last, 1)];
    add("rect", { x: from, y: MARGIN.top, width: to - from, height: bottom - MARGIN.top, fill: style.colour, opacity: 0.1 });
  }
  add("path", { d: `M${MARGIN.left} ${bottom}H${width - MARGIN.right}`, stroke: theme.edge, fill: "none" });
  add("text", { x: MARGIN.left - 6, y: MARGIN.top + 9, "text-anchor": "end", class: "tick" }, number(most, most < 10 ? 1 : 0));
  add("text", { x: MARGIN.left - 6, y: bottom, "text-anchor": "end", class: "tick" }, number(0));
  add("text", { x: MARGIN.left, y: 11, class: "tick" }, unit);
  const points = (penalties) => path(Array.from(penalties, (penalty, i) => [x(values[i]), y(penalty)]));
  add("path", { d: points(wrong), stroke: theme.text, "stroke-width": 1.5, "stroke-dasharray": "2 3", fill: "none" });
  add("path", { d: points(right), stroke: style.colour, "stroke-width": 2.5, "stroke-dasharray": style.dashes, fill: "none" });
  for (const { answer, first, last } of stretches(answers)) {
    const [from, to] = [edge(first, -1), edge(last, 1)];
    const is = answer === digit;
    add("rect", { x: from, y: band, width: Math.max(to - from, 0.5), height: 20, class: "answer", fill: answerColour(answer, digit, style.colour, theme) });
    if (to - from >= LEAST_FOR_DIGIT) {
      add("text", { x: (from + to) / 2, y: band + 15, "text-anchor": "middle", class: "read", fill: is ? theme.page : theme.ink }, String(answer));
    }
  }
  ticks(add, name, values, x, height);
  if (found) {
    const ends = [[found.first, -1, 0], [found.last, 1, values.length - 1]];
    for (const [at, by, outermost] of ends) {
      if (at === outermost) continue;
      add("path", { d: `M${edge(at, by)} ${MARGIN.top}V${band + 20}`, stroke: theme.accent, "stroke-width": 1.5, fill: "none", class: "edge" });
    }
  }
  const here = x(value);
  add("path", { d: `M${here} ${MARGIN.top}V${band + 24}`, stroke: theme.ink, "stroke-width": 1, fill: "none" });
  add("path", { d: `M${here - 5} ${MARGIN.top - 6}h10l-5 7z`, fill: theme.ink });
}

function ticks(add, name, values, x, height) {
  const { text } = DISTURBANCES[name];
  const nothing = NOTHING[name];
  const places = [
    [values[0], "start"],
    [values.at(-1), "end"],
    ...(nothing > values[0] ? [[nothing, "middle"]] : []),
  ];
  for (const [value, anchor] of places) {
    add("text", { x: x(value), y: height - 8, "text-anchor": anchor, class: "tick" }, text(value));
  }
}

/**
 * Draws into `svg` how many of the samples each network reads right: `lines` are { right, counted,
 * style }, those without `right` are not there yet.
 */
export function drawAccuracy(svg, width, height, { name, values, lines, value, theme }) {
  const top = 10;
  const bottom = height - 30;
  const { x } = scaleOf(name, values, MARGIN.left, width - MARGIN.right);
  const y = (share) => bottom - (bottom - top) * share;
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const add = (...args) => svg.append(drawn(...args));
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    add("path", { d: `M${MARGIN.left} ${y(share)}H${width - MARGIN.right}`, stroke: theme.edge, fill: "none" });
    add("text", { x: MARGIN.left - 6, y: y(share) + 4, "text-anchor": "end", class: "tick" }, percent(share));
  }
  for (const { right, counted, style } of lines) {
    if (!counted) continue;
    const points = Array.from(right, (count, i) => [x(values[i]), y(count / counted)]);
    add("path", { d: path(points), stroke: style.colour, "stroke-width": 2.5, "stroke-dasharray": style.dashes, fill: "none" });
  }
  ticks(add, name, values, x, height);
  add("path", { d: `M${x(value)} ${top}V${bottom}`, stroke: theme.ink, "stroke-width": 1, fill: "none" });
}

/** Draws a map of answers onto `canvas`, `side` CSS pixels large, with where the sliders are. */
export function drawMap(canvas, side, { map, answers, disturbance, digit, colour, theme }) {
  const dense = window.devicePixelRatio || 1;
  const columns = map.across.values.length;
  canvas.width = canvas.height = Math.round(side * dense);
  canvas.style.width = canvas.style.height = `${side}px`;
  const paint = canvas.getContext("2d");
  paint.scale(dense, dense);
  const cell = side / columns;
  const at = (i) => Math.round(i * cell * dense) / dense; // no seams between cells
  for (const [i, answer] of answers.entries()) {
    const [row, column] = [Math.floor(i / columns), i % columns];
    paint.fillStyle = answerColour(answer, digit, colour, theme);
    paint.fillRect(at(column), at(row), at(column + 1) - at(column), at(row + 1) - at(row));
  }
  paint.font = `600 13px ${getComputedStyle(canvas).fontFamily}`;
  paint.textAlign = "center";
  paint.textBaseline = "middle";
  const [x, y] = [map.across, map.down].map((axis) => (placeOnAxis(axis, disturbance[axis.name]) + 0.5) * cell);
  for (const { answer, row, column } of areas(answers, columns, LEAST_AREA)) {
    const [left, top] = [(column + 0.5) * cell, (row + 0.5) * cell];
    const hidden = Math.hypot(left - x, top - y) < 2 * AROUND;
    paint.fillStyle = answer === digit ? theme.page : theme.ink;
    paint.fillText(String(answer), hidden ? x + 2.5 * AROUND : left, (hidden ? y : top) + 1);
  }
  for (const [width, stroke] of [[5, theme.page], [2, theme.accent]]) {
    paint.lineWidth = width;
    paint.strokeStyle = stroke;
    paint.beginPath();
    paint.arc(Math.min(Math.max(x, 0), side), Math.min(Math.max(y, 0), side), AROUND, 0, 2 * Math.PI);
    paint.stroke();
  }
}

// Where between the cells of an axis a value lies, counted from the middle of the first.
function placeOnAxis({ name, values }, value) {
  const [first, last] = [placeOf(name, values[0]), placeOf(name, values.at(-1))];
  return ((placeOf(name, value) - first) / (last - first)) * (values.length - 1);
}

/** Draws an input of the network, `size` x `size` values, as its grey levels. */
export function drawInput(canvas, input, size, { background, ink }, theme) {
  canvas.width = canvas.height = size;
  const paint = canvas.getContext("2d");
  const image = paint.createImageData(size, size);
  const pixels = new Uint32Array(image.data.buffer);
  const { grey } = theme.scale;
  for (let i = 0; i < pixels.length; i++) {
    const share = (input[i] - background) / (ink - background);
    pixels[i] = grey[Math.round(Math.min(Math.max(share, 0), 1) * (grey.length - 1))];
  }
  paint.putImageData(image, 0, 0);
}

/** What a map shows, for who cannot see it. */
export function mapInWords(map, answers, digit) {
  const right = answers.filter((answer) => answer === digit).length;
  const words = {
    across: DISTURBANCES[map.across.name].title(),
    down: DISTURBANCES[map.down.name].title(),
    digit,
    right: number(right),
    all: number(answers.length),
  };
  return t("{across} and {down}: {right} of {all} places are read as {digit}.", words);
}
