// What is set on the page: the disturbance, which of them the curves run over, and the right answer.
// It stands in the address, and comes back with the visitor from another page.

import { NOTHING } from "../engine/disturb.js";
import { keep } from "../shared/address.js";
import { NAMES, within } from "./disturbances.js";

const CURVE = "curve";
const RIGHT_ANSWER = "right_answer";
const SEED = "seed";
const FIRST_CURVE = "turn";
const MOST_SEEDS = 1000;

/** What the page starts with: { disturbance, curve, digit }; `digit` is null where it is not chosen. */
export const untouched = () => ({ disturbance: { ...NOTHING }, curve: FIRST_CURVE, digit: null });

/** What the part of an address after its question mark says; what there is none of is left out. */
export function readState(search) {
  const asked = new URLSearchParams(search);
  const state = untouched();
  for (const name of NAMES) {
    if (asked.has(name)) state.disturbance[name] = within(name, Number.parseFloat(asked.get(name)));
  }
  const seed = Number(asked.get(SEED));
  if (Number.isInteger(seed) && seed > 0 && seed < MOST_SEEDS) state.disturbance.seed = seed;
  if (NAMES.includes(asked.get(CURVE))) state.curve = asked.get(CURVE);
  if (/^[0-9]$/.test(asked.get(RIGHT_ANSWER) ?? "")) state.digit = Number(asked.get(RIGHT_ANSWER));
  return state;
}

/** By their names in the address the texts that say the same; null for what is as at first. */
export function written({ disturbance, curve, digit }) {
  const first = untouched();
  const texts = {
    [CURVE]: curve === first.curve ? null : curve,
    [RIGHT_ANSWER]: digit === null ? null : String(digit),
  };
  for (const name of [...NAMES, SEED]) {
    const value = Number(disturbance[name].toFixed(3));
    texts[name] = value === NOTHING[name] ? null : String(value);
  }
  return texts;
}

/** Puts it into the address, or with null takes it out. */
export function keepState(state) {
  for (const [name, text] of Object.entries(written(state ?? untouched()))) keep(name, text);
}

/** Another noise of the same strength. */
export const otherSeed = (seed) => (seed + 1) % MOST_SEEDS;
