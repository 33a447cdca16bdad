// Texts and numbers in the language of the page; the browser's twin of lenet/catalogue.py.
//
// A text is looked up by its English wording, and its {named} placeholders are filled in
// afterwards, so that a translation can move them.

import { pluralRule } from "./plural.js";

const MINUS = "\u2212"; // the real one, as wide as a plus

/** The language in which the texts are written in the code. */
export const SOURCE = { language: "en", messages: {}, plural: "n != 1", symbols: [".", ","], percent: "%" };

let { messages, symbols, percent: percentSign } = SOURCE;
let formOf = pluralRule(SOURCE.plural);

/**
 * What Python says of the page's language: `messages` from an English text to its translation (for
 * a text with a plural, the list of its forms), `plural`, the rule that counts these forms, the
 * decimal mark with the thousands separator as `symbols`, and what follows a number of percent.
 */
export function setLanguage(said) {
  ({ messages, symbols, percent: percentSign } = said);
  formOf = pluralRule(said.plural);
}

/** The text in the page's language with its placeholders filled: t("Map {map}", { map: 3 }). */
export function t(text, values = {}) {
  const found = messages[text] ?? text;
  return filled(Array.isArray(found) ? found[formOf(1)] : found, values);
}

/** Words, names or numbers one after the other, with what stands between them. */
export const asList = (items) =>
  items.length ? items.reduce((first, second) => t("{first}, {second}", { first, second })) : "";

/** The wording that goes with a whole number: `one` or `many` in English. */
export function tn(one, many, count, values = {}) {
  const forms = messages[one];
  if (Array.isArray(forms)) return filled(forms[formOf(count)], values);
  return filled(count === 1 ? one : many, values);
}

/**
 * A number with so many decimals: thousands grouped, a real minus, and with `signed` a plus
 * before numbers that are not negative.
 */
export function number(value, decimals = 0, { signed = false } = {}) {
  const [decimal, group] = symbols;
  const [whole, rest] = rounded(Math.abs(value), decimals).split(".");
  const negative = value < 0 || Object.is(value, -0);
  const sign = negative ? MINUS : signed ? "+" : "";
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return sign + (rest ? grouped + decimal + rest : grouped);
}

/** A share of 1 in percent: percent(0.125, 1) is "12.5%" in English. */
export function percent(share, decimals = 0) {
  return number(100 * share, decimals) + percentSign;
}

// Like toFixed, but halves go to the even digit, as they do in Python. A value lies exactly
// between two steps only if it is an odd multiple of a power of two, and that can be asked exactly.
function rounded(size, decimals) {
  const text = size.toFixed(decimals);
  const half = Math.abs((size * 2 ** (decimals + 1)) % 2) === 1;
  const last = Number(text.at(-1));
  return half && last % 2 ? text.slice(0, -1) + (last - 1) : text;
}

const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? String(values[name]) : hole));
