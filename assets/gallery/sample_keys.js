// The digits of the keyboard: each puts a sample of that digit on the canvas, the next with every
// press.

import { addShortcuts } from "../shared/keys.js";
import { number, t } from "../shared/words.js";

const DIGITS = [..."0123456789"];

const added = new WeakMap();
const latest = new WeakMap();

export function mount({ parentElement, setTriggerValue }) {
  latest.set(parentElement, setTriggerValue);
  if (!added.has(parentElement)) added.set(parentElement, add(parentElement));
  return () => {
    added.get(parentElement)?.();
    added.delete(parentElement);
  };
}

function add(parentElement) {
  const presses = DIGITS.map(() => 0);
  const act = (key) => {
    const digit = Number(key);
    latest.get(parentElement)("digit", { digit, press: presses[digit]++ });
  };
  const shown = [t("{first} \u2013 {last}", { first: number(0), last: number(9) })];
  const words = t("Take a handwritten sample of that digit; again for the next one");
  return addShortcuts([{ keys: DIGITS, shown, words, act, order: 10 }]);
}
