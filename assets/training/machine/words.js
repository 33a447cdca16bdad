// What a moment of a run is called.

import { number, t } from "../../shared/words.js";

/** The moment in words; `digits` are those of a pass. */
export function momentInWords({ patterns }, digits) {
  if (patterns === 0) return t("before learning");
  const words = { patterns: number(patterns), pass: passOf(patterns, digits) };
  if (patterns < 0.995 * digits) return t("after {patterns} digits", words);
  return t("after {patterns} digits, pass {pass}", words);
}

/** The passes that so many patterns are, with a decimal where they are not whole. */
export function passOf(patterns, digits) {
  const passes = patterns / digits;
  const whole = Math.abs(passes - Math.round(passes)) < 0.02;
  return number(passes, whole ? 0 : 1);
}

/** The test error of a moment in words. */
export const errorInWords = ({ error }) =>
  t("test error {error} %", { error: number(error, error < 10 ? 2 : 1) });
