// Which moments are shown. They stand in the address by the patterns that were learned from by then.

import { keep } from "../../shared/address.js";

const MOMENT = "moment";
const BESIDE = "beside";

/** { first, second } places of the moments that an address asks for; null for none. */
export function readState(search, moments) {
  const asked = new URLSearchParams(search);
  return { first: placeOf(asked.get(MOMENT), moments), second: placeOf(asked.get(BESIDE), moments) };
}

/** By their names in the address the texts that say the same; null for what is as at first. */
export function written({ first, second }, moments) {
  return {
    [MOMENT]: first === null || first === moments.length - 1 ? null : String(moments[first].patterns),
    [BESIDE]: second === null ? null : String(moments[second].patterns),
  };
}

/** Puts it into the address, or with null takes it out. */
export function keepState(state, moments) {
  const texts = written(state ?? { first: null, second: null }, moments);
  for (const [name, text] of Object.entries(texts)) keep(name, text);
}

// The moment nearest to that many patterns, which may be one of another run.
function placeOf(text, moments) {
  if (!/^\d{1,12}$/.test(text ?? "")) return null;
  return nearestTo(Number(text), moments);
}

/** The place of the moment nearest to that many patterns. */
export function nearestTo(patterns, moments) {
  const away = ({ patterns: there }) => Math.abs(Math.log((there + 100) / (patterns + 100)));
  return moments.reduce((best, one, place) => (away(one) < away(moments[best]) ? place : best), 0);
}
