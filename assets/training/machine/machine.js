// A recorded network at moments of its training: its maps, its kernels and its distances for what
// is on the canvas, read in this browser with the weights of that moment.

import { makeLive } from "../../canvas/live.js";
import { ComparisonView } from "../../comparison/view.js";
import { makeNetwork } from "../../engine/forward.js";
import { readDrawing } from "../../engine/unpack.js";
import { mountOne } from "../../shared/mount_one.js";
import { readTheme, whenPrinted } from "../../shared/theme.js";
import { number, t, tn } from "../../shared/words.js";
import { makeChart } from "./chart.js";
import { makeKernels } from "./kernels.js";
import { makeLearned, settled } from "./learned.js";
import { makeMoments } from "./moments.js";
import { keepState, nearestTo, readState } from "./state.js";
import { readWeights } from "./weights.js";
import { errorInWords, momentInWords } from "./words.js";

const STEP_MS = 500; // of playing
const BUDGET_MS = 5; // of a frame for the moments that are not shown
const KEEP_MS = 300; // browsers take only so many changes of an address
const ROWS = ["first", "second"];

let before = null; // { first, second, two } when the page was left: patterns, or null for a run's end

export const mount = mountOne((component, bundle) => new Machine(component, bundle), {
  subject: ({ run }) => run.name,
  left: ({ moments }) => keepState(null, moments),
});

class Machine {
  constructor({ parentElement, header, values }, bundle) {
    const { run, normalisation } = header;
    this.run = run;
    this.spec = bundle.spec;
    this.palettes = bundle.palettes;
    this.moments = run.moments;
    this.root = parentElement.querySelector(".machine");
    this.root.machine = this; // for whoever wants to ask what it shows
    this.state = startingState(this.moments);
    this.shown = { first: null, second: null }; // places whose weights are on the screen
    this.pixels = normalisation.inputSize ** 2;
    this.sample = header.sample ? values.slice(0, this.pixels) : null;
    this.result = null; // the latest of the pen's: { input, empty }
    this.frame = 0;
    this.playing = 0;
    this.failed = null;
    this.learned = makeLearned(this.moments.length);
    this.view = new ComparisonView(parentElement, bundle, { zoomed: true });
    this.weights = makeMoments(this.moments, {
      load: (address) => loadNetwork(address, this.spec),
      arrived: () => this.request(),
      failed: (place) => this.fail(place),
      idle: whenIdle,
    });
    this.listening = new AbortController();
    this.printed = whenPrinted(() => this.setTheme());
    this.build();
    this.setTheme();
    this.arrangeRows();
    const reader = { blank: this.blank(), run: (input) => ({ input: input.slice() }), difference: () => 0 };
    this.live = makeLive(this, normalisation, reader, header.place);
    this.view.live = this.live;
    this.want();
  }

  // What stands on the canvas while nothing is drawn: a packaged digit.
  blank() {
    return this.sample ?? new Float32Array(this.pixels).fill(this.spec.background);
  }

  part(name) {
    return this.root.querySelector(`.${name}`);
  }

  /** What the server says of the drawing, and the theme, which may have changed. */
  receive({ header, values, setTriggerValue }) {
    this.live.ask = () => setTriggerValue("asked", { presses: this.live.presses() });
    this.setTheme();
    let at = header.sample ? this.pixels : 0;
    const take = (count) => values.subarray(at, (at += count));
    const { traced, empty, drawing } = header;
    this.live.receive({ traced, empty, drawing: readDrawing(drawing, take, this.pixels) });
  }

  // The two ways in which makeLive() shows something.
  show({ input, empty }) {
    this.result = { input, empty };
    this.learned.want(input);
    this.request();
  }

  showUnverified() {} // nothing here is PyTorch's

  build() {
    const { signal } = this.listening;
    const last = this.moments.length - 1;
    this.slides = ROWS.map((row) => {
      const root = this.part(`slide.${row}`);
      const [label, input, output] = root.children;
      input.id = `moment_${row}`;
      label.htmlFor = input.id;
      label.textContent = row === "first" ? t("Moment") : t("Second moment");
      input.max = String(last);
      input.addEventListener("input", () => this.slide(row, Number(input.value)), { signal });
      return { row, root, input, output };
    });
    const [box, words] = this.part("two").children;
    words.textContent = t("Two moments side by side");
    box.checked = this.state.second !== null;
    box.addEventListener("change", () => this.putBeside(box.checked), { signal });
    this.part("play").addEventListener("click", () => this.play(!this.playing), { signal });
    this.part("when > h3").textContent = t("When did it learn this?");
    this.part("kernels > h3").textContent = t("The kernels at that moment");
    const svg = this.root.querySelector(".when svg");
    this.chart = makeChart(svg, this.moments, this.run.digits, this.spec.classes);
    const point = (event) => {
      if (event.type === "pointermove" && !event.buttons) return;
      const { left, width } = svg.getBoundingClientRect();
      this.slide("first", this.chart.placeAt(((event.clientX - left) * svg.clientWidth) / width));
    };
    svg.addEventListener("pointerdown", point, { signal });
    svg.addEventListener("pointermove", point, { signal });
    this.resized = new ResizeObserver(([{ contentRect }]) => {
      if (this.chart.resize(Math.floor(contentRect.width))) this.request(true);
    });
    this.resized.observe(svg);
    this.writePlay();
  }

  setTheme() {
    const theme = readTheme(this.root, this.palettes);
    this.view.setTheme();
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.request(true);
  }

  rows() {
    return ROWS.filter((row) => this.state[row] !== null);
  }

  // A row of maps and a pair of pictures of kernels for each moment that is shown.
  arrangeRows() {
    const rows = this.rows();
    const told = rows.map((row) => ({
      name: row,
      identity: row,
      title: this.run.title,
      difference: "",
      facts: [""],
      labels: {},
      spec: this.spec,
      rejection: null,
    }));
    this.view.choose(told, this.spec.layers.slice(1, -1).map(({ key }) => key));
    this.kernels = rows.map(() => makeKernels(this.spec, this.run.ranges));
    this.part("pairs").replaceChildren(...this.kernels.map(({ root }) => root));
    this.shown = { first: null, second: null };
    this.part("slide.second").hidden = this.state.second === null;
  }

  slide(row, place) {
    this.play(false);
    this.go(row, place);
  }

  go(row, place) {
    if (this.state[row] === place) return;
    this.state[row] = place;
    this.failed = null;
    this.want();
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => keepState(this.state, this.moments), KEEP_MS);
  }

  putBeside(both) {
    this.state.second = both ? otherThan(this.state.first, this.moments) : null;
    this.arrangeRows();
    this.want();
    keepState(this.state, this.moments);
  }

  want() {
    for (const row of this.rows().reverse()) this.weights.want(this.state[row]);
    this.request();
  }

  fail(place) {
    if (!this.rows().some((row) => this.state[row] === place)) return;
    this.failed = place;
    this.play(false);
    this.request();
  }

  play(on) {
    if (on === Boolean(this.playing)) return;
    clearInterval(this.playing);
    this.playing = 0;
    const last = this.moments.length - 1;
    if (on) {
      if (this.state.first === last) this.go("first", 0);
      this.playing = setInterval(() => {
        const { first } = this.state;
        if (!this.weights.at(first)) return; // still on its way
        if (first < last) this.go("first", first + 1);
        else this.play(false);
      }, STEP_MS);
    }
    this.writePlay();
  }

  writePlay() {
    this.part("play").textContent = this.playing ? t("Pause") : t("Play");
  }

  /** Has the page painted in the next frame; `anew` if the chart is to be drawn whatever it shows. */
  request(anew = false) {
    this.redraw ||= anew;
    if (!this.stopped) this.frame ||= requestAnimationFrame(() => this.paint());
  }

  paint() {
    this.frame = 0;
    if (this.stopped || !this.result || !this.theme) return;
    this.writeSlides();
    const rows = this.rows();
    const here = rows.map((row) => this.weights.at(this.state[row]));
    this.writeNote(rows, here);
    // A moment that is still on its way leaves the one before it in its place.
    rows.forEach((row, i) => (this.shown[row] = here[i] ? this.state[row] : this.shown[row]));
    const places = rows.map((row) => this.shown[row]);
    if (places.some((place) => place === null)) return;
    const traces = {};
    rows.forEach((row, i) => {
      const { network, parameters } = this.weights.at(places[i]);
      traces[row] = network.run(this.result.input);
      const moment = this.moments[places[i]];
      const title = momentInWords(moment, this.run.digits);
      this.view.rows[i].rename(title, [errorInWords(moment)]);
      this.kernels[i].say(title);
      this.kernels[i].paint(parameters, this.theme.scale);
    });
    this.view.show({ traces, empty: this.result.empty && !this.sample }, "live");
    this.root.dataset.shown = JSON.stringify(places.map((place) => this.moments[place].patterns));
    this.chart.point(places, this.theme);
    const more = this.learned.work((place) => this.weights.at(place)?.network, BUDGET_MS);
    this.writeLearned();
    if (more) this.request();
  }

  writeSlides() {
    for (const { row, input, output } of this.slides) {
      const place = this.state[row];
      if (place === null) continue;
      const moment = this.moments[place];
      const words = t("{moment}: {error}", {
        moment: momentInWords(moment, this.run.digits),
        error: errorInWords(moment),
      });
      if (input.value !== String(place)) input.value = String(place);
      if (output.textContent === words) continue;
      output.textContent = words;
      input.setAttribute("aria-valuetext", words);
    }
  }

  writeNote(rows, here) {
    const missing = rows.find((_, i) => !here[i]);
    const note = this.part("note");
    let words = "";
    if (this.failed !== null) {
      words = t("The weights of this moment did not come. Check the connection, then choose the moment again.");
    } else if (missing) {
      words = t("The weights {moment} are on their way.", {
        moment: momentInWords(this.moments[this.state[missing]], this.run.digits),
      });
    } else if (this.result.empty && this.sample) {
      words = t("Nothing is drawn yet, so it reads one of the samples. Draw a digit to see when it was learned.");
    }
    note.classList.toggle("failed", this.failed !== null);
    if (note.textContent !== words) note.textContent = words;
  }

  // Drawn anew only where there is more to see: it is slower than all else in a frame.
  writeLearned() {
    const distances = this.learned.distances();
    const known = distances.filter(Boolean);
    const same = this.drawnOf?.length === known.length && known.every((one, i) => one === this.drawnOf[i]);
    if (same && !this.redraw) return;
    this.redraw = false;
    this.drawnOf = known;
    const found = settled(distances);
    this.chart.draw(distances, found, this.theme);
    const words = found ? this.learnedInWords(found) : "";
    const since = this.part("since");
    if (since.textContent !== words) since.textContent = words;
    this.root.querySelector(".when svg").ariaLabel = words;
    this.root.dataset.known = String(known.length);
  }

  learnedInWords({ digit, place, known }) {
    const words = {
      digit: this.spec.classes[digit] ?? "?",
      moment: momentInWords(this.moments[place], this.run.digits),
      count: number(known),
    };
    const all = this.moments.length;
    if (known < all) {
      return tn(
        "It reads {digit}, as far as {count} moment is here; the others are on their way.",
        "It reads {digit}, as far as {count} moments are here; the others are on their way.",
        known,
        words,
      );
    }
    if (place === 0) return t("It reads {digit} at every moment, even before learning, by chance.", words);
    if (place === all - 1) return t("Only the last moment reads {digit}.", words);
    return t("It has read {digit} from this moment on: {moment}.", words);
  }

  stop() {
    this.stopped = true;
    const last = this.moments.length - 1;
    const patterns = (place) => (place === null || place === last ? null : this.moments[place].patterns);
    before = { first: patterns(this.state.first), second: patterns(this.state.second), two: this.state.second !== null };
    clearInterval(this.playing);
    clearTimeout(this.keeping);
    cancelAnimationFrame(this.frame);
    this.listening.abort();
    this.resized.disconnect();
    this.printed();
    this.weights.stop();
    this.live.stop();
    this.view.close();
  }
}

async function loadNetwork(address, spec) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const parameters = readWeights(await answer.arrayBuffer());
  return { parameters, network: makeNetwork(spec, parameters) };
}

// Time for what nobody waits for.
const whenIdle = (step) =>
  window.requestIdleCallback ? requestIdleCallback(step, { timeout: 300 }) : setTimeout(step, 50);

// What the address asks for, or what was shown before; the end of another run is this one's end.
function startingState(moments) {
  const last = moments.length - 1;
  const asked = readState(location.search, moments);
  if (asked.first !== null || asked.second !== null) return { ...asked, first: asked.first ?? last };
  if (!before) return { first: last, second: null };
  const place = (patterns) => (patterns === null ? last : nearestTo(patterns, moments));
  return { first: place(before.first), second: before.two ? place(before.second) : null };
}

// A moment to put beside: the one at which the first pass is a quarter done, or the end.
function otherThan(first, moments) {
  const early = nearestTo(1000, moments);
  return first === early ? moments.length - 1 : early;
}
