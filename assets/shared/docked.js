// What stands at the lower edge of the window: the page ends above it.

// See assets/page.css and assets/presented.css.
const HEIGHT = "--docked";
const DOCKED = "docked";
let reserved = 0;

/**
 * Has the page end so many CSS pixels above the lower edge, and pictures that fill the window leave
 * `room` there, which changes less often than the height of what is docked.
 */
export function setDocked(height, room = height) {
  const { dataset, style } = document.documentElement;
  style.setProperty(HEIGHT, `${height}px`);
  if (height) dataset[DOCKED] = "";
  else delete dataset[DOCKED];
  if (room === reserved) return;
  reserved = room;
  window.dispatchEvent(new Event("resize"));
}

/** The CSS pixels of the window's height that pictures can fill. */
export const roomHeight = () => window.innerHeight - reserved;
