// One update under the glass: what a single digit changes in a network, from its loss back through every
// layer to each weight, computed in this browser.

import { makeLive } from "../../canvas/live.js";
import { initialWeights } from "../../engine/initial_weights.js";
import { smallest } from "../../engine/runs.js";
import { readDrawing } from "../../engine/unpack.js";
import { arrived } from "../../loaders/mount.js";
import { mountOne } from "../../shared/mount_one.js";
import { cssColours } from "../../shared/scale.js";
import { readTheme, whenPrinted } from "../../shared/theme.js";
import { number, t, tn } from "../../shared/words.js";
import { digitsOf } from "../digits.js";
import { small } from "./in_words.js";
import { firstOf, writePanel } from "./panel.js";
import { makePicture } from "./pictures.js";
import { placesOfUnits, placesOfWeights } from "./places.js";
import { FIRST_STEP, keepState, readState } from "./state.js";
import { RUBBISH, makeUpdates } from "./update.js";

const KEEP_MS = 300; // browsers take only so many changes of an address
const SEED = 1; // of the network that nobody trained
const STEPS = { least: -2, most: 2, by: 0.25 }; // powers of ten, times the usual step
const WIDEST = 330; // CSS pixels of a layer's picture,
const INPUT = 96; // and of the input
const NARROW = 560; // CSS pixels, below which pictures stand below each other

let before = null; // the state when the page was left

export const mount = mountOne((component, bundle) => new OneUpdate(component, bundle), {
  subject: ({ network }) => network,
  left: () => keepState(null),
});

class OneUpdate {
  constructor({ parentElement, header, values }, bundle) {
    const { normalisation, label } = header;
    const network = bundle.networks[header.network];
    this.header = header;
    this.spec = network.spec;
    this.parameters = network.parameters;
    this.trained = network.values;
    this.palettes = bundle.palettes;
    this.root = parentElement.querySelector(".update");
    this.root.update = this; // for whoever wants to ask what it shows
    this.pixels = normalisation.inputSize ** 2;
    this.sample = values.slice(0, this.pixels);
    this.sampleLabel = label;
    this.state = before ?? readState(location.search);
    this.power = 0;
    this.result = null;
    this.drawing = null; // the latest of the pen's: { input, empty }
    this.digits = null;
    this.frame = 0;
    this.listening = new AbortController();
    this.reader = makeUpdates({ spec: this.spec, parameters: this.parameters }, this.trained, null).learner;
    this.build();
    this.begin();
    this.printed = whenPrinted(() => this.setTheme());
    this.setTheme();
    const reader = { blank: this.sample, run: (input) => ({ input: input.slice() }), difference: () => 0 };
    this.live = makeLive(this, normalisation, reader, header.place);
    this.takeDigits(header.digits, normalisation);
  }

  async takeDigits(name, { background, ink, inputSize }) {
    const { images } = digitsOf(await arrived(name));
    if (this.stopped) return;
    const input = new Float32Array(this.pixels).fill(background);
    const margin = (inputSize - 28) / 2;
    this.digits = (place) => {
      for (let i = 0; i < 784; i++) {
        const at = (Math.floor(i / 28) + margin) * inputSize + (i % 28) + margin;
        input[at] = background + ((ink - background) / 255) * images[784 * place + i];
      }
      return input;
    };
    this.request();
  }

  /** What the server says of the drawing, and the theme, which may have changed. */
  receive({ header, values, setTriggerValue }) {
    this.live.ask = () => setTriggerValue("asked", { presses: this.live.presses() });
    this.setTheme();
    let at = this.pixels;
    const take = (count) => values.subarray(at, (at += count));
    const { traced, empty, drawing } = header;
    this.live.receive({ traced, empty, drawing: readDrawing(drawing, take, this.pixels) });
  }

  // The two ways in which makeLive() shows something.
  show({ input, empty }) {
    this.drawing = { input, empty };
    this.request();
  }

  showUnverified() {} // nothing here is PyTorch's

  part(name) {
    return this.root.querySelector(`.${name}`);
  }

  // Another network, or the same from its beginning.
  begin() {
    const start =
      this.state.weights === "network" ? this.trained : initialWeights(this.spec, this.parameters, SEED);
    this.updates = makeUpdates(this, start, (place) => this.digits(place));
  }

  change(more) {
    Object.assign(this.state, more);
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => keepState(this.state), KEEP_MS);
    this.request();
  }

  // --- what stands on the page --------------------------------------------------------------

  build() {
    const { spec } = this;
    const digits = spec.classes.map((name, digit) => [String(digit), name]);
    this.labelled = this.select("label", t("This digit is"), digits, (text) => this.change({ label: Number(text) }));
    const networks = [
      ["network", this.header.title],
      ["untrained", t("a network that nobody trained")],
    ];
    this.select("weights", t("Weights"), networks, (weights) => {
      this.state.weights = weights;
      this.begin();
      this.change({});
    });
    const methods = [
      ["1998", t("1998: a rate for every weight")],
      ["sgd", t("plain: one rate for all")],
    ];
    this.select("method", t("Method"), methods, (method) => this.change({ method }));
    const losses = [
      ["mle", t("eq. 8")],
      ["map", t("eq. 9, j = {j}", { j: number(RUBBISH) })],
    ];
    this.select("loss", t("Loss"), losses, (loss) => this.change({ loss }));
    this.buildStep();
    const buttons = element("div", "buttons");
    this.take = press(t("Take this step"), () => {
      this.updates.take();
      this.request();
    });
    this.again = press(t("Start again"), () => {
      this.updates.startAgain();
      this.request();
    });
    this.taken = element("span", "taken");
    buttons.append(this.take, this.again, this.taken);
    this.part("choices").append(buttons);
    this.part("distances h3").textContent = t("Distances before and after");
    this.part("flow h3").textContent = t("The error signal flows back");
    this.part("about").textContent = t(
      "From the last layer to the first: how much the loss would grow with each unit\u2019s sum, and what each weight changes by. Choose a unit or a weight to see its numbers.",
    );
    this.buildLayers();
  }

  select(name, words, choices, act) {
    const label = element("label", "", [element("span", "", words)]);
    const select = element("select", name);
    for (const [value, text] of choices) select.append(new Option(text, value));
    const state = this.state[name];
    if (state !== null) select.value = String(state);
    select.addEventListener("change", () => act(select.value), { signal: this.listening.signal });
    label.append(select);
    this.part("choices").append(label);
    return select;
  }

  buildStep() {
    const label = element("label", "step", [element("span", "", t("Step size"))]);
    const slider = element("input");
    Object.assign(slider, { type: "range", min: STEPS.least, max: STEPS.most, step: STEPS.by, value: this.power });
    this.stepShown = element("output");
    slider.addEventListener("input", () => {
      this.power = Number(slider.value);
      this.request();
    }, { signal: this.listening.signal });
    label.append(slider, this.stepShown);
    this.slider = slider;
    this.part("choices").append(label);
  }

  buildLayers() {
    const { spec, parameters } = this;
    this.rows = spec.layers.slice(0, -1).reverse().map((layer) => {
      const own = parameters.filter(([name]) => name.startsWith(`${layer.key}.`));
      const row = { layer, first: firstOf(parameters, layer.key), pictures: [] };
      const units = placesOfUnits(layer);
      const add = (kind, caption, places, what) => {
        const pin = what && ((i) => this.change({ pin: { what, key: layer.key, i } }));
        const picture = makePicture(places, { pin });
        const words = element("figcaption", "", [caption, " "]);
        const reach = element("span", "reach");
        words.append(reach);
        row.pictures.push({ kind, what, caption, picture, reach, count: places.at.length });
        return element("figure", kind, [words, picture.root]);
      };
      const figures = [add("values", t("values"), units, null)];
      if (layer !== spec.layers[0]) figures.push(add("signal", t("error signal"), units, "unit"));
      if (own.length) figures.push(add("changes", t("change of the weights"), placesOfWeights(layer, own), "weight"));
      row.root = element("div", "layer", [element("h4", "", layer.name), ...figures]);
      return row;
    });
    const layers = this.part("layers");
    layers.append(...this.rows.map(({ root }) => root));
    this.resized = new ResizeObserver(([{ contentRect }]) => this.resize(contentRect.width));
    this.resized.observe(layers);
  }

  resize(width) {
    if (!width) return;
    const each = width < NARROW ? width - 4 : (width - 40) / 3 - 14;
    for (const { layer, pictures } of this.rows) {
      for (const { picture } of pictures) {
        picture.resize(Math.min(each, layer === this.spec.layers[0] ? INPUT : WIDEST));
      }
    }
  }

  setTheme() {
    const theme = readTheme(this.root, this.palettes);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    const bar = element("span", "bar");
    bar.style.background = `linear-gradient(to right, ${cssColours(theme.scale.diverging, 15).join(", ")})`;
    this.part("legend").replaceChildren(
      element("span", "", t("negative")),
      bar,
      element("span", "", t("positive")),
      element("span", "more", t("The strongest colours stand for the largest number of a picture, which is printed above it.")),
    );
    this.request();
  }

  // --- what it shows -------------------------------------------------------------------------

  request() {
    if (!this.stopped) this.frame ||= requestAnimationFrame(() => this.paint());
  }

  /** The digit that is meant: what was chosen, the sample's own, or what the network reads. */
  label() {
    if (this.state.label !== null) return this.state.label;
    if (this.drawing.empty) return this.sampleLabel;
    this.reader.run(this.drawing.input);
    return smallest(this.reader.penalties);
  }

  paint() {
    this.frame = 0;
    if (this.stopped || !this.drawing || !this.theme) return;
    const { state, updates } = this;
    const usual = FIRST_STEP[state.method];
    const step = usual * 10 ** this.power;
    const words = state.method === "1998" ? t("{factor} \u00d7 the printed rate", { factor: small(step) }) : small(step);
    this.stepShown.textContent = words;
    this.slider.setAttribute("aria-valuetext", words);
    const label = this.label();
    this.labelled.value = String(label);
    const { input } = this.drawing;
    if (state.method === "1998") {
      if (!this.digits) return;
      // A few digits a frame, so that the pen is not kept waiting.
      if (updates.estimate(state)) {
        this.note(t("The curvatures are being estimated."));
        this.request();
        return;
      }
    }
    const result = updates.compute(input, label, { ...state, step });
    this.result = result;
    this.writeNote();
    this.writeDistances(result, label);
    this.paintLayers();
    this.writePinned();
    this.take.disabled = !result.after.every(Number.isFinite);
    this.again.disabled = updates.taken === 0;
    this.taken.textContent = updates.taken
      ? tn("{count} step taken", "{count} steps taken", updates.taken, { count: number(updates.taken) })
      : "";
    this.root.dataset.shown = JSON.stringify({ label, taken: updates.taken, lossAfter: result.lossAfter });
  }

  note(words) {
    const note = this.part("note");
    if (note.textContent !== words) note.textContent = words;
  }

  writeNote() {
    this.note(this.drawing.empty ? t("Nothing is drawn yet, so it learns from one of the samples. Draw a digit to see what it would change.") : "");
  }

  writeDistances({ before, after, lossBefore, lossAfter }, label) {
    const { spec, updates } = this;
    const signal = updates.learner.signals[spec.layers.at(-1).key];
    const told = this.part("told");
    const words = t("The loss goes from {before} to {after}.", { before: small(lossBefore), after: small(lossAfter) });
    if (told.textContent !== words) told.textContent = words;
    const head = ["", t("distance before"), t("distance after"), t("change"), t("error signal")];
    const rows = spec.classes.map((name, digit) => [
      name,
      number(before[digit], 2),
      number(after[digit], 2),
      number(after[digit] - before[digit], 2, { signed: true }),
      signal[digit] ? small(signal[digit], { signed: true }) : number(0),
    ]);
    const table = element("table", "", [
      element("thead", "", [element("tr", "", head.map((text) => scoped(element("th", "", text), "col")))]),
      element("tbody", "", rows.map(([name, ...numbers], digit) => {
        const row = element("tr", digit === label ? "meant" : "", [
          scoped(element("th", "", name), "row"),
          ...numbers.map((text) => element("td", "", text)),
        ]);
        return row;
      })),
    ]);
    this.part("table").replaceChildren(table);
  }

  paintLayers() {
    const { spec, updates, theme } = this;
    const { learner, changes } = updates;
    const [input] = spec.layers;
    const middle = (spec.background + spec.ink) / 2;
    for (const { layer, first, pictures } of this.rows) {
      for (const { kind, what, caption, picture, reach, count } of pictures) {
        if (kind === "values" && layer === input) {
          picture.paint(learner.trace[layer.key], spec.ink - middle, theme.scale.grey, middle);
          picture.say(t("{layer}: {what}", { layer: layer.name, what: caption }));
          continue;
        }
        const sources = { values: learner.trace[layer.key], signal: learner.deltas[layer.key] };
        const values = sources[kind] ?? changes.subarray(first, first + count);
        let limit = 0;
        for (let i = 0; i < values.length; i++) limit = Math.max(limit, Math.abs(values[i]));
        const words = t("\u00b1{limit}", { limit: small(limit) });
        picture.paint(values, limit || 1, theme.scale.diverging);
        reach.textContent = words;
        const heard = t("{layer}: {what}, {limit}", { layer: layer.name, what: caption, limit: words });
        picture.say(what ? t("{picture}. Arrow keys choose.", { picture: heard }) : heard);
      }
    }
  }

  writePinned() {
    const { pin, method } = this.state;
    const section = this.part("pinned");
    const found = pin && this.pinned(pin);
    for (const { layer, pictures } of this.rows) {
      for (const { what, picture } of pictures) {
        picture.frame(found && what === pin.what && layer.key === pin.key ? pin.i : null);
      }
    }
    section.hidden = !found;
    if (!found) return;
    const { updates, parameters, result } = this;
    writePanel(section, { updates, parameters, pin, method, result }, this.theme, () => this.change({ pin: null }));
  }

  // What is pinned, if this network has it: an address may ask for anything.
  pinned({ what, key, i }) {
    const row = this.rows.find(({ layer }) => layer.key === key);
    return row?.pictures.find((one) => one.what === what && i < one.count) ?? null;
  }

  stop() {
    this.stopped = true;
    before = this.state;
    clearTimeout(this.keeping);
    cancelAnimationFrame(this.frame);
    this.listening.abort();
    this.resized.disconnect();
    this.printed();
    this.live.stop();
  }
}

function scoped(cell, scope) {
  cell.scope = scope;
  return cell;
}

function press(text, act) {
  const made = element("button", "", text);
  made.type = "button";
  made.onclick = act;
  return made;
}

function element(tag, className, content = []) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}
