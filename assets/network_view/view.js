// The view itself: it holds a trace, lays the layers out, repaints them, and shows what a unit
// sees. Where traces come from is the business of live.js.

import { readAddress, writeAddress } from "./address.js";
import { answerOf, wordsOf } from "../engine/answer.js";
import { arrangementFor, layOut } from "./layout.js";
import { makeArithmetic } from "./arithmetic.js";
import { writeCard, writeMapNames } from "./card.js";
import { fit, makePainter, paintFrame } from "./paint.js";
import { edgesInto, paintMarks } from "./marks.js";
import { RANGES, writeControls } from "./controls.js";
import { makeReplay } from "./replay.js";
import { makePointing, placeStops, same } from "./pointing.js";
import { readTheme } from "../shared/theme.js";
import { describeUnit, writeAnswer, writeLabel, writeLegend, writeOutputs, writeTitles } from "./text.js";

// Kept free below the view, so that the page tells there is more to come.
const BELOW = 60;
// The same with a pinned unit: picture and arithmetic share the screen where it is high enough.
const ARITHMETIC = 290;

// A map of zeros must not be divided by zero.
const SMALLEST_LIMIT = 1e-6;

// A difference between browser and PyTorch that no rounding explains.
const WORRYING = 1e-3;

export class NetworkView {
  constructor(parentElement, bundle, parameters) {
    this.bundle = bundle;
    this.root = parentElement.querySelector(".network");
    parentElement.querySelector("style").textContent = bundle.style;
    const part = (name) => this.root.querySelector(`.${name}`);
    this.parts = Object.fromEntries(
      [
        "waiting", "picture", "frame", "maps", "marks", "replay", "titles", "outputs", "legend",
        "controls", "badge", "stops", "names", "label", "card", "arithmetic", "described",
      ].map((name) => [name, part(name)]),
    );
    this.parts.waiting?.remove();
    this.painted = 0;
    this.trace = null;
    this.parameters = parameters;
    this.arithmetic = makeArithmetic(
      this.parts.arithmetic,
      bundle,
      this.parameters,
      () => this.theme,
      () => this.pointing.pin(null),
    );
    this.pointing = makePointing(
      this.parts.picture,
      bundle.spec,
      () => this.layout,
      (pinned) => {
        if (pinned) {
          this.tellAddress();
          this.arrange();
        }
        this.mark();
      },
    );
    const linked = readAddress(bundle.spec, Object.keys(RANGES));
    this.range = linked.range;
    this.pointing.pinned = linked.pinned;
    this.paused = false;
    this.replay = makeReplay(
      bundle.spec,
      () => ({ context: this.covers, layout: this.layout, theme: this.theme }),
      () => {
        this.updateControls();
        this.mark();
        this.parts.outputs.classList.toggle("covered", this.replay.covers("output"));
        this.parts.described.textContent = this.replay.words;
      },
    );
    this.updateControls = writeControls(this.parts.controls, this);
    this.updateControls();
    this.resized = new ResizeObserver(() => this.arrange());
    this.resized.observe(this.root.parentElement ?? this.root);
    this.root.view = this; // for whoever wants to ask the picture what it shows
  }

  close() {
    this.resized.disconnect();
  }

  setTheme() {
    const theme = readTheme(this.root, this.bundle.palette);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.layoutKey = null;
    this.arrange();
  }

  // A trace and where it comes from: "live" from the browser, or "verified" by the server, with
  // the largest difference between the two.
  show(trace, source, delta = null) {
    this.latest = { trace, source, delta };
    if (source === "verified") window.dispatchEvent(new CustomEvent("lenet-verified"));
    if (this.paused) return;
    this.trace = trace;
    this.source = source;
    this.delta = delta;
    // Measuring the page costs as much as everything else in a frame, so it is left to those
    // who know that something has changed: the size observer, the theme, a pin.
    if (this.layout) this.repaint();
    else this.arrange();
    this.tell(source, delta);
  }

  // Freezes the picture, or shows what has happened since.
  togglePause() {
    this.paused = !this.paused;
    // What is frozen must not change with the next run, which writes into the same arrays.
    if (this.paused) this.trace = structuredClone(this.trace);
    else this.show(this.latest.trace, this.latest.source, this.latest.delta);
    this.updateControls();
  }

  /** What the full colour stands for: "fixed", or the largest value of the "layer" or "map". */
  setRange(range) {
    this.range = range;
    this.tellAddress();
    this.updateControls();
    this.repaint();
  }

  /** Keeps the address saying what is shown; the server's changes to it leave this out. */
  tellAddress() {
    writeAddress(this.range, Object.keys(RANGES)[0], this.pointing.pinned);
  }

  startReplay() {
    this.replay.start(this.pointing.pinned);
    this.replay.draw();
    this.replay.play();
  }

  playReplay() {
    if (this.replay.running) this.replay.pause();
    else this.replay.play();
  }

  // The badge: whose numbers these are, and how far they can be trusted.
  tell(state, delta = null) {
    const { badge } = this.parts;
    if (state === "live" && badge.dataset.state === "live") return;
    badge.dataset.state = delta > WORRYING ? "apart" : state;
    badge.textContent = {
      live: "live, computed in this browser",
      unverified: "not verified: the server has not answered yet; the picture stays live",
      verified: `verified by PyTorch, largest difference ${scientific(delta)}`,
      apart: `this browser and PyTorch differ by ${scientific(delta)}; PyTorch's numbers are shown`,
    }[badge.dataset.state];
  }

  // Lays the view out anew where its room or theme has changed, then repaints.
  arrange() {
    if (!this.trace) return;
    const width = Math.floor(this.root.getBoundingClientRect().width);
    const below = this.pointing.pinned ? ARITHMETIC : BELOW;
    const height = Math.floor(window.innerHeight - pageTop(this.parts.picture) - below);
    const key = `${width} ${height} ${devicePixelRatio}`;
    if (width < 60) return; // not on the page yet
    if (this.layoutKey !== key) {
      this.layoutKey = key;
      this.build(layOut(this.bundle.spec, { width, height, arrangement: arrangementFor(width) }));
    }
    this.repaint();
  }

  build(layout) {
    const { spec } = this.bundle;
    const { parts, theme } = this;
    this.layout = layout;
    parts.picture.style.height = `${layout.height}px`;
    this.root.className = ["network", ...layout.classes].join(" ");
    this.root.style.setProperty("--text", layout.text);
    this.root.style.setProperty("--legend-width", `${layout.legend.width}px`);
    this.painter = makePainter(parts.maps, spec, layout, devicePixelRatio);
    this.marks = fit(parts.marks, layout, devicePixelRatio);
    paintFrame(parts.frame, layout, devicePixelRatio, theme);
    this.covers = fit(parts.replay, layout, devicePixelRatio);
    writeTitles(parts.titles, spec, layout);
    this.writeLimits = writeLegend(parts, spec, layout, theme.scale);
    placeStops(parts.stops, spec, layout);
    writeMapNames(parts.names, spec, layout, (target) => this.showCard(target));
    this.writeOutputs = writeOutputs(parts.outputs, layout);
    this.mark();
    this.replay.draw();
  }

  repaint() {
    const { spec, rejection } = this.bundle;
    const { trace } = this;
    const limits = limitsOf(this.range, spec, this.layout, trace);
    this.painter.paint(trace, this.theme.scale, limits);
    this.writeLimits(this.range, limits);
    const answer = trace.empty ? null : answerOf(trace.output, rejection);
    const { sentence, headline } = wordsOf(answer, spec.classes);
    this.writeOutputs(trace.output, answer);
    writeAnswer(headline, sentence);
    this.label();
    this.arithmetic.show(trace, this.pointing.pinned);
    const { dataset } = this.root;
    dataset.digit = answer ? String(answer.digit) : "";
    dataset.rejected = String(Boolean(answer?.rejected));
    dataset.distances = JSON.stringify(Array.from(trace.output));
    dataset.source = this.source;
    dataset.delta = this.delta === null ? "" : String(this.delta);
    dataset.strokes = String(trace.drawing?.strokes.length ?? "");
    dataset.frame = String(++this.painted);
  }

  // Outlines what the unit that is pointed at sees and feeds.
  mark() {
    if (!this.layout) return;
    const unit = this.markedUnit();
    this.root.dataset.unit = unit ? JSON.stringify(unit) : "";
    this.paintMarked(this.parts.frame, this.marks, devicePixelRatio);
    this.label();
    if (unit) this.parts.described.textContent = describeUnit(this.bundle.spec, this.trace, unit);
  }

  // A replay has its own outlines.
  markedUnit() {
    return this.replay.open ? null : this.pointing.meant;
  }

  paintMarked(frame, marks, ratio) {
    const unit = this.markedUnit();
    paintMarks(marks, this.bundle.spec, this.layout, unit, this.theme);
    paintFrame(frame, this.layout, ratio, this.theme, edgesInto(this.bundle.spec, unit));
  }

  /** The canvases that make up the picture, lowest first, sharp at a pixel ratio of their own. */
  paintedAt(ratio) {
    const { spec } = this.bundle;
    const { layout, theme, trace } = this;
    const [frame, maps, marks] = Array.from({ length: 3 }, () => document.createElement("canvas"));
    const limits = limitsOf(this.range, spec, layout, trace);
    makePainter(maps, spec, layout, ratio).paint(trace, theme.scale, limits);
    this.paintMarked(frame, fit(marks, layout, ratio), ratio);
    return [frame, maps, marks, this.parts.replay];
  }

  // The card of a map { layer, map } whose number is hovered, or none for null.
  showCard(target) {
    const { card } = this.parts;
    const { spec } = this.bundle;
    card.dataset.map = target && target.layer !== "output" ? target.map : "";
    writeCard(card, spec, this.layout, this.parameters, this.trace, target, this.theme);
  }

  label() {
    const unit = this.markedUnit();
    if (unit?.layer === "output") {
      this.parts.label.hidden = true;
      this.showCard(unit);
      return;
    }
    if (!this.parts.card.dataset.map) this.showCard(null);
    const pinned = Boolean(unit && same(unit, this.pointing.pinned));
    writeLabel(this.parts.label, this.bundle.spec, this.layout, this.trace, unit, pinned);
  }
}

// A function of a tile: the value that gets the full colour on it.
function limitsOf(range, spec, layout, trace) {
  if (range === "fixed") return () => spec.amplitude;
  const limits = new Map();
  for (const tile of layout.tiles) {
    const end = tile.first + tile.rows * tile.columns;
    const limit = largest(trace[tile.layer].subarray(tile.first, end));
    const key = range === "layer" ? tile.layer : tile;
    limits.set(key, Math.max(limits.get(key) ?? SMALLEST_LIMIT, limit));
  }
  // The codes are +-1 by definition and keep the fixed scale.
  return (tile) => limits.get(range === "layer" ? tile.layer : tile) ?? spec.amplitude;
}

function largest(values) {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

const scientific = (value) => (value === 0 ? "0" : value?.toExponential(0));

// Where the view begins on the page, however far the page is scrolled.
function pageTop(element) {
  const scroller = element.getRootNode().host?.closest('[data-testid="stMain"]');
  return element.getBoundingClientRect().top + (scroller?.scrollTop ?? 0);
}
