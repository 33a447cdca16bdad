// Presenter mode: the page for a room. Its text and its units are large, and Streamlit's own parts
// are gone. Style sheets know it by an attribute of the document, and its size by a variable.

const CHANGED = "lenet-presenting";
const MODE = "presenting";
const SIZE = "--presented";
const LEAST = [1000, 500]; // CSS pixels of a window that can be presented, either way
const USUAL = [1280, 720]; // of one that shows everything in its least size

/** How many times the least size everything has; 0 where nothing is presented. */
export function timesPresented() {
  const { innerWidth: width, innerHeight: height } = window;
  if (!(MODE in document.documentElement.dataset)) return 0;
  return Math.max(1, Math.min(width / USUAL[0], height / USUAL[1]));
}

/** Begins or ends presenter mode; a window that is too small for it is shown as always. */
export function present(on) {
  const { dataset, style } = document.documentElement;
  const before = JSON.stringify([dataset[MODE], style.getPropertyValue(SIZE)]);
  if (on && window.innerWidth >= LEAST[0] && window.innerHeight >= LEAST[1]) dataset[MODE] = "";
  else delete dataset[MODE];
  style.setProperty(SIZE, String(timesPresented() || 1));
  if (JSON.stringify([dataset[MODE], style.getPropertyValue(SIZE)]) === before) return;
  window.dispatchEvent(new Event(CHANGED));
}

/** Calls `changed` whenever presenter mode begins, ends, or has another size. */
export function whenPresented(changed, signal) {
  window.addEventListener(CHANGED, changed, { signal });
}
