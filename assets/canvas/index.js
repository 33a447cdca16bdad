// What belongs to the drawing canvas and not to its component: the pen, and the colour of paper.
//
// `mount(component)` is called by the loader on every change of theme.

import { isDark } from "../shared/theme.js";
import { listen } from "./pen.js";

const pens = new WeakMap();

export function mount({ parentElement, header }) {
  document.documentElement.dataset.paper = isDark(parentElement.host ?? parentElement) ? "dark" : "light";
  if (!pens.has(parentElement)) {
    pens.set(parentElement, listen(header.canvas, { moved() {}, ended() {} }));
  }
  return () => {
    pens.get(parentElement)?.stop();
    pens.delete(parentElement);
  };
}
