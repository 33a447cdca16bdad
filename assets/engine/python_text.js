// Pieces of plain torch for "Copy as Python".

import { t } from "../shared/words.js";
import { sees } from "./geometry.js";
import { squashingOf } from "./squashing.js";

const WIDTH = 96; // characters, without the indentation

/** The last lines of every snippet. */
export const printed = ["print(value.item())"];

/** The lines that make a value of a total. */
export function squashing(spec, layer) {
  return [`value = ${squashingOf(layer)?.python(spec) ?? "total"}`];
}

/** The fewest digits that give the same float32 back. */
export function float32(value) {
  if (!Number.isFinite(value)) return value < 0 ? "-torch.inf" : "torch.inf";
  const meant = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === meant) return text;
  }
  return String(Number(value.toPrecision(9)));
}

/** A literal of one part of all terms: a picture's row on each line. */
export function tensor(terms, part) {
  const rows = (term, indent) =>
    Array.from({ length: term.rows }, (_, row) =>
      listed(term[part].slice(row * term.columns, (row + 1) * term.columns), indent),
    );
  if (terms.length === 1) return `torch.tensor([\n${rows(terms[0], "    ").join("")}])`;
  const each = terms.map((term) => `    [\n${rows(term, "        ").join("")}    ],\n`);
  return `torch.tensor([\n${each.join("")}])`;
}

/** A line with a comment behind it. */
export const noted = (line, comment) => [line, comment].join("  # ");

/** Where the numbers come from: "S2, maps: 0, 3, 4, 5; rows 4 to 8, columns 7 to 11". */
export function whatItReads(spec, { layer, unit }) {
  const before = spec.layers[spec.layers.indexOf(layer) - 1];
  const read = layer.reads[unit.map];
  const maps = read.length === before.maps ? t("all") : read.join(", ");
  if (before.size === 1) return t("{layer}, maps: {maps}", { layer: before.name, maps });
  const { row, column, height, width } = sees(spec, layer.key, unit.row, unit.column, before.key);
  return t("{layer}, maps: {maps}; rows {top} to {bottom}, columns {left} to {right}", {
    layer: before.name,
    maps,
    top: row,
    bottom: row + height - 1,
    left: column,
    right: column + width - 1,
  });
}

/** A list of numbers, on as many lines as it takes. */
export const list = (values) => `[\n    ${broken(values, "    ")}\n]`;

const listed = (values, indent) => `${indent}[${broken(values, `${indent} `)}],\n`;

// Numbers with commas between them, on a new line where the line gets too long.
function broken(values, indent) {
  const lines = [""];
  for (const text of Array.from(values, float32)) {
    const line = lines.at(-1);
    if (indent.length + line.length + text.length > WIDTH) lines.push(`${text}, `);
    else lines[lines.length - 1] = `${line}${text}, `;
  }
  return lines.map((line) => line.trimEnd()).join(`\n${indent}`).slice(0, -1);
}
