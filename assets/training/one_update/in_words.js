// Numbers of very different sizes, as one reads them.

import { number } from "../../shared/words.js";

const DIGITS = 3; // that say something
const MOST = 9; // decimals

/** How many decimals a number of that size needs. */
export function decimalsFor(size, digits = DIGITS) {
  if (!(size > 0)) return digits - 1;
  return Math.min(Math.max(digits - 1 - Math.floor(Math.log10(size)), 0), MOST);
}

const TINY = 1e-3; // smaller ones are written with a power of ten
const RAISED = { "-": "\u207b", 0: "\u2070", 1: "\u00b9", 2: "\u00b2", 3: "\u00b3", 4: "\u2074", 5: "\u2075", 6: "\u2076", 7: "\u2077", 8: "\u2078", 9: "\u2079" };

/** The power of ten that numbers up to that size are written with; 0 for none. */
export const exponentFor = (size) => (size > 0 && size < TINY ? Math.floor(Math.log10(size)) : 0);

/** A number with so many decimals, in units of that power of ten. */
export function withExponent(value, exponent, decimals, { signed = false } = {}) {
  const written = number(value / 10 ** exponent, decimals, { signed });
  if (!exponent) return written;
  return `${written}\u00d710${[...String(exponent)].map((letter) => RAISED[letter]).join("")}`;
}

/** A number with three digits that say something, however small; a plus before what is positive. */
export function small(value, { signed = false } = {}) {
  const exponent = exponentFor(Math.abs(value));
  return withExponent(value, exponent, decimalsFor(Math.abs(value) / 10 ** exponent), { signed });
}
