// What several networks make of a drawing, one below the other: a row for each, in which every layer
// is drawn small. What a network has otherwise than LeNet-5 is outlined, and what it has not is an
// empty place.

import { answerOf, wordsOf } from "../engine/answer.js";
import { unitName } from "../engine/geometry.js";
import { sentence, scientific, WORRYING } from "../network_view/badge.js";
import { roomHeight } from "../shared/docked.js";
import { makePainter } from "../shared/paint.js";
import { timesPresented, whenPresented } from "../shared/presenting.js";
import { cssColours } from "../shared/scale.js";
import { readTheme, whenPrinted } from "../shared/theme.js";
import { unitAt } from "../shared/tiles.js";
import { number, t, tn } from "../shared/words.js";
import { columnsOf, layOut } from "./layout.js";
import { makeRow } from "./row.js";

const NARROW = 700; // CSS pixels: below, answers stand under the layers
const LEAST_HEIGHT = { wide: 58, tall: 92 }; // of a row's pictures
const AROUND = 46; // of a row, besides its pictures and the words over them
const PRESENTED = 20 / 11; // times the size of what is presented: no text below 20 pixels
const FOOT = 40; // below all rows
const ROW_PADDING = 26;
const APART = 14; // between layers
const CAPTION_LINE = 14; // as in comparison.css
const BESIDE = 14; // from the pointer to what is said of a unit
const LABEL_ROOM = 180;
const SETTLED_MS = 500;
const RAMP_EVERY = 16;

const VERIFIED = "lenet-verified"; // see network_view/view.js

export class ComparisonView {
  /** With `zoomed` the page around it is enlarged where it is presented, and this along with it. */
  constructor(parentElement, bundle, { zoomed = false } = {}) {
    this.bundle = bundle;
    this.zoomed = zoomed;
    this.root = parentElement.querySelector(".comparison");
    this.root.ariaLabel = t("The networks");
    this.root.view = this; // for whoever wants to ask what it shows
    this.part = (name) => this.root.querySelector(`.${name}`);
    this.rows = [];
    this.painted = 0;
    this.shown = null;
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.resized = new ResizeObserver(() => this.arrange());
    this.resized.observe(this.root.parentElement ?? this.root);
    window.addEventListener("resize", () => this.arrange(), { signal });
    whenPresented(() => this.arrange(), signal);
    this.printed = whenPrinted(() => this.setTheme());
  }

  close() {
    clearTimeout(this.settling);
    this.resized.disconnect();
    this.listening.abort();
    this.printed();
  }

  /** Compares these networks from now on; `reference` are the keys of LeNet-5's layers. */
  choose(chosen, reference) {
    const identities = JSON.stringify(chosen.map(({ name, identity }) => [name, identity]));
    if (identities === this.identities) return;
    this.identities = identities;
    this.chosen = chosen;
    this.shown = null; // of other networks
    this.rows = chosen.map((network) => makeRow(network, reference));
    this.pointed = null;
    this.rows.forEach((row, place) => {
      row.layers.onpointermove = (event) => this.point(place, event);
      row.layers.onpointerleave = () => this.point(null);
    });
    this.part("rows").replaceChildren(...this.rows.map(({ root }) => root));
    this.layout = this.layoutKey = null;
    if (this.theme) this.writeLegend();
  }

  setTheme(options) {
    const theme = readTheme(this.root, this.bundle.palettes, options);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.layoutKey = null;
    this.writeLegend();
    this.arrange();
  }

  // Lays all rows out anew where their size or theme has changed.
  arrange() {
    const width = Math.floor(this.root.getBoundingClientRect().width / this.times());
    if (width < 60 || !this.chosen || !this.theme) return; // not on the page yet
    const text = (this.zoomed ? 0 : PRESENTED * timesPresented()) || 1;
    const narrow = width < NARROW;
    const presented = text > 1;
    // As in comparison.css: what stands beside the layers, and around them.
    const beside = (narrow ? 0 : (presented ? 196 : 262) * text) + ROW_PADDING;
    const top = this.root.getBoundingClientRect().top + (this.scrolled() ?? 0);
    const specs = this.chosen.map(({ spec }) => spec);
    const line = this.captionLine(specs) * text;
    const room = (roomHeight() - top - FOOT * text) / specs.length - AROUND * text - line;
    const height = narrow ? LEAST_HEIGHT.tall : Math.max(LEAST_HEIGHT.wide, Math.floor(room));
    const key = JSON.stringify([width, height, text, devicePixelRatio]);
    if (key === this.layoutKey) return;
    this.layoutKey = key;
    const { root } = this;
    root.style.setProperty("--text", text);
    root.classList.toggle("narrow", narrow);
    root.classList.toggle("presented", presented);
    const captions = this.rows.map((row) => row.captionWidths());
    this.layout = layOut(specs, {
      width: width - beside,
      height,
      captions,
      line,
      apart: narrow ? 7 : APART,
      tall: narrow,
    });
    this.rows.forEach((row, place) => {
      row.build(this.layout, place, this.theme);
      const hasPictures = row.layout.tiles.length > 0; // a linear network has none
      row.painter = hasPictures ? makePainter(row.canvas, specs[place], row.layout, devicePixelRatio) : null;
    });
    if (this.shown) this.repaint();
  }

  // How high the words over the pictures are: a layer's name, and what is changed in it.
  captionLine(specs) {
    const keys = columnsOf(specs);
    const changes = this.chosen.flatMap(({ labels }) => keys.map((key) => labels[key]?.length ?? 0));
    return CAPTION_LINE * (1 + Math.max(0, ...changes)) + 2;
  }

  // How many times its own pixels are those of the screen, where the page is enlarged.
  times() {
    return this.zoomed ? this.root.getBoundingClientRect().width / (this.root.offsetWidth || 1) || 1 : 1;
  }

  // In the app a part of the page scrolls.
  scrolled() {
    return this.root.getRootNode().host?.closest('[data-testid="stMain"]')?.scrollTop;
  }

  /** Shows traces of all networks and where they come from, with each one's largest difference. */
  show(result, source, delta = null) {
    this.shown = { result, source, delta };
    if (!this.layout) this.arrange();
    else this.repaint();
    if (source === "verified") {
      const detail = { shown: true };
      this.root.dispatchEvent(new CustomEvent(VERIFIED, { bubbles: true, composed: true, detail }));
    }
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), SETTLED_MS);
  }

  /** Says that the server has not answered yet. */
  showUnverified() {
    for (const row of this.rows) row.writeBadge("unverified", sentence("unverified", false, null));
  }

  repaint() {
    const { result, source, delta } = this.shown;
    const answers = this.rows.map((row, place) => {
      const { name, spec, rejection } = this.chosen[place];
      const trace = result.traces[name];
      if (!trace) return null; // PyTorch has not come, and the browser will say it at once
      const penalties = trace[spec.layers.at(-1).key];
      const answer = result.empty ? null : answerOf(penalties, rejection);
      row.painter?.paint(trace, this.theme.scale, row.limitsOf(trace));
      row.write(penalties, answer);
      const apart = delta?.[name] ?? null;
      const state = apart > WORRYING ? "apart" : source;
      row.writeBadge(state, sentence(state, false, scientific(apart)), apart);
      row.tell(penalties, answer, source, apart, this.painted + 1);
      return answer;
    });
    this.answers = answers;
    this.writeVerdict(answers);
    this.writePointed();
    this.root.dataset.frame = String(++this.painted);
  }

  // Which unit of the network in a row the pointer is on, or none for null.
  point(place, event) {
    if (place === null) this.pointed = null;
    else {
      const { left, top } = this.rows[place].layers.getBoundingClientRect();
      const times = this.times();
      const unit = unitAt(this.rows[place].layout, (event.clientX - left) / times, (event.clientY - top) / times);
      this.pointed = unit && { place, unit, x: event.clientX, y: event.clientY };
    }
    this.writePointed();
  }

  writePointed() {
    const label = this.part("pointed");
    label.hidden = !this.pointed || !this.shown;
    if (label.hidden) return;
    const { place, unit, x, y } = this.pointed;
    const { name, spec } = this.chosen[place];
    const layer = spec.layers.find(({ key }) => key === unit.layer);
    const at = (unit.map * layer.size + unit.row) * layer.size + unit.column;
    const value = this.shown.result.traces[name][layer.key][at];
    label.textContent = `${unitName(layer, unit.map, unit.row, unit.column)} = ${number(value, 4)}`;
    const right = x > innerWidth - LABEL_ROOM;
    Object.assign(label.style, {
      left: right ? "" : `${x + BESIDE}px`,
      right: right ? `${innerWidth - x + BESIDE}px` : "",
      top: `${y + BESIDE}px`,
    });
  }

  writeVerdict(answers) {
    const text = verdictOf(this.chosen, answers);
    const place = this.part("verdict");
    if (place.textContent !== text) place.textContent = text;
    const digits = new Set(answers.map((answer) => answer?.winner ?? null));
    this.root.classList.toggle("differing", digits.size > 1);
  }

  // What is said to a screen reader waits until the pen has rested.
  settle() {
    if (this.live?.isDrawing()) {
      this.settling = setTimeout(() => this.settle(), SETTLED_MS);
      return;
    }
    this.rows.forEach((row, place) => row.say(wordsOf(this.answers[place], this.chosen[place].spec).sentence));
    const text = verdictOf(this.chosen, this.answers);
    if (this.part("spoken").textContent !== text) this.part("spoken").textContent = text;
  }

  writeLegend() {
    const legend = this.part("legend");
    const stops = cssColours(this.theme.scale.diverging, RAMP_EVERY).join(", ");
    const ramp = document.createElement("span");
    ramp.className = "ramp";
    ramp.style.background = `linear-gradient(to right, ${stops})`;
    const { amplitude } = this.bundle.spec;
    const ends = [-amplitude, amplitude].map((end) => {
      const made = document.createElement("span");
      made.textContent = number(end, 2);
      return made;
    });
    const words = document.createElement("span");
    const unlimited = this.chosen?.some(({ spec }) => spec.layers.some(({ squash }) => squash === "relu")) ?? true;
    words.textContent = unlimited
      ? t("the colour of every unit\u2019s value; where ReLU sets no limit, its largest value has the full colour")
      : t("the colour of every unit\u2019s value");
    legend.replaceChildren(ends[0], ramp, ends[1], words);
  }
}

/** Whether all read the same, in a sentence. */
export function verdictOf(chosen, answers) {
  if (answers.some((answer) => answer === null)) return t("Draw a digit: every network reads it while you draw.");
  const read = answers.map(({ winner }, place) => (winner === null ? "?" : chosen[place].spec.classes[winner]));
  const count = { count: number(read.length), digit: read[0], digits: read.join(" ") };
  if (new Set(read).size > 1) return t("They disagree: {digits}.", count);
  if (read[0] === "?") return t("None of them knows this as a digit.");
  return tn("It reads {digit}.", "All {count} read {digit}.", read.length, count);
}
