// The output column: a bar for each class, whose length is its distance or penalty, and where the
// outputs are distances a line beyond which nothing is a digit.

import { number, t } from "../shared/words.js";

// What the longest bar stands for. It is always the same, so that the line stays where it is;
// what is longer is cut off, and only its number tells how much longer.
const LONGEST = { distance: 160, penalty: 10 };

const SHORTEST = 1.5; // CSS pixels; a bar can always be seen
const AROUND = 12; // CSS pixels by which the line is longer than the rows
const AFTER = 7; // CSS pixels from the end of a bar to its number

/**
 * What the column shows of penalties and the answer that they are, or null without ink.
 *
 * { rows: { length, cut, number, wins } for each class, beyond }: `length` in CSS pixels, `cut`
 * where the bar would be longer, `number` the place of its number, which the `line` never
 * crosses, `wins` for the class that is recognised; `beyond` where none is because the nearest
 * is beyond the line.
 */
export function columnOf(spec, layout, line, penalties, answer) {
  const longest = longestOf(spec);
  const rows = layout.outputs.map(({ digit, bar }) => {
    const length = Math.max(SHORTEST, Math.min(penalties[digit] / longest, 1) * bar.width);
    return {
      length,
      cut: penalties[digit] > longest,
      number: Math.max(bar.x + length, line?.x ?? 0) + AFTER,
      wins: answer !== null && answer.winner === digit,
    };
  });
  return { rows, beyond: Boolean(answer?.rejected) };
}

/** Where the line at the distance `rejection` stands: { x, top, bottom }; null without one. */
export function lineAt(spec, layout, rejection) {
  if (rejection === null || !spec.codes) return null;
  const [{ bar, centre: first }, { centre: second }] = layout.outputs;
  return {
    x: bar.x + Math.min(rejection / longestOf(spec), 1) * bar.width,
    top: first - AROUND,
    bottom: layout.outputs.at(-1).centre + Math.min(AROUND, 0.6 * (second - first)), // not into the legend
  };
}

/** Writes the classes and the line; returns a function that writes new penalties. */
export function writeOutputs(parent, spec, layout, rejection) {
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
  const line = lineAt(spec, layout, rejection);
  if (line) {
    const { x, top, bottom } = line;
    const made = element("rejection", parent);
    made.style.transform = `translate(${x}px, ${top}px)`;
    made.style.height = `${bottom - top}px`;
    const said = element("", made, t("no digit beyond {distance}", { distance: number(rejection, 2) }));
    const atTheEnd = layout.width - x - said.offsetWidth;
    said.style.left = `${layout.classes.includes("narrow") ? atTheEnd : Math.min(0, atTheEnd)}px`;
  }
  return (penalties, answer) => {
    const column = columnOf(spec, layout, line, penalties, answer);
    parent.classList.toggle("beyond", column.beyond);
    column.rows.forEach(({ length, cut, number: place, wins }, n) => {
      const { row, bar, value, output } = rows[n];
      bar.style.width = `${length}px`;
      bar.classList.toggle("cut", cut);
      value.style.left = `${place}px`;
      value.textContent = number(penalties[output.digit], 2);
      row.classList.toggle("nearest", wins);
    });
  };
}

const longestOf = (spec) => (spec.codes ? LONGEST.distance : LONGEST.penalty);

function element(name, parent, text = "") {
  const made = document.createElement("div");
  made.className = name;
  made.textContent = text;
  parent.append(made);
  return made;
}
