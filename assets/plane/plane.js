// All samples as their digits, the codes in boxes, and a star for the drawing, in one plane.

import { keepDrawn } from "../shared/redrawn.js";
import { readTheme } from "../shared/theme.js";
import { number } from "../shared/words.js";
import { axis } from "./axes.js";

const LEFT = 40;
const BELOW = 22;
const NEAR = 14; // CSS pixels within which something is pointed at
const KINDS = ["samples", "codes", "drawing"];

/** Shows the plane that the latest data describe. */
export function mount({ parentElement, header, values }, { palettes }) {
  const root = parentElement.querySelector(".plane");
  const part = (name) => root.querySelector(name);
  const points = pointsOf(header, values);
  root.ariaLabel = header.alt;
  for (const kind of KINDS) part(`.${kind}`).textContent = header.names[kind];
  part(".across").textContent = header.axes[0];
  part(".up").textContent = header.axes[1];
  root.dataset.drawing = JSON.stringify([points.at(-1).x, points.at(-1).y]);
  let shown = [];
  const draw = (width) => {
    part(".told").hidden = true;
    const theme = readTheme(root, palettes);
    root.style.setProperty("--code", theme.one);
    root.style.setProperty("--star", theme.accent);
    shown = paint(part("canvas"), width, points, theme, getComputedStyle(root).fontFamily);
  };
  const point = ({ clientX, clientY }) => {
    const box = part("canvas").getBoundingClientRect();
    const nearest = nearestTo(shown, clientX - box.left, clientY - box.top);
    const told = part(".told");
    told.hidden = !nearest;
    if (!nearest) return;
    told.textContent = tell(header.told[nearest.kind], nearest);
    const left = Math.min(nearest.left + 12, box.width - told.offsetWidth);
    told.style.left = `${Math.max(0, left)}px`;
    told.style.top = `${nearest.top > 44 ? nearest.top - 38 : nearest.top + 16}px`;
  };
  part("canvas").onpointermove = point;
  part("canvas").onpointerdown = point;
  root.onpointerleave = () => (part(".told").hidden = true);
  return keepDrawn(root, () => part(".field").clientWidth, draw);
}

function pointsOf({ labels, classes }, values) {
  const kinds = [
    ...labels.map((digit, i) => ({ kind: "samples", digit, number: number(i) })),
    ...classes.map((digit) => ({ kind: "codes", digit })),
    { kind: "drawing" },
  ];
  return kinds.map((point, i) => ({ ...point, x: values[2 * i], y: values[2 * i + 1] }));
}

const tell = (text, point) =>
  text.replace(/\{(x|y|digit|number)\}/g, (_, name) =>
    typeof point[name] === "number" ? number(point[name], 2) : point[name],
  );

function nearestTo(shown, x, y) {
  let found = null;
  let least = NEAR ** 2;
  for (const point of shown) {
    const away = (point.left - x) ** 2 + (point.top - y) ** 2;
    if (away <= least) [found, least] = [point, away];
  }
  return found;
}

// Paints everything; returns the points with their places.
function paint(canvas, width, points, theme, font) {
  const height = Math.round(Math.min(Math.max(340, width * 0.56), 760));
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(devicePixelRatio, devicePixelRatio);
  const [right, bottom] = [width - 8, height - BELOW];
  const across = axis(points.map(({ x }) => x), LEFT, right);
  const up = axis(points.map(({ y }) => y), bottom, 8);
  const letters = (size, weight = 400) => (context.font = `${weight} ${size}px ${font}`);
  context.strokeStyle = theme.edge;
  context.fillStyle = theme.text;
  context.textBaseline = "middle";
  letters(12);
  const line = (...place) => {
    context.beginPath();
    context.moveTo(...place.slice(0, 2));
    context.lineTo(...place.slice(2));
    context.stroke();
  };
  for (const value of across.ticks.values) {
    const x = across.place(value);
    line(x, 8, x, bottom);
    context.textAlign = "center";
    context.fillText(number(value, across.ticks.decimals), x, bottom + 12);
  }
  for (const value of up.ticks.values) {
    const y = up.place(value);
    line(LEFT, y, right, y);
    context.textAlign = "right";
    context.fillText(number(value, up.ticks.decimals), LEFT - 6, y);
  }
  context.textAlign = "center";
  const shown = points.map((point) => ({ ...point, left: across.place(point.x), top: up.place(point.y) }));
  for (const { kind, digit, left, top } of shown) {
    if (kind === "samples") {
      letters(12);
      context.fillStyle = theme.text;
      context.fillText(digit, left, top);
    } else if (kind === "codes") {
      context.fillStyle = theme.one;
      context.fillRect(left - 11, top - 11, 22, 22);
      letters(14, 700);
      context.fillStyle = theme.page;
      context.fillText(digit, left, top + 1);
    } else {
      star(context, left, top, 13);
      context.fillStyle = theme.accent;
      context.strokeStyle = theme.page;
      context.lineWidth = 2;
      context.stroke();
      context.fill();
    }
  }
  return shown;
}

function star(context, x, y, size) {
  context.beginPath();
  for (let i = 0; i < 10; i++) {
    const turn = (i * Math.PI) / 5 - Math.PI / 2;
    const radius = i % 2 ? size * 0.4 : size;
    context.lineTo(x + radius * Math.cos(turn), y + radius * Math.sin(turn));
  }
  context.closePath();
}
