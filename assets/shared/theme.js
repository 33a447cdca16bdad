// The page's colours: the palette of its theme, or while it is printed that of paper.

import { makeScale } from "./scale.js";

const PRINT = matchMedia("print");

/**
 * { accent, edge, page, scale, behindText } of the theme that applies to `element`; the last is
 * how much of a value's colour may stand behind letters.
 */
export function readTheme(element, palettes) {
  const { colorScheme } = getComputedStyle(element);
  const name = PRINT.matches ? "print" : colorScheme === "dark" ? "dark" : "light";
  const palette = palettes[name];
  return {
    accent: palette.accent,
    page: palette.page,
    edge: name === "dark" ? "rgb(255 255 255 / 0.16)" : "rgb(0 0 0 / 0.14)",
    scale: makeScale(palette),
    behindText: palette.behind_text,
  };
}

/** Has `repaint` called as the page goes to the printer, and back; returns what ends that. */
export function whenPrinted(repaint) {
  PRINT.addEventListener("change", repaint);
  return () => PRINT.removeEventListener("change", repaint);
}
