// A sheet of sample digits, one class at a time; a click sends the sample's number.

import { t } from "../shared/words.js";

export function mount({ parentElement, header: data, setTriggerValue }) {
  const root = parentElement.querySelector(".gallery");
  if (root.dataset.built) return;
  root.dataset.built = "true";
  const tabs = root.querySelector(".tabs");
  const digits = root.querySelector(".digits");
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
  show(data.classes[0]);
}
