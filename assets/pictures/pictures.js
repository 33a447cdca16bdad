// Pictures of values, laid out anew for every width: titles, signs and notes are text of the page,
// values are painted. Pointing at a cell tells what it is.

import { keepDrawn } from "../shared/redrawn.js";
import { colour, cssColours } from "../shared/scale.js";
import { readTheme } from "../shared/theme.js";
import { arrange, arrangeTable, leastWidth } from "./arrange.js";
import { tell } from "./tell.js";

const TABLES = { values: "diverging", ink: "grey", unsigned: "unsigned" };

/** Shows the sheet of pictures that the latest data hold. */
export function mount({ parentElement, header, values }, { palettes }) {
  const root = parentElement.querySelector(".pictures");
  const part = (name) => root.querySelector(name);
  root.ariaLabel = header.alt;
  let at = 0;
  for (const picture of header.rows.flat(2)) {
    picture.values = values.subarray(at, (at += picture.rows * picture.columns));
  }
  const draw = (width) => {
    part(".told").hidden = true;
    const theme = readTheme(root, palettes);
    part(".rows").replaceChildren(...(header.heads ? table(header, width) : rowsOf(header, width)));
    for (const canvas of root.querySelectorAll("canvas")) paint(canvas, theme);
    showLegend(part(".legend"), header.legend, theme);
    root.dataset.pictures = header.rows.flat(2).length;
  };
  const point = ({ target, clientX, clientY }) => {
    const told = part(".told");
    const cell = target.picture && cellAt(target, clientX, clientY);
    told.hidden = !cell;
    if (!cell) return;
    told.textContent = tell(target.picture, cell);
    place(told, root.getBoundingClientRect(), clientX, clientY);
  };
  root.onpointermove = point;
  root.onpointerdown = point;
  root.onpointerleave = () => (part(".told").hidden = true);
  root.sheet = header; // for whoever wants to ask what it shows
  return keepDrawn(root, () => root.clientWidth, draw);
}

function rowsOf(sheet, width) {
  const { cell, lines } = arrange(sheet, width);
  return lines.flatMap((row) =>
    row.map((line, place) => {
      const made = element("div", "row");
      made.classList.toggle("broken", place > 0);
      made.append(...line.map((stack) => stackOf(stack, cell)));
      return made;
    }),
  );
}

function stackOf(pictures, cell) {
  const made = element("div", "stack");
  made.append(...pictures.map((picture) => pictureOf(picture, cell)));
  return made;
}

function pictureOf(picture, cell) {
  const made = element("div", "picture");
  if (picture.sign) made.append(element("span", "sign", picture.sign));
  const framed = element("div", "framed");
  const canvas = canvasOf(picture, cell);
  framed.style.width = `${Math.max(parseFloat(canvas.style.width), leastWidth(picture))}px`;
  if (picture.title) framed.append(element("div", "title", picture.title));
  framed.append(canvas);
  if (picture.note) framed.append(element("div", "note", picture.note));
  made.append(framed);
  return made;
}

function table({ rows, heads, ...sheet }, width) {
  const { cell, turned } = arrangeTable({ rows, ...sheet }, width);
  const made = element("table");
  const [down, right] = turned ? [heads.columns, heads.rows] : [heads.rows, heads.columns];
  const head = made.insertRow();
  head.append(element("th", "", turned ? heads.cornerTurned : heads.corner));
  head.append(...right.map((name) => element("th", "", name)));
  down.forEach((name, i) => {
    const line = made.insertRow();
    line.append(element("th", "", name));
    right.forEach((_, j) => {
      const stack = turned ? rows[j][i] : rows[i][j];
      line.insertCell().append(...stack.map((picture) => canvasOf(picture, cell)));
    });
  });
  return [made];
}

function canvasOf(picture, cell) {
  const made = element("canvas");
  const side = cell * picture.magnify;
  made.picture = picture;
  made.style.width = `${picture.columns * side}px`;
  made.style.height = `${picture.rows * side}px`;
  made.width = Math.round(picture.columns * side * devicePixelRatio);
  made.height = Math.round(picture.rows * side * devicePixelRatio);
  return made;
}

function paint(canvas, theme) {
  const { rows, columns, values, colours, limits, outlines } = canvas.picture;
  const scale = theme.scale[TABLES[colours]];
  // Scales run from minus to plus their limit; what has no sign uses the upper half alone.
  const [middle, limit] = colours === "unsigned" ? [0, limits[1]] : halves(limits);
  const small = document.createElement("canvas");
  small.width = columns;
  small.height = rows;
  const image = small.getContext("2d").createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colour(scale, values[i] - middle, limit);
  small.getContext("2d").putImageData(image, 0, 0);
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
  const side = canvas.width / columns;
  const line = (width, style, [row, column, height, breadth]) => {
    const inset = width / 2;
    context.lineWidth = width;
    context.strokeStyle = style;
    context.strokeRect(
      column * side + inset, row * side + inset, breadth * side - width, height * side - width,
    );
  };
  line(devicePixelRatio, theme.edge, [0, 0, rows, columns]);
  for (const block of outlines) line(Math.max(1, 2 * devicePixelRatio), theme.accent, block);
}

const halves = ([low, high]) => [(low + high) / 2, (high - low) / 2];

function showLegend(root, legend, theme) {
  root.hidden = !legend;
  if (!legend) return;
  const bar = element("i");
  bar.style.background = `linear-gradient(to right, ${cssColours(theme.scale.diverging, 15).join(", ")})`;
  root.replaceChildren(bar, ...legend.map(({ text }) => element("span", "", text)));
}

function cellAt(canvas, x, y) {
  const box = canvas.getBoundingClientRect();
  const { rows, columns } = canvas.picture;
  const row = Math.floor(((y - box.top) / box.height) * rows);
  const column = Math.floor(((x - box.left) / box.width) * columns);
  return row >= 0 && row < rows && column >= 0 && column < columns ? [row, column] : null;
}

// Beside the pointer, and inside of the figure.
function place(told, box, x, y) {
  const { width, height } = told.getBoundingClientRect();
  const left = Math.min(Math.max(0, x - box.left + 14), Math.max(0, box.width - width));
  const above = y - box.top - height - 12;
  told.style.left = `${left}px`;
  told.style.top = `${above >= 0 ? above : y - box.top + 20}px`;
}

function element(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}
