// What stands at the lower edge of the window: the page ends above it.

const HEIGHT = "--docked"; // see assets/page.css
let reserved = 0;

/**
 * Has the page end so many CSS pixels above the lower edge, and pictures that fill the window leave
 * `room` there, which changes less often than the height of what is docked.
 */
export function setDocked(height, room = height) {
  document.documentElement.style.setProperty(HEIGHT, `${height}px`);
  if (room === reserved) return;
  reserved = room;
  window.dispatchEvent(new Event("resize"));
}

/** The CSS pixels of the window's height that pictures can fill. */
export const roomHeight = () => window.innerHeight - reserved;
