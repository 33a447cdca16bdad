// How parts of the page find each other: by the key that Python gave a container, which
// Streamlit turns into a class. Components have shadow roots, so a selector alone is not enough.

const SOON_MS = 100; // to the next look for what is not there yet

/** The container of that key, or null. */
export const containerOf = (key) => document.querySelector(`.st-key-${key}`);

/**
 * What the container of that key holds: the shadow root of its component, or where it has none, as
 * in a page of one file, the container itself; null without a container.
 */
export function contentOf(key) {
  const nodes = [...document.querySelectorAll(`.st-key-${key} *`)];
  return nodes.find((node) => node.shadowRoot)?.shadowRoot ?? containerOf(key);
}

/** Calls `act` with what `find` finds, as soon as it finds something and unless `signal` is aborted. */
export function onceThere(find, act, signal) {
  if (signal.aborted) return;
  const found = find();
  if (found) act(found);
  else setTimeout(onceThere, SOON_MS, find, act, signal);
}

/** Whether what has that key belongs to the second of two drawings (pages/parts/drawing/canvas_state.py). */
export const isOfTheSecond = (key) => key.endsWith("_2");

/** Whether an event comes from inside of that container, shadow roots included. */
export const comesFrom = (event, key) =>
  event.composedPath().some((node) => node.classList?.contains(`st-key-${key}`));
