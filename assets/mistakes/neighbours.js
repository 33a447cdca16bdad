// The packaged digits in a plane by their F6, the drawing among them, and those nearest to it.

import { arrived } from "../loaders/mount.js";
import { axis } from "../plane/axes.js";
import { button } from "../shared/button.js";
import { containerOf } from "../shared/on_page.js";
import { keepDrawn } from "../shared/redrawn.js";
import { isDark, readTheme } from "../shared/theme.js";
import { number, t } from "../shared/words.js";
import { digitsOf } from "../training/digits.js";
import { flatOf, nearestTo, placeOf } from "./flat.js";
import { follow } from "./following.js";

const MOST = 10; // neighbours
const POINTED = 12; // CSS pixels within which a digit is pointed at
const SIDE = 28; // of a picture
const EDGE = 10;
const COLOURS = [2, 2, 2, 0, 1, 0, 0, 1, 2, 1]; // of the digits, so that groups that touch differ

const views = new WeakMap();

export function mount({ parentElement, header, setTriggerValue }, { palettes }) {
  let view = views.get(parentElement);
  if (!view || view.flatName !== header.flat) {
    view?.close();
    view = new PlaneView(parentElement.querySelector(".neighbours"), header, palettes);
    views.set(parentElement, view);
  }
  view.pick = (place) => {
    setTriggerValue("picked", place);
    containerOf("canvas")?.scrollIntoView({ block: "nearest" });
  };
  view.choose(header);
  return () => {
    view.close();
    views.delete(parentElement);
  };
}

class PlaneView {
  constructor(root, header, palettes) {
    Object.assign(this, { root, palettes, flatName: header.flat, trace: null, points: [], closed: false });
    this.part = (name) => root.querySelector(name);
    this.write();
    this.tiles = Array.from({ length: MOST }, () => this.tile());
    this.part(".row").replaceChildren(...this.tiles.map(({ made }) => made));
    this.load(header);
  }

  async load({ flat, digits }) {
    const [packed, pictures] = await Promise.all([arrived(flat), arrived(digits)]);
    if (this.closed) return;
    this.flat = flatOf(packed);
    this.digits = digitsOf(pictures);
    this.draw();
    this.unfollow = follow((trace) => {
      this.trace = trace;
      this.showNow();
    });
  }

  write() {
    this.part(".samples").textContent = t("packaged digits");
    this.part(".misread").textContent = t("misread");
    this.part(".codes").textContent = t("codes");
    this.part("h3").textContent = t("Nearest to the drawing in F6");
    this.part(".row").ariaLabel = this.part("h3").textContent;
    this.part(".empty").textContent = t("Draw a digit, and the packaged digits that are nearest to it in F6 are shown here.");
    const canvas = this.part(".all");
    canvas.onpointermove = (event) => this.point(event);
    canvas.onpointerleave = () => (this.part(".told").hidden = true);
    canvas.onclick = (event) => {
      const found = this.pointedAt(event);
      if (found !== null) this.pick(found);
    };
  }

  tile() {
    const made = button("", () => this.pick(Number(made.dataset.place)));
    const picture = pictureCanvas();
    const label = document.createElement("span");
    const distance = document.createElement("span");
    made.append(picture, label, distance);
    made.hidden = true;
    return { made, picture, label, distance };
  }

  choose({ how, alt }) {
    this.how = how;
    this.root.dataset.how = how;
    this.part(".all").ariaLabel = alt;
    this.part(".drawing").textContent = how === "map" ? t("nearest to the drawing") : t("the drawing");
    this.draw();
  }

  draw() {
    if (!this.flat) return;
    keepDrawn(this.root, () => this.part(".field").clientWidth, (width) => {
      this.theme = readTheme(this.root, this.palettes);
      this.theme.other = this.palettes[isDark(this.root) ? "dark" : "light"].other;
      this.root.style.setProperty("--accent", this.theme.accent);
      this.root.style.setProperty("--code", this.theme.one);
      this.paint(width);
      this.showNow();
    });
  }

  // All that stays: digits, and the codes where they have a place.
  paint(width) {
    const { flat, digits, theme, how } = this;
    const coordinates = how === "map" ? flat.map : flat.components;
    const codes = how === "map" ? [] : flat.codes;
    const height = Math.round(Math.min(Math.max(340, width * 0.48), 640));
    const context = sized(this.part(".all"), width, height);
    const [xs, ys] = [0, 1].map((odd) => [...coordinates, ...codes].filter((_, at) => at % 2 === odd));
    this.across = axis(xs, EDGE, width - EDGE);
    this.up = axis(ys, height - EDGE, EDGE);
    this.size = [width, height];
    const colours = [theme.text, theme.one, theme.other];
    const font = getComputedStyle(this.root).fontFamily;
    context.textAlign = "center";
    context.textBaseline = "middle";
    this.points = Array.from({ length: flat.count }, (_, place) => [
      this.across.place(coordinates[2 * place]),
      this.up.place(coordinates[2 * place + 1]),
    ]);
    const letters = (misread) => {
      context.font = misread ? `700 14px ${font}` : `400 9px ${font}`;
      this.points.forEach(([x, y], place) => {
        if (flat.wrong.has(place) !== misread) return;
        const digit = digits.labels[place];
        context.fillStyle = misread ? theme.accent : colours[COLOURS[digit]];
        context.fillText(digit, x, y);
      });
    };
    letters(false);
    letters(true);
    for (let code = 0; code < codes.length / 2; code++) {
      const [x, y] = [this.across.place(codes[2 * code]), this.up.place(codes[2 * code + 1])];
      context.fillStyle = theme.one;
      context.fillRect(x - 10, y - 10, 20, 20);
      context.font = `700 14px ${font}`;
      context.fillStyle = theme.page;
      context.fillText(code, x, y + 1);
    }
  }

  // What follows the pen: the star, and the nearest digits.
  showNow() {
    if (!this.size || !this.flat) return;
    const { trace, theme, flat } = this;
    const context = sized(this.part(".now"), ...this.size);
    const drawn = Boolean(trace) && !trace.empty;
    const near = drawn ? nearestTo(flat, trace.f6, MOST) : [];
    this.root.dataset.nearest = JSON.stringify(near.map(({ place }) => place));
    this.showNear(near);
    if (!drawn) return;
    context.strokeStyle = theme.accent;
    context.lineWidth = 2;
    for (const { place } of near) {
      context.beginPath();
      context.arc(...this.points[place], 8, 0, 2 * Math.PI);
      context.stroke();
    }
    if (this.how === "map") return;
    const [x, y] = placeOf(flat, trace.f6);
    this.root.dataset.drawing = JSON.stringify([x, y]);
    const at = [inside(this.across.place(x), this.size[0]), inside(this.up.place(y), this.size[1])];
    star(context, at, theme);
  }

  showNear(near) {
    const { digits, flat } = this;
    this.part(".empty").hidden = near.length > 0;
    this.tiles.forEach(({ made, picture, label, distance }, rank) => {
      const found = near[rank];
      made.hidden = !found;
      if (!found) return;
      if (made.dataset.place !== String(found.place)) {
        made.dataset.place = found.place;
        paintDigit(picture, digits, found.place);
        label.textContent = t("label {label}", { label: digits.labels[found.place] });
        label.className = flat.wrong.has(found.place) ? "wrong" : "";
      }
      distance.textContent = number(found.distance, 1);
      made.title = t("Packaged digit labelled {label}, {distance} away in F6", {
        label: digits.labels[found.place],
        distance: number(found.distance, 1),
      });
    });
  }

  pointedAt({ clientX, clientY }) {
    if (!this.points.length) return null;
    const box = this.part(".all").getBoundingClientRect();
    const scale = this.size[0] / box.width; // a presented page is enlarged
    const [x, y] = [(clientX - box.left) * scale, (clientY - box.top) * scale];
    let [least, found] = [POINTED ** 2, null];
    this.points.forEach(([left, top], place) => {
      const away = (left - x) ** 2 + (top - y) ** 2;
      if (away < least) [least, found] = [away, place];
    });
    return found;
  }

  point(event) {
    const told = this.part(".told");
    const place = this.pointedAt(event);
    told.hidden = place === null;
    if (place === null) return;
    if (told.dataset.place !== String(place)) {
      told.dataset.place = place;
      const picture = pictureCanvas();
      paintDigit(picture, this.digits, place);
      const text = document.createElement("span");
      text.textContent = t("label {label}", { label: this.digits.labels[place] });
      told.replaceChildren(picture, text);
    }
    const [x, y] = this.points[place];
    told.style.left = `${Math.max(0, Math.min(x + 12, this.size[0] - told.offsetWidth))}px`;
    told.style.top = `${y > 80 ? y - 76 : y + 14}px`;
  }

  close() {
    this.closed = true;
    this.unfollow?.();
  }
}

const inside = (place, room) => Math.min(Math.max(place, EDGE), room - EDGE);

function sized(canvas, width, height) {
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(devicePixelRatio, devicePixelRatio);
  return context;
}

function pictureCanvas() {
  const made = document.createElement("canvas");
  made.width = made.height = SIDE;
  return made;
}

function paintDigit(canvas, { images }, place) {
  const context = canvas.getContext("2d");
  const picture = context.createImageData(SIDE, SIDE);
  const first = place * SIDE * SIDE;
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    picture.data.fill(images[first + pixel], 4 * pixel, 4 * pixel + 3);
    picture.data[4 * pixel + 3] = 255;
  }
  context.putImageData(picture, 0, 0);
}

function star(context, [x, y], theme) {
  context.beginPath();
  for (let i = 0; i < 10; i++) {
    const turn = (i * Math.PI) / 5 - Math.PI / 2;
    const radius = i % 2 ? 5.5 : 14;
    context.lineTo(x + radius * Math.cos(turn), y + radius * Math.sin(turn));
  }
  context.closePath();
  context.fillStyle = theme.accent;
  context.strokeStyle = theme.page;
  context.lineWidth = 2;
  context.stroke();
  context.fill();
}
