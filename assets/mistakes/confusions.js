// The confusion matrix: how many digits of each label are read as each class. A cell opens its digits.

import { element } from "../comparison/tile.js";
import { keep } from "../shared/address.js";
import { containerOf } from "../shared/on_page.js";
import { isDark } from "../shared/theme.js";
import { number, t, tn } from "../shared/words.js";
import { group } from "./digits.js";

const CELL = "cell"; // in the address, as label-answer

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

const opened = new WeakMap(); // root -> the cell that is open: [label, answer]

export function mount({ parentElement, header: data, setTriggerValue }, { palettes }) {
  const root = parentElement.querySelector(".confusions");
  root.style.setProperty("--other", palettes[isDark(root) ? "dark" : "light"].other);
  const pick = (index) => {
    setTriggerValue("picked", index);
    containerOf("canvas")?.scrollIntoView({ block: "nearest" });
  };
  const open = (cell) => {
    opened.set(root, cell);
    keep(CELL, cell.join("-"));
    for (const button of root.querySelectorAll("td button")) {
      button.ariaPressed = String(button.dataset.cell === cell.join("-"));
    }
    root.querySelector(".cell").replaceChildren(...ofCell(data, cell, pick));
  };
  build(root, data, open);
  open(opened.get(root) ?? asked(data) ?? mostConfused(data.counts));
  return () => {
    keep(CELL, null);
    opened.delete(root);
  };
}

function build(root, { counts, classes }, open) {
  if (root.querySelector("td")) return; // the counts never change
  root.querySelector("caption").textContent = t(
    "Rows are labels, columns what is read; the numbers are counts of test digits. Open a cell to see its digits.",
  );
  const head = document.createElement("tr");
  head.append(element("td", "corner"), ...classes.map((name) => headOf(name, "col")));
  root.querySelector("thead").append(head);
  const most = Math.max(...counts.flatMap((row, label) => row.filter((_, answer) => answer !== label)));
  root.querySelector("tbody").append(
    ...counts.map((row, label) => {
      const line = document.createElement("tr");
      line.append(
        headOf(classes[label], "row"),
        ...row.map((count, answer) => cellOf(count, [label, answer], most, classes, open)),
      );
      return line;
    }),
  );
  root.querySelector("tbody").onkeydown = (event) => walk(event, counts.length);
}

function headOf(name, scope) {
  const made = element("th", "", name);
  made.scope = scope;
  return made;
}

function cellOf(count, [label, answer], most, classes, open) {
  const right = label === answer;
  const cell = element("td", right ? "right" : "");
  if (!count) {
    cell.className = "none";
    cell.textContent = "·";
    return cell;
  }
  const button = element("button", "", number(count));
  button.type = "button";
  button.dataset.cell = `${label}-${answer}`;
  button.dataset.keys = Object.keys(STEPS).join(" ");
  button.ariaLabel = inWords(count, classes[label], classes[answer]);
  button.style.setProperty("--share", right ? 0 : (0.6 * count) / most);
  button.onclick = () => open([label, answer]);
  cell.append(button);
  return cell;
}

const inWords = (count, label, answer) =>
  tn(
    "{count} digit labelled {label} is read as {answer}",
    "{count} digits labelled {label} are read as {answer}",
    count,
    { count: number(count), label, answer },
  );

// Arrow keys go to the next cell in their direction that has digits.
function walk(event, side) {
  const step = STEPS[event.key];
  if (!step || !event.target.dataset.cell) return;
  event.preventDefault();
  let [row, column] = event.target.dataset.cell.split("-").map(Number);
  const inside = (at) => at >= 0 && at < side;
  while (inside((row += step[0])) && inside((column += step[1]))) {
    const next = event.currentTarget.querySelector(`[data-cell="${row}-${column}"]`);
    if (next) return void next.focus();
  }
}

function ofCell(data, [label, answer], pick) {
  const name = `${label}-${answer}`;
  const digits = data.cells[name] ?? [];
  const count = data.counts[label][answer];
  const title = inWords(count, data.classes[label], data.classes[answer]);
  const [whole] = group(data, { title, digits }, pick);
  const missing = count - digits.length;
  if (!missing) return [whole];
  const said = tn(
    "The picture of {count} of them comes with the app.",
    "The pictures of {count} of them come with the app.",
    digits.length,
    { count: number(digits.length) },
  );
  return [whole, element("p", "", said)];
}

// The cell that the address asks for, if it has digits.
function asked({ counts }) {
  const text = new URLSearchParams(location.search).get(CELL) ?? "";
  if (!/^\d-\d$/.test(text)) return null;
  const [label, answer] = text.split("-").map(Number);
  return counts[label]?.[answer] ? [label, answer] : null;
}

function mostConfused(counts) {
  const cells = counts.flatMap((row, label) =>
    row.map((count, answer) => ({ count: label === answer ? -1 : count, cell: [label, answer] })),
  );
  return cells.reduce((one, other) => (other.count > one.count ? other : one)).cell;
}
