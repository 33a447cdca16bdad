// Groups of test digits, each with what is said of it; a click sends its place in the test set.

import { element, makeTile } from "../comparison/tile.js";
import { rove } from "../gallery/gallery.js";
import { containerOf } from "../shared/on_page.js";

const shown = new WeakMap(); // of each root: the groups that it shows, as text

export function mount({ parentElement, header: data, setTriggerValue }) {
  const root = parentElement.querySelector(".digits");
  root.classList.toggle("small", data.small);
  const pick = (index) => {
    setTriggerValue("picked", index);
    containerOf("canvas")?.scrollIntoView({ block: "nearest" }); // it may be far above
  };
  const groups = JSON.stringify(data.groups);
  if (shown.get(root) !== groups) root.replaceChildren(...data.groups.flatMap((one) => group(data, one, pick)));
  shown.set(root, groups);
}

/** What a group is made of: its headings, and a row of its digits. */
export function group(data, { heading, title, digits }, pick) {
  const row = element("div", "row");
  row.role = "group";
  row.ariaLabel = title;
  row.append(...digits.map((digit) => tile(data, digit, pick)));
  const stop = rove(row);
  if (row.firstElementChild) stop(row.firstElementChild);
  const whole = element("div", "group");
  whole.append(element("h3", "", title), row);
  return heading ? [element("h3", "first", heading), whole] : [whole];
}

function tile(data, { place, index, lines, told }, pick) {
  const made = makeTile(data, place, told, () => pick(index));
  for (const { text, wrong } of lines) {
    const line = element("span", "line", text);
    line.classList.toggle("wrong", wrong);
    made.append(line);
  }
  // Whoever is read a distance alone would not know of what.
  if (data.small) made.append(element("span", "spoken", told));
  return made;
}
