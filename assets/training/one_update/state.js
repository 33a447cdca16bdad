// What one looks at: it stands in the page's address, and comes back with the visitor.

import { keep } from "../../shared/address.js";

const NAMES = { label: "update_digit", weights: "update_weights", method: "update_method", loss: "update_loss", pin: "update_at" };
const CHOICES = { weights: ["network", "untrained"], method: ["1998", "sgd"], loss: ["mle", "map"] };

/** The factor of 1998's printed rates, and the learning rate, to begin with. */
export const FIRST_STEP = { 1998: 0.4, sgd: 0.001 };

export const FIRST = Object.freeze({ label: null, weights: "network", method: "1998", loss: "mle", pin: null });

/** The state that an address asks for; what is impossible is as at first. */
export function readState(search) {
  const asked = new URLSearchParams(search);
  const state = { ...FIRST };
  for (const [name, possible] of Object.entries(CHOICES)) {
    const text = asked.get(NAMES[name]);
    if (possible.includes(text)) state[name] = text;
  }
  if (/^\d$/.test(asked.get(NAMES.label) ?? "")) state.label = Number(asked.get(NAMES.label));
  const pin = /^(unit|weight)\.([a-z]\d{1,2})\.(\d{1,6})$/.exec(asked.get(NAMES.pin) ?? "");
  if (pin) state.pin = { what: pin[1], key: pin[2], i: Number(pin[3]) };
  return state;
}

/** By their names in the address the texts that say the same; null for what is as at first. */
export function written(state) {
  const pin = state.pin && `${state.pin.what}.${state.pin.key}.${state.pin.i}`;
  const texts = { [NAMES.label]: state.label === null ? null : String(state.label), [NAMES.pin]: pin };
  for (const name of Object.keys(CHOICES)) {
    texts[NAMES[name]] = state[name] === FIRST[name] ? null : state[name];
  }
  return texts;
}

/** Puts it into the address, or with null takes it out. */
export function keepState(state) {
  for (const [name, text] of Object.entries(written(state ?? FIRST))) keep(name, text);
}
