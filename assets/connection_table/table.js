// Table I as a grid of buttons. It either picks (a cell, a row or a column: `picked`) or
// switches connections on and off (`pattern`: a string of 0 and 1, row after row). Arrow keys
// walk the grid.

import { t } from "../shared/words.js";

export function mount({ parentElement, header, setStateValue, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  const { rows, columns, groups, cells, selected, pattern, published, revision, label } = header;
  const switches = pattern !== undefined;
  table.setAttribute("aria-label", label);
  if (!table.rows.length) build(table, { rows, columns, groups });

  // What was switched since is newer than what the server has answered, unless it was reset.
  if (switches && table.revision !== revision) {
    table.revision = revision;
    table.pattern = [...pattern];
  }
  const paint = () => {
    for (const button of table.querySelectorAll("button")) {
      const row = numberOr(button.dataset.row);
      const column = numberOr(button.dataset.column);
      button.classList.toggle("switch", switches);
      if (row !== null && column !== null) {
        const at = row * columns.length + column;
        const on = switches ? table.pattern[at] === "1" : null;
        const cell = switches ? words(rows[row], columns[column], on) : cells[at];
        button.style.setProperty("--cell", cell.colour ?? "none");
        button.firstChild.textContent = cell.text;
        button.ariaLabel = cell.label;
        button.title = cell.title ?? cell.label;
        button.ariaPressed = switches ? String(on) : null;
        button.classList.toggle("changed", switches && table.pattern[at] !== published[at]);
      }
      const picked = !switches && selected[0] === row && selected[1] === column;
      button.classList.toggle("picked", picked);
      if (!switches) button.ariaPressed = String(picked);
    }
  };
  table.onclick = ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const row = numberOr(button.dataset.row);
    const column = numberOr(button.dataset.column);
    if (!switches) {
      selected[0] = row;
      selected[1] = column;
      setTriggerValue("picked", [row, column]);
    } else {
      toggle(table.pattern, row, column, columns.length);
      setStateValue("pattern", table.pattern.join(""));
    }
    paint();
  };
  table.onkeydown = (event) => walk(table, event);
  paint();
}

const numberOr = (text) => (text === undefined ? null : Number(text));

const words = (row, column, on) => ({
  text: on ? "X" : "",
  label: on
    ? t("S2 {row} to C3 {column}: connected", { row, column })
    : t("S2 {row} to C3 {column}: not connected", { row, column }),
});

// A cell changes alone; a row or column is switched off, or on if it was off altogether.
function toggle(pattern, row, column, across) {
  const places = pattern
    .map((_, at) => at)
    .filter(
      (at) =>
        (row === null || Math.floor(at / across) === row) &&
        (column === null || at % across === column),
    );
  const next = places.some((at) => pattern[at] === "1") ? "0" : "1";
  for (const at of places) pattern[at] = next;
}

function build(table, { rows, columns, groups }) {
  const add = (tag, parent, text = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    parent.append(made);
    return made;
  };
  const addButton = (parent, text, row, column) => {
    const made = add("button", parent);
    made.type = "button";
    add("span", made, text).className = "text";
    if (row !== null) made.dataset.row = row;
    if (column !== null) made.dataset.column = column;
    made.tabIndex = -1;
    return made;
  };
  const titles = add("tr", table);
  titles.className = "groups";
  add("td", titles);
  for (const { title, span } of groups) {
    const cell = add("th", titles, title);
    cell.colSpan = span;
    cell.title = title;
  }
  const head = add("tr", table);
  add("th", head, t("S2\u2193 C3\u2192"));
  columns.forEach((name, column) => {
    addButton(add("th", head), name, null, column).ariaLabel = t("C3 map {name}, whole column", { name });
  });
  rows.forEach((name, row) => {
    const line = add("tr", table);
    addButton(add("th", line), name, row, null).ariaLabel = t("S2 map {name}, whole row", { name });
    columns.forEach((_, column) => addButton(add("td", line), "", row, column));
  });
  table.querySelector("button").tabIndex = 0;
}

// One stop in the page's tab order; from there the arrow keys.
function walk(table, event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[
    event.key
  ];
  const from = event.target.closest("td, th");
  if (!step || !from) return;
  const line = table.rows[from.parentNode.rowIndex + step[0]];
  const to = line?.cells[from.cellIndex + step[1]]?.querySelector("button");
  if (!to) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}
