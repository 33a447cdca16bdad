// The chart of when it was learned: ten lines of distances over the moments, the answers below.

import { number, t } from "../../shared/words.js";
import { smallestOf } from "./learned.js";
import { passOf } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 250;
const MARGIN = { left: 44, right: 26, top: 22, bottom: 62 };
const LEAST_FOR_TICK = 46; // CSS pixels
const LEAST_APART = 11; // CSS pixels between digits at the end of lines
const MOST = 400; // a distance; training that diverges has larger ones, and they stand at the top

function drawn(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/**
 * A chart in `svg`: `draw` shows distances, `point` where the sliders are, and `placeAt(x)` is the
 * place of the moment at so many CSS pixels.
 */
export function makeChart(svg, moments, digits, classes) {
  const lines = drawn("g", {});
  const cursors = drawn("g", {});
  svg.replaceChildren(lines, cursors);
  svg.setAttribute("height", HEIGHT);
  let width = 0;
  const bottom = HEIGHT - MARGIN.bottom;
  const step = () => (width - MARGIN.left - MARGIN.right) / Math.max(1, moments.length - 1);
  const x = (place) => MARGIN.left + place * step();

  return {
    placeAt: (left) =>
      Math.min(Math.max(Math.round((left - MARGIN.left) / step()), 0), moments.length - 1),

    /** Makes it so wide; returns whether it has been another width. */
    resize(to) {
      if (to === width || to < 60) return false;
      width = to;
      svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
      return true;
    },

    draw(distances, found, theme) {
      if (!width) return;
      const most = Math.min(MOST, Math.max(10, ...distances.flatMap((each) => (each ? [...each] : []))));
      const y = (value) => bottom - (bottom - MARGIN.top) * Math.min(1, value / most);
      const made = [];
      const add = (...args) => made.push(drawn(...args));
      if (found && found.place > 0) {
        const from = x(found.place - 0.5);
        add("rect", { x: from, y: MARGIN.top, width: width - MARGIN.right + 8 - from, height: bottom - MARGIN.top, fill: theme.accent, opacity: 0.08 });
        add("path", { d: `M${from} ${MARGIN.top}V${bottom + 24}`, stroke: theme.accent, "stroke-width": 1.5, fill: "none", class: "since" });
      }
      add("path", { d: `M${MARGIN.left} ${bottom}H${width - MARGIN.right}`, stroke: theme.edge, fill: "none" });
      add("text", { x: MARGIN.left, y: 11, class: "tick" }, t("distance to each digit\u2019s code"));
      add("text", { x: MARGIN.left - 8, y: MARGIN.top + 9, "text-anchor": "end", class: "tick" }, number(most));
      add("text", { x: MARGIN.left - 8, y: bottom, "text-anchor": "end", class: "tick" }, number(0));
      const order = classes.map((_, digit) => digit).sort((a, b) => (a === found?.digit) - (b === found?.digit));
      for (const digit of order) {
        const is = digit === found?.digit;
        add("path", {
          d: pathOf(distances, digit, x, y),
          stroke: is ? theme.accent : theme.text,
          "stroke-width": is ? 2.5 : 1,
          opacity: is ? 1 : 0.55,
          fill: "none",
        });
      }
      const last = distances.findLastIndex(Boolean);
      if (last >= 0) {
        for (const { digit, at } of spread(distances[last], y, bottom)) {
          const is = digit === found?.digit;
          add("text", { x: x(last) + 7, y: at + 4, class: is ? "nearest" : "tick", fill: is ? theme.accent : "" }, classes[digit]);
        }
      }
      distances.forEach((each, place) => {
        const answer = each ? classes[smallestOf(each)] ?? "?" : "\u00b7";
        const is = each && smallestOf(each) === found?.digit;
        add("text", { x: x(place), y: bottom + 18, "text-anchor": "middle", class: is ? "same" : "answer" }, answer);
      });
      ticks(add);
      lines.replaceChildren(...made);
    },

    /** Marks where the sliders are. */
    point(places, theme) {
      if (!width) return;
      cursors.replaceChildren(
        ...places.flatMap((place) => [
          drawn("path", { d: `M${x(place)} ${MARGIN.top}V${bottom + 24}`, stroke: theme.text, "stroke-width": 1, fill: "none" }),
          drawn("path", { d: `M${x(place) - 5} ${MARGIN.top - 7}h10l-5 7z`, fill: theme.text }),
        ]),
      );
    },
  };

  function ticks(add) {
    let free = -Infinity;
    moments.forEach(({ patterns }, place) => {
      const at = x(place);
      const whole = patterns >= 0.995 * digits;
      if (at < free) return;
      free = at + LEAST_FOR_TICK;
      const text = whole ? t("pass {pass}", { pass: passOf(patterns, digits) }) : number(patterns);
      add("text", { x: at, y: bottom + 36, "text-anchor": "middle", class: "tick" }, text);
    });
    add("text", { x: MARGIN.left, y: HEIGHT - 6, class: "tick" }, t("digits learned from"));
  }
}

// Lines over what is known, and nothing across what is not.
function pathOf(distances, digit, x, y) {
  let path = "";
  let drawing = false;
  distances.forEach((each, place) => {
    const known = each && Number.isFinite(each[digit]);
    if (known) path += `${drawing ? "L" : "M"}${x(place).toFixed(1)} ${y(each[digit]).toFixed(1)}`;
    drawing = known;
  });
  return path;
}

/** The digits at the ends of their lines, `at` so far down, moved apart where they would overlap. */
export function spread(last, y, bottom) {
  const found = Array.from(last, (value, digit) => ({ digit, at: y(value) })).sort((a, b) => b.at - a.at);
  let free = bottom;
  for (const one of found) {
    one.at = Math.min(one.at, free);
    free = one.at - LEAST_APART;
  }
  // What was moved beyond the top goes down again, and takes those below it along.
  free = MARGIN.top;
  for (const one of found.toReversed()) {
    one.at = Math.max(one.at, free);
    free = one.at + LEAST_APART;
  }
  return found;
}
