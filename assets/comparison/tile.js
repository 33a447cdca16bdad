// A digit as a button: its picture, cut out of a sheet of many, and what else is put below it.

import { button } from "../shared/button.js";

/** `sheet` is the address of the picture, of so many `columns` and `rows`; `place` counts in it. */
export function makeTile({ sheet, columns, rows }, place, told, act) {
  const made = button("", act);
  made.title = told;
  made.append(pictureOf({ sheet, columns, rows }, place));
  return made;
}

/** The picture alone. */
export function pictureOf({ sheet, columns, rows }, place) {
  const made = element("span", "digit");
  made.style.backgroundImage = `url(${sheet})`;
  made.style.backgroundSize = `${columns * 100}% auto`;
  made.style.backgroundPosition =
    `${share(place % columns, columns)}% ${share(Math.floor(place / columns), rows)}%`;
  return made;
}

const share = (index, count) => (count > 1 ? (index / (count - 1)) * 100 : 0);

export function element(tag, name, text = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}
