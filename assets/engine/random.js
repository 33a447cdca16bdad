// Random numbers that are the same in every browser: xoshiro128** by Blackman and Vigna (2018), in
// whole numbers of 32 bits alone.
//
// Its four words are the finaliser of MurmurHash3 of seed, stream and place, so that what is drawn
// for one purpose does not depend on how much another has drawn.

import { hashed } from "./disturb.js";

const WORD = 2 ** 32;

/** A generator { whole(), below(n), within(limit), state } for a seed and a stream, whole numbers. */
export function makeRandom(seed, stream) {
  const state = Uint32Array.from({ length: 4 }, (_, i) => hashed(seed, 4 * stream + i + 1));
  if (!state.some(Boolean)) state[0] = 1; // from zeros alone nothing but zeros would come

  const turned = (word, by) => (word << by) | (word >>> (32 - by));
  const whole = () => {
    const result = Math.imul(turned(Math.imul(state[1], 5), 7), 9) >>> 0;
    const moved = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= moved;
    state[3] = turned(state[3], 11);
    return result;
  };
  return {
    /** A whole number from 0 to below 2 ** 32. */
    whole,
    /** A whole number from 0 to below n. */
    below: (n) => Math.floor((whole() * n) / WORD),
    /** A number between -limit and limit. */
    within: (limit) => ((2 * whole() + 1) / WORD - 1) * limit,
    /** Four words of 32 bits; what is written into them is where it goes on. */
    state,
  };
}

/** The numbers 0 to count - 1 in a random order (Fisher and Yates). */
export function shuffled(count, random) {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = random.below(i + 1);
    const moved = order[i];
    order[i] = order[other];
    order[other] = moved;
  }
  return order;
}
