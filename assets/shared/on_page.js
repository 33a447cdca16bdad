// How parts of the page find each other: by the key that Python gave a container, which
// Streamlit turns into a class. Components have shadow roots, so a selector alone is not enough.

/** The container of that key, or null. */
export const containerOf = (key) => document.querySelector(`.st-key-${key}`);

/** The shadow root of the component in that container, or undefined. */
export const shadowRootIn = (key) =>
  [...document.querySelectorAll(`.st-key-${key} *`)].find((node) => node.shadowRoot)?.shadowRoot;

/** Whether an event comes from inside of that container, shadow roots included. */
export const comesFrom = (event, key) =>
  event.composedPath().some((node) => node.classList?.contains(`st-key-${key}`));
