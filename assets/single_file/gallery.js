// The button that opens the gallery of samples.

import { mount } from "../gallery/gallery.js";
import { containerOf } from "../shared/on_page.js";
import { shadowIn } from "./shadow.js";

const COLUMNS = 20; // of the sheet
const APART = 6; // CSS pixels from the button

let sheet = null; // made once it is asked for

/** Opens with the button; `put(drawing)` gets what is chosen. Returns what ends it. */
export function makeGallery({ html, samples: { labels, classes }, nonDigits, canvas }, samples, language, put) {
  const opener = containerOf("samples").querySelector("button");
  const place = Object.assign(document.createElement("div"), { className: "gallery-place", popover: "auto" });
  document.body.append(place);
  opener.popoverTargetElement = place;
  const picked = {
    picked: (number) => put(samples.drawing(number)),
    drawn: (key) => {
      const { strokes, pens } = nonDigits.find((one) => one.key === key);
      put({ strokes, pens });
    },
  };
  const fill = () => {
    sheet ??= samples.sheet(COLUMNS);
    const shown = nonDigits.map(({ key, names, strokes }) => ({ key, text: names[language], strokes }));
    const rows = Math.ceil(labels.length / COLUMNS);
    const header = { sheet, columns: COLUMNS, rows, labels, classes, nonDigits: shown, side: canvas.side };
    const holder = place.appendChild(document.createElement("div"));
    const setTriggerValue = (name, value) => picked[name](value);
    mount({ parentElement: shadowIn(holder, html.gallery), header, setTriggerValue });
  };
  place.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open" && !place.firstChild) fill();
  });
  place.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") beside(opener, place);
  });
  return () => place.remove();
}

// Below the button, as far as the window has room there.
function beside(opener, place) {
  const { left, bottom } = opener.getBoundingClientRect();
  const { width, height } = place.getBoundingClientRect();
  const within = (wanted, room) => `${Math.max(APART, Math.min(wanted, room - APART))}px`;
  place.style.left = within(left, document.documentElement.clientWidth - width);
  place.style.top = within(bottom + APART, window.innerHeight - height);
}
