// Table I as a grid of buttons. It either picks (a cell, a row or a column: `picked`) or
// switches connections on and off (`pattern`: a string of 0 and 1, row after row). Arrow keys
// walk the grid. Where sixteen columns have no room the grid is turned: C3 maps are its rows.

import { t } from "../shared/words.js";

const NARROW = 480; // CSS pixels, below which a cell of sixteen would be too small for a finger

export function mount({ parentElement, header, setStateValue, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  const { rows, columns, groups, cells, selected, pattern, published, revision, label } = header;
  const switches = pattern !== undefined;
  table.setAttribute("aria-label", label);
  const arrange = () => {
    const turned = table.parentNode.clientWidth < NARROW;
    if (table.rows.length && table.classList.contains("turned") === turned) return;
    build(table, { rows, columns, groups }, turned);
    paint();
  };

  // What was switched since is newer than what the server has answered, unless it was reset.
  if (switches && table.revision !== revision) {
    table.revision = revision;
    table.pattern = [...pattern];
  }
  function paint() {
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
  }
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
  arrange();
  paint();
  table.resized?.disconnect();
  table.resized = new ResizeObserver(arrange);
  table.resized.observe(table.parentNode);
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

function build(table, { rows, columns, groups }, turned) {
  const add = (tag, parent, text = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    parent.append(made);
    return made;
  };
  const addButton = (parent, text, row, column) => {
    const made = add("button", parent);
    made.type = "button";
    add("span", made, text);
    if (row !== null) made.dataset.row = row;
    if (column !== null) made.dataset.column = column;
    made.tabIndex = -1;
    return made;
  };
  const rowHead = (parent, row) => {
    addButton(parent, rows[row], row, null).ariaLabel = t("S2 map {name}, whole row", { name: rows[row] });
  };
  const columnHead = (parent, column) => {
    const name = columns[column];
    addButton(parent, name, null, column).ariaLabel = t("C3 map {name}, whole column", { name });
  };
  const addGroup = (parent, { title }, span) => {
    const cell = add("th", parent, title);
    cell.colSpan = span;
    cell.title = title;
  };
  const addGroups = () => {
    const line = add("tr", table);
    line.className = "groups";
    return line;
  };
  table.replaceChildren();
  table.classList.toggle("turned", turned);
  if (turned) {
    const head = add("tr", table);
    add("th", head, t("C3\u2193 S2\u2192"));
    rows.forEach((_, row) => rowHead(add("th", head), row));
    let column = 0;
    for (const group of groups) {
      addGroup(addGroups(), group, rows.length + 1);
      for (const end = column + group.span; column < end; column++) {
        const line = add("tr", table);
        columnHead(add("th", line), column);
        rows.forEach((_, row) => addButton(add("td", line), "", row, column));
      }
    }
  } else {
    const titles = addGroups();
    add("td", titles);
    for (const group of groups) addGroup(titles, group, group.span);
    const head = add("tr", table);
    add("th", head, t("S2\u2193 C3\u2192"));
    columns.forEach((_, column) => columnHead(add("th", head), column));
    rows.forEach((_, row) => {
      const line = add("tr", table);
      rowHead(add("th", line), row);
      columns.forEach((_, column) => addButton(add("td", line), "", row, column));
    });
  }
  table.querySelector("button").tabIndex = 0;
}

// One stop in the page's tab order; from there the arrow keys, over the rows without buttons.
function walk(table, event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[
    event.key
  ];
  const from = event.target.closest("td, th");
  if (!step || !from) return;
  let line = table.rows[from.parentNode.rowIndex + step[0]];
  while (line?.classList.contains("groups")) line = table.rows[line.rowIndex + step[0]];
  const to = line?.cells[from.cellIndex + step[1]]?.querySelector("button");
  if (!to) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}
