// A sheet of sample digits, one class at a time, and drawings that are no digits; a click sends the
// sample's number, or what is drawn. There may be no digits.

import { t } from "../shared/words.js";

export function mount({ parentElement, header: data, setTriggerValue }) {
  const root = parentElement.querySelector(".gallery");
  if (root.dataset.built) return;
  root.dataset.built = "true";
  const tabs = root.querySelector(".tabs");
  const digits = root.querySelector(".digits");
  const nonDigits = root.querySelector(".non-digits");
  const heading = root.querySelector(".heading");
  tabs.ariaLabel = t("Class");

  const show = (name) => {
    for (const tab of tabs.children) {
      tab.setAttribute("aria-selected", String(tab.textContent === name));
    }
    digits.replaceChildren(
      ...data.labels.flatMap((label, number) => (label === name ? [button(label, number)] : [])),
    );
  };
  const button = (label, number) => {
    const made = document.createElement("button");
    made.type = "button";
    made.ariaLabel = t("a handwritten {label}, sample {number}", { label, number });
    made.style.backgroundImage = `url(${data.sheet})`;
    made.style.backgroundSize = `${data.columns * 100}% auto`;
    const share = (index, count) => (count > 1 ? (index / (count - 1)) * 100 : 0);
    made.style.backgroundPosition =
      `${share(number % data.columns, data.columns)}% ` +
      `${share(Math.floor(number / data.columns), data.rows)}%`;
    made.onclick = () => setTriggerValue("picked", number);
    return made;
  };

  tabs.replaceChildren(
    ...data.classes.map((name) => {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.role = "tab";
      tab.textContent = name;
      tab.onclick = () => show(name);
      return tab;
    }),
  );
  if (data.classes.length) show(data.classes[0]);
  else {
    root.classList.add("alone");
    for (const empty of [tabs, digits]) empty.remove();
  }

  heading.textContent = t("Not digits");
  nonDigits.role = "group";
  nonDigits.ariaLabel = heading.textContent;
  nonDigits.replaceChildren(
    ...data.nonDigits.map(({ key, text, strokes }) => {
      const made = document.createElement("button");
      made.type = "button";
      made.title = made.ariaLabel = text;
      made.append(picture(strokes, data.side));
      made.onclick = () => setTriggerValue("drawn", key);
      return made;
    }),
  );
}

const SVG = "http://www.w3.org/2000/svg";

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
