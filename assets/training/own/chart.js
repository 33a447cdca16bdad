// The errors against the patterns that were learnt from, on a scale on which 2 % and 1 % are as far
// apart as 20 % and 10 %.

import { number, percent, t } from "../../shared/words.js";

const SVG = "http://www.w3.org/2000/svg";
const TICKS = [1, 2, 5, 10, 20, 50, 100]; // percent
const MARGIN = { left: 46, right: 12, top: 22, bottom: 30 };
const LEAST_ACROSS = 500; // patterns
const TEXT = 12; // CSS pixels
const LOW = 160;

/** A round number at or above `value`, as an axis ends with. */
export function roundUp(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return unit * [1, 2, 5, 10].find((times) => times * unit >= value);
}

/**
 * Draws the two curves of a course into `svg`; `theme` has the colours, `goal` is where a linked training ends, or null.
 */
export function drawCourse(svg, { width, height, course, theme, goal = null }) {
  const { left, top } = MARGIN;
  const [right, bottom] = [width - MARGIN.right, height - MARGIN.bottom];
  const { training, judged } = course;
  const last = Math.max(training.at(-1)?.patterns ?? 0, judged.at(-1)?.patterns ?? 0, goal ?? 0);
  const end = roundUp(Math.max(last, LEAST_ACROSS));
  const lowest = Math.min(...[...training, ...judged].map((point) => point.percent));
  const least = lowest < 1 ? 0.1 : 1;
  const x = (patterns) => left + ((right - left) * patterns) / end;
  const y = (of) =>
    bottom - ((bottom - top) * Math.log(Math.max(of, least) / least)) / Math.log(100 / least);
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  svg.style.fontSize = `${TEXT}px`;
  const add = (name, attributes, words) => svg.append(drawn(name, attributes, words));

  const ticks = least < 1 ? [0.1, 0.2, 0.5, ...TICKS] : TICKS;
  const every = height < LOW ? 2 : 1; // only so many have room
  for (const tick of ticks.filter((_, i) => (ticks.length - 1 - i) % every === 0)) {
    add("path", { d: `M${left} ${y(tick)}H${right}`, stroke: theme.edge, fill: "none" });
    const label = percent(tick / 100, tick < 1 ? 1 : 0);
    add("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end", class: "tick" }, label);
  }
  for (const share of [0, 0.5, 1]) {
    const anchor = ["start", "middle", "end"][2 * share];
    add("text", { x: x(share * end), y: bottom + 16, "text-anchor": anchor, class: "tick" }, number(share * end));
  }
  if (goal !== null) {
    add("path", { d: `M${x(goal)} ${top}V${bottom}`, stroke: theme.accent, "stroke-dasharray": "3 4", fill: "none" });
  }
  const line = (points) =>
    points.map((point, i) => `${i ? "L" : "M"}${x(point.patterns).toFixed(1)} ${y(point.percent).toFixed(1)}`).join("");
  add("path", { d: line(training), class: "training", stroke: theme.text, "stroke-width": 1.3, opacity: 0.7, "stroke-dasharray": "2 3", fill: "none" });
  add("path", { d: line(judged), class: "judged", stroke: theme.one, "stroke-width": 2.4, fill: "none" });
  for (const point of judged.slice(-1)) {
    add("circle", { cx: x(point.patterns), cy: y(point.percent), r: 3.5, fill: theme.one });
  }
}

/** The same for who does not see it. */
export function courseInWords({ judged }) {
  if (!judged.length) return t("Error curves: nothing is judged yet.");
  const last = judged.at(-1);
  return t("Error curves: {first} at first, {now} after {patterns} patterns, of the digits that judge.", {
    first: percent(judged[0].percent / 100, 1),
    now: percent(last.percent / 100, 1),
    patterns: number(last.patterns),
  });
}

function drawn(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}
