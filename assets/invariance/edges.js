// Where an answer breaks: how far a disturbance may go until the digit is another.

import { t } from "../shared/words.js";
import { DISTURBANCES } from "./disturbances.js";

/**
 * { first, last }: the answers around the place `at` that are all `digit`, by their numbers; null
 * if the one there is another.
 */
export function reach(answers, digit, at) {
  if (answers[at] !== digit) return null;
  let first = at;
  let last = at;
  while (first > 0 && answers[first - 1] === digit) first--;
  while (last < answers.length - 1 && answers[last + 1] === digit) last++;
  return { first, last };
}

/** Runs of equal answers: { answer, first, last }. */
export function stretches(answers) {
  const found = [];
  for (const [i, answer] of [...answers].entries()) {
    const before = found.at(-1);
    if (before?.answer === answer) before.last = i;
    else found.push({ answer, first: i, last: i });
  }
  return found;
}

/** The same as a sentence: what `network` reads as the digit `digit`, and how far. */
export function edgesInWords(network, digit, name, values, found, at) {
  const { text } = DISTURBANCES[name];
  if (!found) {
    const words = { network, digit, value: text(values[at]) };
    return t("{network} does not read this as {digit} at {value}.", words);
  }
  const words = { network, digit, low: text(values[found.first]), high: text(values[found.last]) };
  const opens = found.first === 0;
  const ends = found.last === values.length - 1;
  if (opens && ends) return t("{network} reads it as {digit} all the way from {low} to {high}.", words);
  if (opens) return t("{network} reads it as {digit} from {low}, where the curve begins, to {high}.", words);
  if (ends) return t("{network} reads it as {digit} from {low} to {high}, where the curve ends.", words);
  return t("{network} reads it as {digit} from {low} to {high}.", words);
}

/**
 * The areas of equal answers on a map of `side` answers a row, those of fewer than `least` left
 * out: { answer, row, column } with the cell of each that is nearest to its middle.
 */
export function areas(answers, side, least) {
  const seen = new Uint8Array(answers.length);
  const found = [];
  for (let start = 0; start < answers.length; start++) {
    if (seen[start]) continue;
    const answer = answers[start];
    const cells = [];
    const waiting = [start];
    seen[start] = 1;
    while (waiting.length) {
      const cell = waiting.pop();
      cells.push(cell);
      const column = cell % side;
      const beside = [cell - side, cell + side, column ? cell - 1 : -1, column < side - 1 ? cell + 1 : -1];
      for (const next of beside) {
        if (next < 0 || next >= answers.length || seen[next] || answers[next] !== answer) continue;
        seen[next] = 1;
        waiting.push(next);
      }
    }
    if (cells.length < least) continue;
    const middle = (of) => cells.reduce((sum, cell) => sum + of(cell), 0) / cells.length;
    const rowOf = (cell) => Math.floor(cell / side);
    const columnOf = (cell) => cell % side;
    const [row, column] = [middle(rowOf), middle(columnOf)];
    const away = (cell) => (rowOf(cell) - row) ** 2 + (columnOf(cell) - column) ** 2;
    const nearest = cells.reduce((best, cell) => (away(cell) < away(best) ? cell : best));
    found.push({ answer, row: rowOf(nearest), column: columnOf(nearest) });
  }
  return found;
}
