// When it was learned: the distances of one drawing at every moment that is here.

/** The place of the smallest of these, or -1 where none is a number. */
export function smallestOf(penalties) {
  let found = -1;
  for (let i = 0; i < penalties.length; i++) {
    if (penalties[i] < (found < 0 ? Infinity : penalties[found])) found = i;
  }
  return found;
}

/**
 * What `count` moments make of one input: `want(input)` begins anew, and `work(network, budget)`
 * goes on for so many milliseconds, `network(place)` being { run } or null, as soon as it is here.
 */
export function makeLearned(count, now = () => performance.now()) {
  let input = null;
  let distances = [];

  return {
    want(next) {
      input = next;
      distances = Array.from({ length: count }, () => null);
    },
    /** By place the ten distances, or null where they are not known. */
    distances: () => distances,
    /** Whether there is more to do, with networks that are here. */
    work(network, budget) {
      if (!input) return false;
      const until = now() + budget;
      for (let place = 0; place < count; place++) {
        const here = !distances[place] && network(place);
        if (!here) continue;
        if (now() >= until) return true;
        distances[place] = here.run(input).output.slice();
      }
      return false;
    },
  };
}

/**
 * From which moment on the answer stays the same: { digit, place, known }, `place` being the first
 * of those at the end that read the same, and `known` how many moments are known; or null for none.
 */
export function settled(distances) {
  const answers = distances.map((each) => each && smallestOf(each));
  const known = answers.filter((answer) => answer !== null);
  if (!known.length) return null;
  const digit = known.at(-1);
  let place = -1;
  for (let i = answers.length - 1; i >= 0; i--) {
    if (answers[i] === null) continue;
    if (answers[i] !== digit) break;
    place = i;
  }
  return { digit, place, known: known.length };
}
