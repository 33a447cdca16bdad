// Sample digits, one class at a time, and drawings that are no digits; a click sends the sample's
// number, or what is drawn. Where there are no digits the drawings stand alone under a heading.

import { button } from "../shared/button.js";
import { t } from "../shared/words.js";

const SVG = "http://www.w3.org/2000/svg";

export function mount({ parentElement, header: data, setTriggerValue }) {
  const root = parentElement.querySelector(".gallery");
  if (root.dataset.built) return;
  root.dataset.built = "true";
  const tabs = root.querySelector(".tabs");
  const pictures = root.querySelector(".pictures");
  const [stopAtTab, stopAtPicture] = [tabs, pictures].map(rove);
  const digits = data.classes.map((name) => ({
    name,
    buttons: () =>
      data.labels.flatMap((label, number) => (label === name ? [digit(label, number)] : [])),
  }));
  const nonDigits = { name: t("Not digits"), buttons: () => data.nonDigits.map(nonDigit) };

  const show = ({ name, buttons }) => {
    for (const tab of tabs.children) tab.ariaSelected = String(tab.textContent === name);
    pictures.ariaLabel = name;
    pictures.replaceChildren(...buttons());
    stopAtTab([...tabs.children].find((tab) => tab.ariaSelected === "true"));
    stopAtPicture(pictures.firstElementChild);
  };
  const digit = (label, number) => {
    const send = () => setTriggerValue("picked", number);
    const made = tile(t("a handwritten {label}, sample {number}", { label, number }), send);
    made.style.backgroundImage = `url(${data.sheet})`;
    made.style.backgroundSize = `${data.columns * 100}% auto`;
    const share = (index, count) => (count > 1 ? (index / (count - 1)) * 100 : 0);
    made.style.backgroundPosition =
      `${share(number % data.columns, data.columns)}% ` +
      `${share(Math.floor(number / data.columns), data.rows)}%`;
    return made;
  };
  const nonDigit = ({ key, text, strokes }) => {
    const send = () => setTriggerValue("drawn", key);
    const made = tile(text, send);
    made.title = text;
    made.append(picture(strokes, data.side));
    return made;
  };

  if (!digits.length) {
    root.classList.add("alone");
    const heading = document.createElement("div");
    heading.className = "heading";
    heading.textContent = nonDigits.name;
    tabs.replaceWith(heading);
    show(nonDigits);
    return;
  }
  tabs.ariaLabel = t("Class");
  tabs.replaceChildren(
    ...[...digits, nonDigits].map((group) => {
      const tab = button(group.name, () => show(group));
      tab.role = "tab";
      return tab;
    }),
  );
  show(digits[0]);
}

// One stop of the Tab key for all buttons in a box; from it the arrow keys go to the others, up and
// down to the nearest of the next row. Returns what makes one the stop.
export function rove(box) {
  const stopAt = (button) => {
    for (const one of box.children) one.tabIndex = one === button ? 0 : -1;
  };
  box.addEventListener("focusin", ({ target }) => stopAt(target));
  box.onkeydown = (event) => {
    const all = [...box.children];
    const to = neighbour(all, all.indexOf(event.target), event.key);
    if (!to) return;
    event.preventDefault();
    to.focus();
  };
  return stopAt;
}

function neighbour(all, at, key) {
  const place = (one) => one.getBoundingClientRect();
  const { left, top } = place(all[at]);
  const others = {
    ArrowRight: () => [all[at + 1] ?? all[0]],
    ArrowLeft: () => [all.at(at - 1)],
    ArrowDown: () => all.slice(at).filter((one) => place(one).top > top + 1),
    ArrowUp: () => all.slice(0, at).filter((one) => place(one).top < top - 1),
    Home: () => [all[0]],
    End: () => [all.at(-1)],
  }[key]?.();
  const distance = (one) => 1000 * Math.abs(place(one).top - top) + Math.abs(place(one).left - left);
  return others?.sort((a, b) => distance(a) - distance(b))[0];
}

// What shows a sample: a button with a picture in place of its text.
function tile(name, send) {
  return Object.assign(button("", send), { ariaLabel: name });
}

// Strokes on a canvas of so many pixels a side, as they will be drawn on it.
function picture(strokes, side) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", `0 0 ${side} ${side}`);
  for (const stroke of strokes) {
    const line = document.createElementNS(SVG, "polyline");
    line.setAttribute("points", stroke.map((point) => point.join(",")).join(" "));
    made.append(line);
  }
  return made;
}
