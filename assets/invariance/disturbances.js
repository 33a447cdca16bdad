// The disturbances as the page offers them: their sliders, what their curves run over, their maps.

import { NOTHING } from "../engine/disturb.js";
import { number, percent, t } from "../shared/words.js";

const signed = (value) => number(value, decimalsOf(value), { signed: value !== 0 });
const pixels = (value) => t("{pixels} px", { pixels: signed(value) });
const degrees = (value) => t("{degrees}°", { degrees: signed(value) });
const times = (value) => t("× {factor}", { factor: number(value, 2) });

// As many as a quarter of a pixel needs, and none where there are none.
const decimalsOf = (value) => [0, 1, 2].find((n) => Number.isInteger(value * 10 ** n)) ?? 2;

/**
 * By name: `low` and `high`, the `step` of its slider, and `points`, into how many steps its curve
 * is divided. Factors are `log`: their sliders and curves go by logarithms, and so does `step`.
 */
export const DISTURBANCES = {
  right: { title: () => t("Shift right"), low: -14, high: 14, step: 0.25, points: 56, text: pixels },
  down: { title: () => t("Shift down"), low: -14, high: 14, step: 0.25, points: 56, text: pixels },
  turn: { title: () => t("Turn clockwise"), low: -90, high: 90, step: 1, points: 90, text: degrees },
  scale: { title: () => t("Scale"), low: 0.4, high: 2.5, step: 0.01, points: 60, text: times, log: true },
  squeeze: { title: () => t("Squeeze"), low: 0.5, high: 2, step: 0.01, points: 60, text: times, log: true },
  stroke: { title: () => t("Stroke width"), low: -2, high: 6, step: 0.25, points: 64, text: pixels },
  noise: { title: () => t("Noise"), low: 0, high: 0.5, step: 0.01, points: 50, text: (value) => percent(value) },
};

export const NAMES = Object.keys(DISTURBANCES);

/** From a value to the place of its slider, and back. */
export const placeOf = (name, value) => (DISTURBANCES[name].log ? Math.log(value) : value);
export const valueAt = (name, place) => (DISTURBANCES[name].log ? Math.exp(place) : place);

/** `count` + 1 values from one end to the other; the one that changes nothing is exactly that. */
export function valuesOf(name, count = DISTURBANCES[name].points, { low, high } = DISTURBANCES[name]) {
  const [first, last] = [placeOf(name, low), placeOf(name, high)];
  return Array.from({ length: count + 1 }, (_, i) => {
    const value = valueAt(name, first + ((last - first) * i) / count);
    const rounded = Number(value.toFixed(6));
    return Math.abs(rounded - NOTHING[name]) < 1e-6 ? NOTHING[name] : rounded;
  });
}

const STEPS = 20; // of a map, so that it has 21 answers either way
const SHIFTS = { low: -10, high: 10 }; // half of a digit's height

/** The two maps: what changes from left to right, and from top to bottom. */
export const MAPS = [
  {
    key: "shifts",
    across: { name: "right", values: valuesOf("right", STEPS, SHIFTS) },
    down: { name: "down", values: valuesOf("down", STEPS, SHIFTS) },
  },
  {
    key: "turns",
    across: { name: "turn", values: valuesOf("turn", STEPS) },
    down: { name: "scale", values: valuesOf("scale", STEPS).reverse() }, // larger is further up
  },
];

/** A value as a slider may have it: within its ends, and none that is no number. */
export function within(name, value) {
  const { low, high } = DISTURBANCES[name];
  return Number.isFinite(value) ? Math.min(Math.max(value, low), high) : NOTHING[name];
}
