// Pictures that are drawn for the width they have, and anew for paper.

import { whenPrinted } from "./theme.js";

const ends = new WeakMap(); // of what keeps an element drawn

/**
 * Draws `root` now, whenever `widthOf()` has become another number of whole CSS pixels, and for the
 * printer; with no width there is nothing to draw. What kept `root` drawn before no longer does.
 * Returns what ends it.
 */
export function keepDrawn(root, widthOf, draw) {
  ends.get(root)?.();
  let drawnFor = 0;
  const drawAnew = () => {
    const width = Math.floor(widthOf());
    if (!width) return;
    drawnFor = width;
    draw(width);
  };
  const resized = new ResizeObserver(() => {
    if (Math.floor(widthOf()) !== drawnFor) drawAnew();
  });
  resized.observe(root);
  drawAnew();
  const printed = whenPrinted(drawAnew);
  const end = () => {
    resized.disconnect();
    printed();
  };
  ends.set(root, end);
  return end;
}
