// The view itself: it holds a trace, lays the layers out, repaints them, and shows what a unit
// sees. Where traces come from is the business of live.js.

import { answerOf, wordsOf } from "../engine/answer.js";
import { explain } from "../engine/explain.js";
import { roomHeight } from "../shared/docked.js";
import { containerOf, isOfTheSecond } from "../shared/on_page.js";
import { tilesOf } from "../shared/tiles.js";
import { timesPresented, whenPresented } from "../shared/presenting.js";
import { readTheme, whenPrinted } from "../shared/theme.js";
import { t } from "../shared/words.js";
import { readAddress, writeAddress } from "./address.js";
import { makeArithmetic } from "./arithmetic.js";
import { aheadInWords, writeBadge } from "./badge.js";
import { writeCard } from "./card.js";
import { writeControls } from "./controls.js";
import { makeGrips } from "./dragging.js";
import { makeHelp } from "./help.js";
import { makeHint } from "./hint.js";
import { arrangementFor, boundsOf, layOut } from "./layout.js";
import { makeLesson } from "./lesson.js";
import { escapes } from "./leaving.js";
import { makePointing, same } from "./pointing.js";
import { RANGES } from "./ranges.js";
import { makeReplay } from "./replay.js";
import { Scene } from "./scene.js";
import { makeSheet } from "./sheet.js";
import { coverSummary, summaryOf, writeSummary } from "./summary.js";
import { describeUnit, writeAnswer, writeLabel } from "./text.js";

// Inputs no further apart than this are of the same drawing.
const SAME_INPUT = 1e-3;

const ADDRESS_MS = 200; // from one change of the address to the next, at least
// The share of a presented view's height that the arithmetic of a pinned unit gets.
const ARITHMETIC = 0.52;

const SETTLED_MS = 500; // without a new trace

// Sent from a view's root when PyTorch's trace has been taken; it bubbles out of shadow roots.
// Its detail says whether that is `shown`.
const VERIFIED = "lenet-verified";

const PARTS = [
  "picture", "lines", "maps", "marks", "replay", "titles", "outputs", "legend", "controls", "caption", "badge",
  "stops", "names", "grips", "label", "card", "lesson", "arithmetic", "sheet", "summary",
  "announcement", "spoken", "hint", "explained",
];

export class NetworkView {
  /**
   * A view in a component's element. `place` says what it is on its page: `network`, its name;
   * `label`, the same for people; `answer`, the key of the container that it writes the answer
   * to, or null; and `address`, whether the page's address follows its pin and range.
   */
  constructor(parentElement, bundle, parameters, place) {
    this.bundle = bundle;
    this.spec = bundle.spec;
    this.place = place;
    this.parameters = parameters;
    this.root = parentElement.querySelector(".network");
    this.root.dataset.network = place.network;
    this.second = isOfTheSecond(place.key);
    this.root.ariaLabel = this.second ? t("The network on the second drawing") : t("The network");
    parentElement.querySelector("style").textContent = bundle.style;
    this.parts = Object.fromEntries(
      PARTS.map((name) => [name, this.root.querySelector(`.${name}`)]),
    );
    this.root.querySelector(".waiting")?.remove();
    this.painted = 0;
    this.trace = null;
    this.paused = false;
    this.badge = { state: "live", delta: null };
    this.checked = bundle.checked ?? null; // a comparison with PyTorch before anything was drawn
    this.numbered = null; // the map whose number is hovered
    this.cardAsked = false;
    this.ahead = false; // the pen has gone on while the picture is paused
    this.listening = new AbortController();
    const { signal } = this.listening;
    // Before a pinned unit is let go, for which pointing.js listens.
    document.addEventListener("keydown", (event) => this.leaveReplay(event), { capture: true, signal });
    this.large = null; // the key of the layer that is enlarged, where the view is presented
    this.addControls();
    this.watched = new WeakSet();
    this.resized = new ResizeObserver(() => this.arrange());
    this.resized.observe(this.root.parentElement ?? this.root);
    // A window that becomes higher changes no element's width.
    window.addEventListener("resize", () => this.arrange(), { signal });
    whenPresented(() => this.arrange(), signal);
    this.parts.titles.addEventListener("click", ({ target }) => {
      const { layer } = target.closest(".title").dataset;
      if (timesPresented() && !target.closest(".help")) this.enlarge(layer === this.large ? null : layer);
    });
    makeHelp(this.root, this.parts.explained, bundle.help, () => place.address);
    this.hint = makeHint(this.parts.hint, place.address);
    document.addEventListener("scroll", () => this.tellTiles(), { capture: true, passive: true, signal });
    this.printed = whenPrinted(() => this.setTheme());
    this.root.view = this; // for whoever wants to ask the picture what it shows
  }

  addControls() {
    const { bundle, parameters, parts, place, spec } = this;
    this.arithmetic = makeArithmetic(
      parts.arithmetic,
      bundle,
      this.parameters,
      () => this.theme,
      { replay: () => this.startReplay(), close: () => this.pointing.pin(null) },
    );
    this.pointing = makePointing(
      parts.picture,
      spec,
      () => this.layout,
      (pinned) => {
        if (pinned) {
          this.updateAddress();
          this.followPin();
          if (timesPresented()) this.arrange();
          else if (this.trace) this.showArithmetic();
        }
        this.mark();
      },
    );
    const linked = place.address ? readAddress(spec, RANGES) : null;
    this.sheet = makeSheet(parts.sheet, spec, (unit) => this.pointing.pin(unit));
    this.range = linked?.range ?? RANGES[0];
    this.pointing.pinned = linked?.pinned ?? null;
    this.replay = makeReplay(
      spec,
      () => ({
        context: this.scene.covers, layout: this.layout, theme: this.theme, trace: this.trace,
      }),
      (unit) => explain(spec, parameters, this.trace, unit),
      () => this.showReplay(),
    );
    this.lesson = makeLesson(parts.lesson, spec);
    this.held = false; // whether the pointer is on the window of the pinned unit
    this.grips = makeGrips(parts.grips, spec, {
      hold: (dragged) => this.hold(dragged),
      move: (unit) => this.pointing.pin(unit),
    });
    this.updateControls = writeControls(parts.controls, this);
    this.updateControls();
  }

  close() {
    this.pointing.stop();
    clearTimeout(this.addressDue);
    this.resized.disconnect();
    this.printed();
    this.rewritten?.disconnect();
    this.listening.abort();
  }

  // --- what happens to the view -----------------------------------------------------------

  setTheme(options) {
    const theme = readTheme(this.root, this.bundle.palettes, options);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.layoutKey = null;
    this.arrange();
  }

  /** What `make` makes of the view while it has the colours of paper. */
  onPaper(make) {
    this.root.dataset.paper = "";
    this.setTheme({ onPaper: true });
    const made = make();
    delete this.root.dataset.paper;
    this.setTheme();
    return made;
  }

  /**
   * Shows a trace and where it comes from: "live" from the browser, or "verified" by the server,
   * with the largest difference between the two.
   */
  show(trace, source, delta = null) {
    this.latest = { trace, source, delta };
    const wasAhead = this.ahead;
    this.ahead = this.paused && !this.isShown(trace);
    if (this.ahead && !wasAhead) this.parts.announcement.textContent = aheadInWords();
    if (source === "verified") {
      const detail = { shown: !this.ahead };
      this.root.dispatchEvent(
        new CustomEvent(VERIFIED, { bubbles: true, composed: true, detail }),
      );
    }
    // PyTorch may still verify what was frozen; the browser's own run would change it.
    if (this.ahead || (this.paused && source === "live")) {
      this.writeBadge();
      return;
    }
    this.trace = trace;
    this.source = source;
    this.delta = delta;
    // Measuring the page costs as much as everything else in a frame, so it is left to those
    // who know that something has changed: the size observer, the theme, a pin.
    if (this.layout) this.repaint();
    else this.arrange();
    if (source === "verified") this.tellTiles();
    this.settleSoon();
    this.badge = { state: source, delta };
    this.writeBadge();
  }

  // What is said to a screen reader waits until the pen has rested.
  settleSoon() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), SETTLED_MS);
  }

  // Says the answer, if it is another than was said last, and what the layers show.
  settle() {
    if (this.live?.isDrawing() || this.replay.open) {
      this.settleSoon();
      return;
    }
    const { parts, spec, trace } = this;
    const answer = trace.empty ? null : answerOf(trace[spec.layers.at(-1).key], this.bundle.rejection);
    writeSummary(parts.summary, parts.stops, summaryOf(spec, trace, answer));
    const { sentence } = wordsOf(answer, spec);
    if (this.said !== sentence) {
      parts.spoken.textContent = this.second ? t("Second drawing: {answer}", { answer: sentence }) : sentence;
    }
    this.said = sentence;
  }

  // Whether a trace is of the drawing that is shown. Browser and PyTorch round it differently.
  isShown(trace) {
    const { key } = this.spec.layers[0];
    const shown = this.trace[key];
    return trace[key].every((value, i) => Math.abs(value - shown[i]) < SAME_INPUT);
  }

  /** Says that the server has not answered yet, unless that is about another drawing. */
  showUnverified() {
    if (this.ahead) return;
    this.badge = { state: "unverified", delta: null };
    this.writeBadge();
  }

  writeBadge() {
    writeBadge(this.parts.badge, this.badge, this);
  }

  /** Freezes the picture, or shows what has happened since. */
  togglePause() {
    if (!this.trace) return;
    this.paused = !this.paused;
    // What is frozen must not change with the next run, which writes into the same arrays.
    if (this.paused) this.trace = structuredClone(this.trace);
    else this.show(this.latest.trace, this.latest.source, this.latest.delta);
    this.writeBadge();
    this.updateControls();
  }

  /** What the full colour stands for: one of RANGES. */
  setRange(range) {
    this.range = range;
    this.updateAddress();
    this.updateControls();
    if (this.trace) this.repaint();
  }

  /** Writes pin and range into the address; changes of it by the server leave them out. */
  updateAddress() {
    if (!this.place.address) return;
    // Browsers refuse more than some hundred changes in ten seconds, as dragging would make.
    clearTimeout(this.addressDue);
    const wait = (this.addressed ?? 0) + ADDRESS_MS - performance.now();
    if (wait > 0) {
      this.addressDue = setTimeout(() => this.updateAddress(), wait);
      return;
    }
    this.addressed = performance.now();
    writeAddress(this.range, RANGES[0], this.pointing.pinned);
  }

  /** Gives a layer, by its key, the room that the others can spare; null for none. */
  enlarge(key) {
    this.large = key;
    this.arrange();
  }

  /** The same for the layer that is pointed at; once more, or nowhere, and none is enlarged. */
  toggleLarge() {
    const { layer = null } = this.pointing.meant ?? {};
    this.enlarge(layer === this.large ? null : layer);
  }

  startReplay() {
    if (!this.trace) return;
    this.pointing.hovered = null;
    this.replay.start(this.pointing.pinned);
    this.replay.draw();
    this.replay.play();
    this.showReplay();
    // On the smallest screens one has scrolled to the controls.
    if (this.layout.sheet) this.root.scrollIntoView({ block: "start" });
    this.placeControls();
  }

  leaveReplay(event) {
    if (!this.replay.open || !escapes(event)) return;
    event.stopImmediatePropagation();
    this.replay.stop();
  }

  playReplay() {
    if (this.replay.running) this.replay.pause();
    else if (this.replay.stepsOnly) this.replay.step();
    else this.replay.play();
  }

  // What the replay changes beside the picture: whatever is said of what is not computed yet.
  showReplay() {
    const { parts, replay, spec } = this;
    const output = spec.layers.at(-1).key;
    this.updateControls();
    this.placeGrips();
    parts.caption.hidden = !replay.open;
    parts.caption.textContent = replay.words;
    this.showLesson();
    const said = JSON.stringify([
      replay.moment?.place, replay.covers(output), replay.reached(output), this.pinnedIsReached(),
    ]);
    if (said !== this.replayed) {
      this.replayed = said;
      parts.outputs.classList.toggle("covered", replay.covers(output));
      [...parts.outputs.querySelectorAll(".output")].forEach((row, digit) =>
        row.classList.toggle("covered", digit >= replay.reached(output)),
      );
      coverSummary(parts.summary, parts.stops, (key) => replay.covers(key));
      this.placeControls();
      this.writeAnswer();
      this.showArithmetic();
      this.mark();
    }
    const { kind, place } = replay.moment ?? {};
    const step = replay.running ? `${kind} ${place}` : parts.caption.textContent;
    if (replay.open && step !== this.announced) {
      parts.announcement.textContent = parts.caption.textContent;
    }
    this.announced = step;
  }

  // Where the controls are not on the screen, they come there as long as the replay is open.
  placeControls() {
    const { controls } = this.parts;
    controls.classList.remove("floating");
    if (!this.replay.open) return;
    const corner = this.corner();
    controls.style.setProperty("--buttons", `${corner?.bottom}px`);
    controls.style.setProperty("--buttons-height", `${corner?.end - corner?.bottom + 1}px`);
    controls.classList.toggle("beside", Boolean(corner));
    controls.classList.toggle("floating", controls.getBoundingClientRect().bottom > innerHeight);
  }

  showLesson() {
    const { layout, theme } = this;
    const corner = layout?.classes.includes("narrow") ? this.corner() : null;
    const { pinned } = this.pointing;
    const held = this.held && pinned && this.trace && !layout.sheet ? this.replay.allOf(pinned) : null;
    this.lesson.show(this.replay.open ? this.replay.numbers : held, { layout, theme, corner });
  }

  // The pointer has come upon the window of the pinned unit, drags it (`dragged`), or has left it.
  hold(dragged) {
    // Presented, the panel with its whole arithmetic is in sight already.
    this.held = dragged !== null && !this.layout.classes.includes("presenter");
    this.pointing.hovered = null;
    this.mark();
    this.showLesson();
  }

  placeGrips() {
    const { layout, pointing, replay } = this;
    if (!layout) return;
    let unit = layout.sheet ? null : pointing.pinned; // a sheet lies over the picture
    if (replay.open) unit = replay.running || !replay.numbers ? null : replay.unit;
    if (!unit) this.held = false;
    this.grips.place(unit, layout);
  }

  // Another unit is pinned, or none, while a replay is open.
  followPin() {
    const { pointing, replay } = this;
    if (!replay.open) return;
    const computed = pointing.pinned && pointing.pinned.layer !== this.spec.layers[0].key;
    if (computed) replay.moveTo(pointing.pinned);
    else replay.stop();
  }

  // Whether a replay has not yet to come to the pinned unit.
  pinnedIsReached() {
    const { pinned } = this.pointing;
    return !pinned || !this.replay.open || this.replay.reaches(pinned);
  }

  // --- layout and painting ------------------------------------------------------------------

  // Lays the view out anew where its size or theme has changed, then repaints.
  arrange() {
    if (!this.trace) return;
    const width = Math.floor(this.root.getBoundingClientRect().width);
    const { rows } = this.place;
    const arrangement = arrangementFor(width, window.innerHeight, timesPresented(), rows);
    const around = arrangement.below + (rows > 1 ? 0 : pageTop(this.parts.picture));
    const height = Math.floor(roomHeight() / rows - around);
    const corner = this.corner();
    const large = arrangement.aside ? this.large : null;
    const kept = arrangement.aside && this.pointing.pinned ? Math.round(height * ARITHMETIC) : 0;
    const key = JSON.stringify([width, height, devicePixelRatio, corner, arrangement.text, large, kept]);
    if (width < 60) return; // not on the page yet
    if (this.layoutKey !== key) {
      this.layoutKey = key;
      this.build(layOut(this.spec, { width, height, arrangement, corner, large, kept }));
    }
    this.repaint();
    this.tellTiles();
  }

  // The part of the picture that the drawing canvas and its buttons lie over, on a phone.
  corner() {
    const { left, top, right } = this.parts.picture.getBoundingClientRect();
    // They may come, or get their sizes, after the view: then it is arranged again.
    const [canvas, buttons] = [this.place.canvas, this.place.undo].map((key) => {
      const container = key && containerOf(key);
      if (container && !this.watched.has(container)) {
        this.watched.add(container); // asked twice, an observer would tell each time
        this.resized.observe(container);
      }
      return container?.getBoundingClientRect();
    });
    if (!canvas || canvas.left >= right || canvas.right <= left || canvas.bottom <= top) return null;
    return {
      right: Math.ceil(canvas.right - left),
      bottom: Math.ceil(canvas.bottom - top),
      end: Math.ceil(Math.max(canvas.bottom, buttons?.bottom ?? 0) - top),
    };
  }

  // Where each layer is on the screen, for tests and tools: [left, top, width, height].
  tellTiles() {
    if (!this.layout) return;
    const { left, top } = this.parts.picture.getBoundingClientRect();
    const tiles = this.spec.layers.map(({ key }) => {
      const { x, y, width, height } = boundsOf(this.spec, this.layout, key);
      return [key, [left + x, top + y, width, height]];
    });
    this.root.dataset.tiles = JSON.stringify(Object.fromEntries(tiles));
  }

  build(layout) {
    const { parts, root, theme } = this;
    this.layout = layout;
    root.className = ["network", ...layout.classes].join(" ");
    root.style.setProperty("--text", layout.text);
    const { below, legend } = layout;
    this.hint.place(layout);
    root.style.setProperty("--legend-width", `${legend.width}px`);
    root.style.setProperty("--legend-top", `${legend.y}px`);
    if (below) {
      root.style.setProperty("--below-left", `${below.x}px`);
      root.style.setProperty("--below-top", `${below.y}px`);
    }
    this.scene = new Scene(
      parts, this.spec, this.bundle.rejection, layout, theme, (target) => this.number(target),
    );
    this.mark();
    this.replay.draw();
    this.replayed = "";
    if (this.replay.open) this.showReplay();
  }

  repaint() {
    const { spec, trace } = this;
    const penalties = trace[spec.layers.at(-1).key];
    const answer = trace.empty ? null : answerOf(penalties, this.bundle.rejection);
    this.scene.paint(trace, this.range, answer);
    this.words = wordsOf(answer, spec);
    this.said ??= this.words.sentence; // what stands there when the page opens is read with the page
    this.writeAnswer();
    this.label();
    this.showArithmetic();
    if (this.replay.open) this.showReplay();
    else if (this.held) this.showLesson();
    const { dataset } = this.root;
    dataset.digit = answer ? String(answer.digit) : "";
    dataset.rejected = String(Boolean(answer?.rejected));
    dataset.distances = JSON.stringify(Array.from(penalties));
    dataset.source = this.source;
    dataset.delta = this.delta === null ? "" : String(this.delta);
    dataset.strokes = String(trace.drawing?.strokes.length ?? "");
    dataset.frame = String(++this.painted);
  }

  // The pinned unit's arithmetic: below the picture, or on a phone in a sheet over the page.
  showArithmetic() {
    const { layout, parts, pointing, range, theme, trace } = this;
    const unit = this.pinnedIsReached() ? pointing.pinned : null;
    this.arithmetic.show(trace, unit);
    if (layout?.sheet && unit && !this.replay.open) {
      this.sheet.show({ unit, trace, layout, range, theme }, parts.arithmetic);
      return;
    }
    this.sheet.hide();
    if (parts.arithmetic.parentNode === parts.sheet) parts.sheet.before(parts.arithmetic);
  }

  /** What the page says of the answer: in a replay nothing before the output is computed. */
  shownWords() {
    if (!this.replay.covers(this.spec.layers.at(-1).key)) return this.words;
    return { headline: "", sentence: t("The replay has not come to the output yet.") };
  }

  // The server writes there, too, when its answer comes; what is shown here may be another drawing.
  writeAnswer() {
    const place = this.place.answer && containerOf(this.place.answer);
    if (!place) return;
    if (place !== this.answerPlace) {
      this.answerPlace = place;
      this.rewritten?.disconnect();
      this.rewritten = new MutationObserver(() => writeAnswer(place, this.shownWords()));
      this.rewritten.observe(place, { childList: true, subtree: true, characterData: true });
    }
    writeAnswer(place, this.shownWords());
  }

  /** The canvases of the picture as it is now, lowest first, sharp at a pixel ratio. */
  paintedAt(ratio) {
    return this.scene.paintedAt(ratio, this.trace, this.range, this.markedUnit());
  }

  // --- the unit that is pointed at ------------------------------------------------------------

  // Outlines what the unit sees and feeds, and says it.
  mark() {
    if (!this.layout) return;
    const unit = this.markedUnit();
    this.root.dataset.unit = unit ? JSON.stringify(unit) : "";
    this.scene.mark(unit);
    this.placeGrips();
    if (this.held) this.showLesson();
    this.label();
    if (!unit) return;
    this.hint.followed();
    this.parts.announcement.textContent = describeUnit(this.spec, this.trace, unit);
  }

  // A replay has its own outlines.
  markedUnit() {
    return this.replay.open ? null : this.pointing.meant;
  }

  // The number of a map { layer, map } is hovered, or none for null.
  number(target) {
    this.numbered = target;
    this.label();
  }

  /** Shows the parameters of the map of the unit that is meant, or its label again. */
  toggleCard() {
    if (!this.markedUnit()) return;
    this.cardAsked = !this.cardAsked;
    this.label();
    const { announcement, card } = this.parts;
    if (!card.hidden) announcement.textContent = card.innerText;
  }

  // What is said of the unit in a label, or of its map in a card: of an output always, of others
  // where it is asked for or the map's number is hovered.
  label() {
    const { layout, numbered, parts, spec, trace } = this;
    this.hint.show({ empty: trace.empty, replayed: this.replay.open });
    const unit = this.held ? null : this.markedUnit(); // then its numbers are there
    if (!unit) this.cardAsked = false;
    const wanted = unit && (this.isOutput(unit) || (this.cardAsked && hasMaps(layout, unit)));
    const target = numbered ?? (wanted ? unit : null);
    parts.card.dataset.map = target && !this.isOutput(target) ? target.map : "";
    writeCard(parts.card, spec, layout, this.parameters, trace, target, this.theme);
    const pinned = Boolean(unit && same(unit, this.pointing.pinned));
    writeLabel(parts.label, spec, layout, trace, wanted ? null : unit, pinned);
  }

  isOutput({ layer }) {
    return layer === this.spec.layers.at(-1).key;
  }
}

// Whether the layer of a unit shows its maps one by one.
const hasMaps = (layout, { layer }) => tilesOf(layout, layer).length > 1;

// Where the view begins on the page, however far the page is scrolled.
function pageTop(element) {
  // In the app a part of the page scrolls, in a page of one file the whole of it.
  const scroller = element.getRootNode().host?.closest('[data-testid="stMain"]');
  return element.getBoundingClientRect().top + (scroller?.scrollTop ?? 0) + window.scrollY;
}
