// What a training is: the network, the method and its numbers. It stands in the page's address, so
// that whoever opens a link trains the same network, and comes back with the visitor.

import { number, t } from "../../shared/words.js";

export const METHODS = ["1998", "sgd", "adam"];
export const LOSSES = ["map", "mle"];
export const SPEEDS = [1, 10, 100, Infinity]; // patterns a second at most

/** { least, most, first } of every number; those that are `whole` have no decimals. */
export const NUMBERS = {
  step: { least: 1e-6, most: 100, first: 0.4 },
  rubbish: { least: 0, most: 200, first: 20 },
  batch: { least: 1, most: 256, first: 1, whole: true },
  digits: { least: 10, most: 60_000, first: 4000, whole: true },
  seed: { least: 0, most: 999_999, first: 0, whole: true },
};
const GOAL = { least: 1, most: 10_000_000, whole: true };

/** The step size to begin with: 1998's is a scale of the printed ones, the others are learning rates. */
export const FIRST_STEP = { 1998: 0.4, sgd: 0.002, adam: 0.001 };

/** The settings to begin with. */
export const FIRST = Object.freeze({
  network: "lenet5",
  method: "1998",
  step: FIRST_STEP[1998],
  loss: "mle",
  rubbish: NUMBERS.rubbish.first,
  batch: NUMBERS.batch.first,
  distortions: false,
  digits: NUMBERS.digits.first,
  seed: NUMBERS.seed.first,
});

const ADDRESS = "own_"; // before each name, apart from what other pages have there
const GOAL_NAME = "own_patterns";
const WORDS = {
  network: () => t("network"),
  method: () => t("method"),
  step: () => t("step size"),
  loss: () => t("loss"),
  rubbish: () => t("j of the loss"),
  batch: () => t("batch"),
  distortions: () => t("distortions"),
  digits: () => t("number of digits"),
  seed: () => t("seed"),
  patterns: () => t("number of patterns"),
};
const SHOWN = 20; // characters of what an address asks for

/** The nearest possible value of a number, or null for what is none. */
export function nearest({ least, most, whole }, value) {
  if (!Number.isFinite(value)) return null;
  const within = Math.min(Math.max(value, least), most);
  return whole ? Math.round(within) : within;
}

/**
 * { settings, goal, faults } of the part of an address after its question mark. `goal` is the
 * number of patterns after which a linked training is done, or null; `faults` are sentences about
 * what is impossible, each of which is replaced. `networks` are the names that there are.
 */
export function readSettings(search, networks) {
  const asked = new URLSearchParams(search);
  const settings = { ...FIRST };
  const faults = [];
  const replace = (name, text, used) => {
    const words = { name: WORDS[name](), asked: text.slice(0, SHOWN), used };
    faults.push(t("The link asks for an impossible {name}, {asked}; {used} is used instead.", words));
  };
  const oneOf = (name, known) => {
    const text = asked.get(ADDRESS + name);
    if (text === null) return;
    if (known.includes(text)) settings[name] = text;
    else replace(name, text, settings[name]);
  };
  const numberOf = (name, bounds, otherwise) => {
    const text = asked.get(ADDRESS + name);
    if (text === null) return otherwise;
    const value = text.trim() === "" ? NaN : Number(text);
    const found = nearest(bounds, value) ?? otherwise;
    if (found !== value) replace(name, text, found === null ? t("none") : inWords(found));
    return found;
  };
  oneOf("network", networks);
  oneOf("method", METHODS);
  oneOf("loss", LOSSES);
  settings.step = FIRST_STEP[settings.method];
  for (const [name, bounds] of Object.entries(NUMBERS)) {
    settings[name] = numberOf(name, bounds, settings[name]);
  }
  const distorted = asked.get(`${ADDRESS}distortions`);
  settings.distortions = distorted === "1";
  if (![null, "0", "1"].includes(distorted)) replace("distortions", distorted, "0");
  return { settings, goal: numberOf("patterns", GOAL, null), faults };
}

/** By their names in the address the texts that say the same; null for what is as at first. */
export function written(settings, goal = null) {
  const first = { ...FIRST, step: FIRST_STEP[settings.method] };
  const texts = { [GOAL_NAME]: goal === null ? null : String(goal) };
  for (const [name, value] of Object.entries(settings)) {
    const text = typeof value === "boolean" ? String(Number(value)) : String(value);
    texts[ADDRESS + name] = value === first[name] ? null : text;
  }
  return texts;
}

/** The same names, all left out. */
export const unwritten = () =>
  Object.fromEntries(Object.keys(written(FIRST)).map((name) => [name, null]));

/** The whole address of a link to a training of so many patterns, with the drawing that `address` has. */
export function linkTo(address, settings, goal) {
  const link = new URL(address);
  for (const [name, text] of Object.entries(written(settings, goal))) {
    if (text === null) link.searchParams.delete(name);
    else link.searchParams.set(name, text);
  }
  return link.href;
}

/** Whether both begin with the same weights: others need a new start. */
export const sameStart = (one, other) => one.network === other.network && one.seed === other.seed;

/** A number with as many decimals as it has, but not more than six. */
export function inWords(value) {
  const decimals = Number.isInteger(value) ? 0 : Math.min(6, (String(value).split(".")[1] ?? "000000").length);
  return number(value, decimals);
}
