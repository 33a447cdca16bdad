// The moments of a run: each comes when it is wanted, and one by one the others while nothing else
// is to be done, those next to what is shown first.

/**
 * Moments of a run, `moments` = [{ address, ... }]: `load(address)` promises what is made of one.
 *
 * `arrived(place)` is called for each that has come, `failed(place)` for one that was wanted and did
 * not come; `idle(step)` calls when there is time.
 */
export function makeMoments(moments, { load, arrived, failed, idle }) {
  const made = moments.map(() => null);
  const coming = new Map(); // place -> promise
  const broken = new Set(); // asked for in vain, and not again unless it is wanted
  let middle = 0;
  let stopped = false;
  let ahead = false;

  const fetchOne = (place) => {
    if (!coming.has(place)) {
      const promise = load(moments[place].address).then(
        (network) => {
          made[place] = network;
          broken.delete(place);
          if (!stopped) arrived(place);
        },
        () => broken.add(place),
      );
      coming.set(place, promise.finally(() => coming.delete(place)));
    }
    return coming.get(place);
  };

  // The next one that is not here: one at a time, so that what is wanted never waits behind others.
  const goOn = () => {
    ahead = false;
    if (stopped || coming.size) return;
    const missing = nearestFirst(moments.length, middle).find((place) => !made[place] && !broken.has(place));
    if (missing !== undefined) fetchOne(missing).then(aheadOfTime);
  };
  const aheadOfTime = () => {
    if (ahead || stopped) return;
    ahead = true;
    idle(goOn);
  };

  return {
    /** What was made of a moment, or null while it is not here. */
    at: (place) => made[place],
    /** How many are here. */
    count: () => made.filter(Boolean).length,
    /** Has it come, if it is not here. */
    want(place) {
      middle = place;
      if (made[place]) aheadOfTime();
      else
        fetchOne(place).then(() => {
          if (!made[place] && !stopped) failed(place);
          aheadOfTime();
        });
    },
    stop() {
      stopped = true;
    },
  };
}

/** All places up to `count`, by how far they are from `middle`; later ones first. */
export function nearestFirst(count, middle) {
  const away = (place) => 2 * Math.abs(place - middle) - (place > middle ? 1 : 0);
  return Array.from({ length: count }, (_, place) => place).sort((a, b) => away(a) - away(b));
}
