// What belongs to the drawing canvas and not to its component: the pen, the keyboard's cursor, and
// the colour of paper.
//
// `mount(component, bundle)` is called by the loader on every change of theme.

import { contentOf, isOfTheSecond, onceThere } from "../shared/on_page.js";
import { isDark } from "../shared/theme.js";
import { t } from "../shared/words.js";
import { listen } from "./pen.js";

const pens = new WeakMap(); // what ends each

export function mount({ parentElement, header }, bundle) {
  document.documentElement.dataset.paper = isDark(parentElement.host ?? parentElement) ? "dark" : "light";
  if (!pens.has(parentElement)) {
    const pen = listen(header.canvas, { moved() {}, ended() {} });
    const waiting = new AbortController();
    styleAndName(header.canvas, bundle.cursorStyle, waiting.signal);
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

// The canvas is another component, which may come after its pen.
function styleAndName(key, text, signal) {
  const style = Object.assign(document.createElement("style"), { textContent: text });
  const place = () => contentOf(key)?.querySelector(".cursor-place");
  const act = (found) => {
    found.append(style);
    found.nextElementSibling.ariaHidden = "true"; // its canvases say nothing that this does not
    found.ariaLabel = isOfTheSecond(key)
      ? t("Second drawing canvas: the arrow keys move the pen, with Shift in larger steps; Space puts it down and lifts it")
      : t("Drawing canvas: the arrow keys move the pen, with Shift in larger steps; Space puts it down and lifts it");
  };
  signal.addEventListener("abort", () => style.remove());
  onceThere(place, act, signal);
}
