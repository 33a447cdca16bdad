// What belongs to the drawing canvas and not to its component: the pen, the keyboard's cursor, and
// the colour of paper.
//
// `mount(component, bundle)` is called by the loader on every change of theme.

import { onceThere, shadowRootIn } from "../shared/on_page.js";
import { isDark } from "../shared/theme.js";
import { listen } from "./pen.js";

const pens = new WeakMap(); // what ends each

export function mount({ parentElement, header }, bundle) {
  document.documentElement.dataset.paper = isDark(parentElement.host ?? parentElement) ? "dark" : "light";
  if (!pens.has(parentElement)) {
    const pen = listen(header.canvas, { moved() {}, ended() {} });
    const waiting = new AbortController();
    styleCursor(header.canvas, bundle.cursorStyle, waiting.signal);
    pens.set(parentElement, () => {
      pen.stop();
      waiting.abort();
    });
  }
  return () => {
    pens.get(parentElement)?.();
    pens.delete(parentElement);
  };
}

function styleCursor(key, text, signal) {
  const style = Object.assign(document.createElement("style"), { textContent: text });
  const place = () => shadowRootIn(key)?.querySelector(".cursor-place");
  onceThere(place, (found) => found.append(style), signal);
}
