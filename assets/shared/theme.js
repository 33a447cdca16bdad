// The page's colours: the palette of its theme, or while it is printed that of paper.

import { makeScale } from "./scale.js";

const PRINT = matchMedia("print");
const FORCED = matchMedia("(forced-colors: active)");
const DARK = matchMedia("(prefers-color-scheme: dark)");
const SHADE = 0.7; // of the page's colour over what does not matter now

/**
 * { accent, edge, one, page, scale, shade, behindText, text } of the theme that applies to `element`, or with
 * `onPaper` of paper. `behindText` is how much of a value's colour may stand behind letters;
 * `shade` how much of the page's colour may lie over values: none on paper, where it would change
 * a value's grey.
 */
export function readTheme(element, palettes, { onPaper = PRINT.matches } = {}) {
  const name = onPaper ? "print" : isDark(element) ? "dark" : "light";
  const palette = palettes[name];
  return {
    accent: palette.accent,
    page: palette.page,
    one: palette.one,
    text: palette.text,
    edge: name === "dark" ? "rgb(255 255 255 / 0.16)" : "rgb(0 0 0 / 0.14)",
    scale: makeScale(palette),
    shade: onPaper ? 0 : SHADE,
    behindText: palette.behind_text,
  };
}

/** Whether the page is dark around `element`; where the system forces its colours, those decide. */
export const isDark = (element) =>
  FORCED.matches ? DARK.matches : getComputedStyle(element).colorScheme === "dark";

/** Has `repaint` called as the page goes to the printer, and back; returns what ends that. */
export function whenPrinted(repaint) {
  PRINT.addEventListener("change", repaint);
  return () => PRINT.removeEventListener("change", repaint);
}
