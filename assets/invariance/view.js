// The page's elements: what stands there, and what is written and painted into it.

import { NOTHING } from "../engine/disturb.js";
import { smallest } from "../engine/runs.js";
import { filled, HOLES } from "../shared/filled.js";
import { button } from "../shared/button.js";
import { readTheme, whenPrinted } from "../shared/theme.js";
import { number, t, tn } from "../shared/words.js";
import {
  drawAccuracy,
  drawCurve,
  drawInput,
  drawMap,
  mapInWords,
  placeInChart,
  styleOf,
} from "./chart.js";
import { DEMONSTRATIONS } from "./demonstrations.js";
import { DISTURBANCES, MAPS, NAMES, placeOf, valueAt, valuesOf, within } from "./disturbances.js";
import { edgesInWords, reach } from "./edges.js";

const CURVE_HEIGHT = 172;
const MAP_SIDE = 176;
const ACCURACY_HEIGHT = 210;
const WORRYING = 1e-3; // a difference between browser and PyTorch that no rounding explains

export class InvarianceView {
  /**
   * `readers` are the networks { name, title, unit, place, penalties }; `told` has what is to be
   * called: moved(name, value), placed(values), reset(), otherNoise(), curveChosen(name),
   * digitChosen(digit or null), demonstrated(name).
   */
  constructor(root, readers, palettes, normalisation, told) {
    Object.assign(this, { root, readers, palettes, normalisation, told });
    this.part = (name) => root.querySelector(name);
    this.shown = null;
    this.frames = 0;
    this.buildSliders();
    this.buildButtons();
    this.buildChoices();
    this.buildNetworks();
    this.part(".note").textContent = t(
      "A drawing is centred and resized before a network sees it, so what is disturbed here is " +
        "the network's input. The smallest penalty wins; nothing is turned down.",
    );
    this.part(".before figcaption").textContent = t("the input as drawn");
    this.setTheme();
    this.resized = new ResizeObserver(() => this.repaint());
    this.resized.observe(root);
    this.printed = whenPrinted(() => {
      this.setTheme();
      this.repaint();
    });
  }

  setTheme() {
    this.theme = { ...readTheme(this.root, this.palettes) };
    this.theme.ink = getComputedStyle(this.root).color;
    for (const row of this.rows) {
      row.style_ = styleOf(row.reader.place, this.theme);
      row.element.style.setProperty("--own", row.style_.colour);
      row.legend.style.setProperty("--own", row.style_.colour);
      row.told.style.setProperty("--own", row.style_.colour);
    }
  }

  buildSliders() {
    this.sliders = {};
    const rows = NAMES.map((name) => {
      const { title, low, high, step } = DISTURBANCES[name];
      const row = made("label", "slide");
      const input = document.createElement("input");
      input.type = "range";
      input.min = placeOf(name, low);
      input.max = placeOf(name, high);
      input.step = step;
      input.name = name;
      const output = document.createElement("output");
      row.append(made("span", "name", title()), input, output);
      input.oninput = () => {
        const value = valueAt(name, Number(input.value));
        // What changes nothing is between two steps of a factor's slider.
        const near = Math.abs(Number(input.value) - placeOf(name, NOTHING[name])) < step / 2;
        this.told.moved(name, near ? NOTHING[name] : value);
      };
      this.sliders[name] = { row, input, output };
      return row;
    });
    this.part(".sliders").replaceChildren(...rows);
  }

  buildButtons() {
    this.players = {};
    const demonstrations = Object.entries(DEMONSTRATIONS).map(([name, { title }]) => {
      const made = button(title(), () => this.told.demonstrated(name));
      made.dataset.demonstration = name;
      this.players[name] = made;
      return made;
    });
    const reset = button(t("Reset"), () => this.told.reset());
    reset.className = "reset";
    this.otherNoise = button(t("Other noise"), () => this.told.otherNoise());
    const shows = made("span", "shows", t("LeCun's demonstrations:"));
    this.part(".buttons").replaceChildren(reset, this.otherNoise, shows, ...demonstrations);
  }

  buildChoices() {
    this.curves = document.createElement("select");
    this.curves.className = "over";
    this.curves.replaceChildren(...NAMES.map((name) => new Option(DISTURBANCES[name].title(), name)));
    this.curves.onchange = () => this.told.curveChosen(this.curves.value);
    this.digits = document.createElement("select");
    this.digits.className = "right-answer";
    this.digits.replaceChildren(new Option("", ""), ...[...Array(10).keys()].map((digit) => new Option(digit, digit)));
    this.digits.onchange = () => this.told.digitChosen(this.digits.value === "" ? null : Number(this.digits.value));
    const labelled = (text, select) => {
      const label = document.createElement("label");
      label.append(...filled(text, { choice: select }));
      return label;
    };
    this.part(".chosen").replaceChildren(
      labelled(t("Curves over: {choice}", HOLES), this.curves),
      labelled(t("Right answer: {choice}", HOLES), this.digits),
    );
  }

  buildNetworks() {
    this.rows = this.readers.map((reader) => {
      const element = made("section", "network");
      element.dataset.network = reader.name;
      const heading = document.createElement("h3");
      const says = made("span", "says", reader.title);
      heading.append(made("i"), says);
      const reading = made("div", "reading");
      const digit = made("div", "digit");
      const bars = made("div", "bars");
      bars.append(
        ...[...Array(10).keys()].map((of) => {
          const bar = made("div", "bar");
          bar.append(made("b", "", String(of)), made("i"), made("span"));
          return bar;
        }),
      );
      reading.append(digit, bars);
      const curve = made("figure", "curve");
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("role", "img");
      curve.append(svg);
      follow(svg, (x) => this.moveByCurve(svg, x));
      const maps = MAPS.map((map) => {
        const figure = made("figure", "map");
        const canvas = document.createElement("canvas");
        canvas.role = "img";
        canvas.dataset.map = map.key;
        const { across, down } = map;
        const words = { across: DISTURBANCES[across.name].title(), down: DISTURBANCES[down.name].title() };
        figure.append(canvas, made("figcaption", "", ends(map, words)));
        canvas.onclick = (event) => this.placeByMap(canvas, map, event);
        return { map, canvas, figure };
      });
      element.append(heading, reading, curve, ...maps.map(({ figure }) => figure));
      const told = made("li");
      const short = made("b");
      told.append(short, made("span", "", reader.title));
      const legend = made("span");
      legend.append(made("i"), reader.title);
      return { reader, element, digit, bars: [...bars.children], svg, maps, legend, says, told, short };
    });
    this.part(".networks").replaceChildren(...this.rows.map(({ element }) => element));
    this.part(".answers").replaceChildren(...this.rows.map(({ told }) => told));
    this.part(".legend").replaceChildren(...this.rows.map(({ legend }) => legend));
    this.part(".samples").hidden = true;
  }

  moveByCurve(svg, x) {
    if (!this.shown) return;
    const { curve } = this.shown.state;
    const place = placeInChart(curve, valuesOf(curve), svg.clientWidth, x);
    const { step } = DISTURBANCES[curve];
    this.told.moved(curve, within(curve, valueAt(curve, Math.round(place / step) * step)));
  }

  placeByMap(canvas, { across, down }, { offsetX, offsetY }) {
    const cell = (axis, at) => {
      const count = axis.values.length;
      return axis.values[Math.min(Math.max(Math.floor((at / canvas.clientWidth) * count), 0), count - 1)];
    };
    this.told.placed({ [across.name]: cell(across, offsetX), [down.name]: cell(down, offsetY) });
  }

  /** Which demonstration plays, and that pressing it again pauses it. */
  showPlaying(player) {
    for (const [name, made] of Object.entries(this.players)) {
      const plays = player.playing() === name;
      const title = DEMONSTRATIONS[name].title();
      made.ariaPressed = String(plays);
      made.textContent = !plays
        ? `▶ ${title}`
        : player.paused()
          ? t("Go on: {demonstration}", { demonstration: title })
          : t("Pause: {demonstration}", { demonstration: title });
    }
    this.root.dataset.playing = player.playing() && !player.paused() ? player.playing() : "";
  }

  repaint() {
    if (this.shown) this.paint(this.shown);
  }

  paint(shown) {
    this.shown = shown;
    const { input, disturbed, state, standsIn } = shown;
    const size = this.normalisation.inputSize;
    drawInput(this.part(".before canvas"), input, size, this.normalisation, this.theme);
    drawInput(this.part(".after canvas"), disturbed, size, this.normalisation, this.theme);
    write(
      this.part(".after figcaption"),
      standsIn
        ? t("A packaged 3, until you draw something yourself")
        : t("what the networks see now"),
    );
    this.paintSliders(state);
    this.paintChoices(shown);
    for (const row of this.rows) this.paintNetwork(row, shown);
    this.paintAccuracy(shown);
    this.paintBadge(shown);
    const { dataset } = this.root;
    dataset.frame = String((this.frames += 1));
    dataset.values = JSON.stringify(state.disturbance);
    dataset.curve = state.curve;
    dataset.digit = String(shown.digit);
    dataset.worker = String(shown.inWorker);
  }

  paintSliders({ disturbance, curve }) {
    for (const [name, { row, input, output }] of Object.entries(this.sliders)) {
      const text = DISTURBANCES[name].text(disturbance[name]);
      input.value = placeOf(name, disturbance[name]);
      input.ariaValueText = text;
      write(output, text);
      row.classList.toggle("followed", name === curve);
    }
    this.otherNoise.disabled = !disturbance.noise;
  }

  paintChoices({ state, reads, readsIt }) {
    this.curves.value = state.curve;
    const words = { network: readsIt.title, digit: reads };
    write(this.digits.options[0], t("{digit}, as {network} reads it undisturbed", words));
    this.digits.value = state.digit === null ? "" : String(state.digit);
  }

  paintNetwork(row, { state, digit, results, disturbed, input }) {
    const { reader, element, bars, svg, maps, style_: style } = row;
    const { penalties } = reader;
    const answer = smallest(penalties);
    write(row.digit, String(answer));
    write(row.short, String(answer));
    for (const one of [element, row.told]) one.classList.toggle("wrong", answer !== digit);
    const most = Math.max(...penalties);
    for (const [of, bar] of bars.entries()) {
      bar.classList.toggle("nearest", of === answer);
      bar.style.setProperty("--share", penalties[of] / most);
      write(bar.lastChild, number(penalties[of], 2));
    }
    Object.assign(element.dataset, {
      digit: String(answer),
      distances: JSON.stringify([...penalties]),
      undisturbed: JSON.stringify([...reader.undisturbed]),
    });
    this.paintCurve(row, state, digit, results);
    for (const { map, canvas } of maps) {
      const slot = `${map.key} ${reader.name}`;
      const told = results.get(slot);
      canvas.dataset.ready = String(results.isReady(slot));
      const side = Math.min(MAP_SIDE, Math.floor(canvas.parentElement.clientWidth)) || MAP_SIDE;
      const answers = told?.result.answers ?? [];
      const { disturbance } = state;
      const { colour } = style;
      const marked = [map.across, map.down].map(({ name }) => disturbance[name]);
      once(canvas, [told?.key, side, digit, colour, this.theme.ink, ...marked], () => {
        drawMap(canvas, side, { map, answers, disturbance, digit, colour, theme: this.theme });
        canvas.answers = answers;
        canvas.ariaLabel = mapInWords(map, answers, digit);
      });
    }
  }

  paintCurve({ reader, element, svg, says, style_: style }, state, digit, results) {
    const slot = `curve-${reader.name}`;
    const told = results.get(slot);
    element.dataset.curve = results.isReady(slot) ? state.curve : "";
    if (!told) return;
    const width = Math.floor(svg.parentElement.clientWidth);
    const here = state.disturbance[told.job.name];
    once(svg, [told.key, width, digit, style.colour, this.theme.ink, here], () =>
      this.drawCurve(element, svg, says, told, { reader, style, digit, width, here }),
    );
  }

  // `told` may be of the last curve still, for the moment until the next is there.
  drawCurve(element, svg, says, { result, job }, { reader, style, digit, width, here }) {
    const { penalties, count } = result;
    const { name } = job;
    const values = valuesOf(name);
    const rows = values.map((_, i) => penalties.subarray(i * count, (i + 1) * count));
    const answers = rows.map((one) => smallest(one));
    const right = rows.map((one) => one[digit]);
    const wrong = rows.map((one) => one.reduce((best, penalty, of) => (of === digit ? best : Math.min(best, penalty)), Infinity));
    const at = values.indexOf(NOTHING[name]);
    const found = reach(answers, digit, at);
    if (width > 80) {
      drawCurve(svg, width, CURVE_HEIGHT, {
        name, values, right, wrong, answers, digit, found, style,
        value: here,
        theme: this.theme,
        unit: reader.codes
          ? t("distance to the code of {digit} (dotted: nearest other)", { digit })
          : t("penalty of {digit}, −log p (dotted: smallest other)", { digit }),
      });
    }
    const sentence = edgesInWords(reader.title, digit, name, values, found, at);
    write(says, sentence);
    svg.ariaLabel = sentence;
    svg.answers = answers;
    svg.penalties = penalties;
    element.dataset.edges = found ? JSON.stringify([values[found.first], values[found.last]]) : "";
  }

  paintAccuracy({ state, results }) {
    const section = this.part(".samples");
    const told = this.rows.map(({ reader }) => {
      const one = results.get(`accuracy-${reader.name}`);
      return one?.job.name === state.curve ? one : null;
    });
    section.hidden = told.every((one) => one === null) && section.hidden;
    if (section.hidden) return;
    const name = state.curve;
    const heading = t("The packaged samples, each disturbed in the same way: {disturbance}", {
      disturbance: DISTURBANCES[name].title(),
    });
    write(section.querySelector("h3"), heading);
    const lines = told.map((one, i) => ({
      right: one?.result.right ?? [],
      counted: one?.result.counted ?? 0,
      style: this.rows[i].style_,
    }));
    const svg = section.querySelector("svg");
    const width = Math.floor(Math.min(section.clientWidth, 900));
    if (width > 80) {
      const value = state.disturbance[name];
      drawAccuracy(svg, width, ACCURACY_HEIGHT, { name, values: valuesOf(name, 20), lines, value, theme: this.theme });
    }
    const counted = lines.reduce((sum, line) => sum + line.counted, 0);
    const all = told.reduce((sum, one) => sum + (one?.result.of ?? 0), 0);
    const each = Math.max(...told.map((one) => one?.result.of ?? 0));
    const finished = told.every((one) => one?.done);
    section.dataset.ready = String(finished);
    svg.accuracy = lines.map(({ right, counted: of }) => ({ right: [...right], counted: of }));
    const ofAll = { count: number(each) };
    const said = finished
      ? tn(
          "Share read right of {count} sample, which none of the networks was trained on.",
          "Share read right of {count} samples, which none of the networks was trained on.",
          each,
          ofAll,
        )
      : t("Share read right; {counted} of {all} samples have been read so far.", {
          counted: number(counted),
          all: number(all),
        });
    write(section.querySelector(".counted"), said);
    svg.ariaLabel = `${heading} ${said}`;
  }

  paintBadge({ source, delta }) {
    const badge = this.part(".badge");
    const apart = source === "verified" && delta > WORRYING;
    badge.dataset.state = apart ? "apart" : source;
    this.root.dataset.source = source;
    this.root.dataset.delta = source === "verified" ? String(delta) : "";
    const difference = delta?.toExponential(1) ?? "";
    const texts = {
      sample: () => t("computed in this browser"),
      live: () => t("live, computed in this browser"),
      unverified: () => t("not verified: the server has not answered yet; the picture stays live"),
      verified: () =>
        apart
          ? t("this browser and PyTorch differ by {difference} on the undisturbed drawing", { difference })
          : t("the undisturbed drawing was verified by PyTorch, difference {difference}", { difference }),
    };
    write(badge, texts[source]());
  }

  close() {
    this.resized.disconnect();
    this.printed();
  }
}

function made(tag, name = "", text = null) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== null) element.textContent = text;
  return element;
}

// Texts are only touched where they change, in every frame of a stroke.
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Draws an element anew only if something that it depends on has changed.
function once(element, depends, draw) {
  const key = JSON.stringify(depends);
  if (element.drawnFor === key) return;
  element.drawnFor = key;
  draw();
}

// What the ends of a map's sides are.
function ends({ across, down }, words) {
  const texts = (axis) => [axis.values[0], axis.values.at(-1)].map(DISTURBANCES[axis.name].text);
  const [left, right] = texts(across);
  const [top, bottom] = texts(down);
  return t("→ {across}: {left} to {right}. ↓ {down}: {top} to {bottom}.", { ...words, left, right, top, bottom });
}

// Pointing into a chart, and dragging from there on.
function follow(svg, moved) {
  const at = ({ clientX }) => {
    const { left, width } = svg.getBoundingClientRect();
    moved(((clientX - left) * svg.clientWidth) / width); // an enlarged page has larger pixels
  };
  svg.onpointerdown = (event) => {
    svg.setPointerCapture(event.pointerId);
    at(event);
  };
  svg.onpointermove = (event) => svg.hasPointerCapture(event.pointerId) && at(event);
}
