// The page's elements: what stands there, and what is written and painted into it.

import { timesPresented, whenPresented } from "../../shared/presenting.js";
import { button } from "../../shared/button.js";
import { readTheme, whenPrinted } from "../../shared/theme.js";
import { asList, number, percent, t, tn } from "../../shared/words.js";
import { courseInWords, drawCourse } from "./chart.js";
import { counts } from "./drawings.js";
import { arrange, kernelsOf, paintKernels } from "./kernels.js";
import { made, makeReading, write } from "./reading.js";
import { LOSSES, METHODS, nearest, NUMBERS, SPEEDS } from "./settings.js";
import { SOURCES } from "./training.js";

// CSS pixels. Where it is presented, the page as a whole is enlarged and this has less room.
const ROOM = { chart: 208, layers: 150, narrow: 620 };
const PRESENTED = { chart: 130, layers: 92, narrow: 420 };
const PASS = 60_000; // patterns of 1998's passes,
const PASSES = 20;
const THEN = { least: 4.6, most: 6.9 }; // and a second, for three days and for two
const LINKED_MS = 2500;
const PICTURES_MS = { resting: 150, drawing: 600 }; // at least from one painting of them to the next

const method = (name) =>
  ({ 1998: t("1998: diagonal Levenberg-Marquardt"), sgd: t("plain gradient descent"), adam: t("AdamW") })[name];
const loss = (name) => ({ map: t("eq. 9, with j"), mle: t("eq. 8") })[name];

export class OwnView {
  /**
   * `header` has the `titles` of the networks; `told` has
   * what is to be called: changed(settings), sourceChosen(name), filesChosen(files), added(digit),
   * kept(title), downloaded(title), linked() which returns an address, isDrawing(), and again()
   * which has everything painted in another frame.
   */
  constructor(root, training, header, bundle, told) {
    Object.assign(this, { root, training, header, bundle, told });
    this.part = (name) => root.querySelector(`.${name}`);
    this.seen = -1; // changes of the training that are painted
    this.stale = true; // whether curves and kernels are older
    this.picturesAt = -Infinity;
    this.waiting = 0;
    this.frames = 0;
    this.listening = new AbortController();
    this.buildControls();
    this.buildSettings();
    this.buildDigits();
    this.buildResult();
    this.buildLegend();
    this.setTheme();
    this.resized = new ResizeObserver(() => this.arrange());
    this.resized.observe(root);
    whenPresented(() => this.arrange(), this.listening.signal);
    this.printed = whenPrinted(() => this.setTheme());
  }

  buildControls() {
    const { training } = this;
    const control = (action, text, act) => {
      const one = button(text, act);
      one.dataset.action = action;
      return one;
    };
    this.controls = {
      run: control("run", t("Run"), () => training.run()),
      pause: control("pause", t("Pause"), () => training.pause()),
      step: control("step", t("One step"), () => training.step()),
      slower: control("slower", t("Slower"), () => training.pace(-1)),
      faster: control("faster", t("Faster"), () => training.pace(1)),
      reset: control("reset", t("Start again"), () => training.reset()),
    };
    this.controls.run.classList.add("first");
    this.speed = made("span", "speed");
    const { run, pause, step, slower, faster, reset } = this.controls;
    this.part("controls").replaceChildren(run, pause, step, slower, this.speed, faster, reset);
    this.facts = {
      patterns: t("patterns"),
      passes: t("passes"),
      rate: t("patterns a second"),
      error: t("judged error"),
    };
    this.part("facts").replaceChildren(
      ...Object.entries(this.facts).map(([name, title]) => {
        this.facts[name] = made("dd");
        return made("div", name, [made("dt", "", title), this.facts[name]]);
      }),
    );
  }

  buildSettings() {
    const { titles } = this.header;
    const form = this.part("settings");
    form.onsubmit = (event) => event.preventDefault();
    const change = (name, value) => this.told.changed({ [name]: value });
    const choice = (name, options, words) => {
      const select = document.createElement("select");
      select.name = name;
      select.append(...options.map((option) => new Option(words(option), option)));
      select.onchange = () => change(name, select.value);
      return select;
    };
    const figure = (name, attributes = {}) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "number", name, min: NUMBERS[name].least, max: NUMBERS[name].most, step: "any" }, attributes);
      input.onchange = () => {
        const found = nearest(NUMBERS[name], input.valueAsNumber);
        if (found !== null && found !== this.training.settings[name]) change(name, found);
        this.seen = -1;
        this.training.changed(); // what cannot be is replaced by what is
      };
      return input;
    };
    const distortions = document.createElement("input");
    Object.assign(distortions, { type: "checkbox", name: "distortions" });
    distortions.onchange = () => change("distortions", distortions.checked);
    this.fields = {
      network: choice("network", Object.keys(titles), (name) => titles[name]),
      method: choice("method", METHODS, method),
      step: figure("step"),
      loss: choice("loss", LOSSES, loss),
      rubbish: figure("rubbish"),
      batch: figure("batch", { step: 1 }),
      digits: figure("digits", { step: 1 }),
      seed: figure("seed", { step: 1 }),
      distortions,
    };
    const words = {
      network: t("Network"),
      method: t("Method"),
      step: t("Step size"),
      loss: t("Loss"),
      rubbish: t("j"),
      batch: t("Batch"),
      digits: t("Digits used"),
      seed: t("Seed"),
      distortions: t("Distorted digits"),
    };
    const halve = button(t("Halve it"), () => this.told.changed({ step: this.training.settings.step / 2 }));
    halve.className = "halve";
    this.halve = halve;
    form.replaceChildren(
      ...Object.entries(this.fields).map(([name, field]) => {
        const label = made("label", name, [made("span", "", words[name]), field]);
        if (name === "step") label.append(halve);
        return label;
      }),
    );
  }

  buildDigits() {
    const words = {
      packaged: t("the digits that come with the app"),
      files: t("MNIST's files, dropped here"),
      drawings: t("my own drawings"),
    };
    this.sources = {};
    const rows = SOURCES.map((name) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "radio", name: "source", value: name });
      input.onchange = () => this.told.sourceChosen(name);
      const about = made("span", "about");
      this.sources[name] = { input, about };
      const row = made("div", "source", [made("label", "", [input, words[name]]), about]);
      row.dataset.source = name;
      return row;
    });
    const files = document.createElement("input");
    Object.assign(files, { type: "file", multiple: true, ariaLabel: t("Files of MNIST's: pictures and labels") });
    files.onchange = () => {
      this.told.filesChosen([...files.files]);
      files.value = "";
    };
    rows[1].append(files);
    const labels = [...Array(10).keys()].map((digit) => {
      const one = button(String(digit), () => this.told.added(digit));
      one.ariaLabel = t("Add my drawing as an example of {digit}", { digit });
      return one;
    });
    rows[2].append(made("div", "labels", [made("span", "", t("Add my drawing as a:")), ...labels]));
    this.part("learnt").replaceChildren(made("legend", "", t("It learns from")), ...rows);
  }

  buildResult() {
    const title = document.createElement("input");
    Object.assign(title, { type: "text", maxLength: 40, name: "title", placeholder: t("My network") });
    const name = made("label", "", [made("span", "", t("Name")), title]);
    const named = () => title.value.trim() || t("My network");
    const keep = button(t("Keep for this visit"), () => this.told.kept(named()));
    const download = button(t("Download"), () => this.told.downloaded(named()));
    this.link = button(t("Copy a link to this training"), () => this.showLink());
    this.result = { keep, download };
    this.address = document.createElement("input");
    Object.assign(this.address, { type: "text", readOnly: true, hidden: true, ariaLabel: t("The link") });
    this.about = made("p", "about");
    this.part("result").replaceChildren(
      made("legend", "", t("What came out")),
      made("div", "row", [name, keep, download, this.link]),
      this.address,
      this.about,
    );
  }

  async showLink() {
    const text = this.told.linked();
    try {
      await navigator.clipboard.writeText(text);
      write(this.link, t("Copied"));
      setTimeout(() => write(this.link, t("Copy a link to this training")), LINKED_MS);
    } catch {
      // Without HTTPS there is no clipboard.
      this.address.hidden = false;
      this.address.value = text;
      this.address.select();
    }
  }

  buildLegend() {
    const keys = [
      ["judged", t("judged error")],
      ["training", t("training error")],
    ];
    this.part("legend").replaceChildren(...keys.map(([name, words]) => made("span", name, [made("i"), words])));
    this.part("legend").lastChild.title = t("Each digit is read before it is learnt from.");
    write(this.part("badge"), t("Everything here is computed in this browser. A network that is kept is verified by PyTorch."));
  }

  setTheme() {
    const theme = readTheme(this.root, this.bundle.palettes);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.root.style.setProperty("--judged", this.theme.one);
    this.layoutKey = null;
    this.arrange();
  }

  // Lays everything out for the room that there is.
  arrange() {
    const { width } = this.root.getBoundingClientRect();
    if (width < 60) return; // not on the page yet
    const presented = timesPresented() > 0;
    const wide = this.root.clientWidth;
    const key = JSON.stringify([wide, presented, devicePixelRatio]);
    if (key === this.layoutKey) return;
    this.layoutKey = key;
    this.room = presented ? PRESENTED : ROOM;
    this.root.classList.toggle("narrow", wide < this.room.narrow);
    this.root.classList.toggle("presented", presented);
    this.architecture = null; // what is shown of the network is laid out anew
    this.seen = -1;
    this.training.changed();
  }

  // The elements that depend on the architecture.
  build() {
    const { spec, shapes } = this.training.network;
    this.architecture = spec;
    this.picturesAt = -Infinity; // other ones
    const root = this.part("reading");
    root.dataset.network = this.training.settings.network;
    root.ariaLabel = this.header.titles[this.training.settings.network];
    this.reading = makeReading(root, spec);
    const narrow = this.root.classList.contains("narrow");
    const outputs = narrow ? 0 : root.querySelector(".outputs").offsetWidth + 20;
    this.reading.arrange({
      width: Math.max(120, root.clientWidth - outputs),
      height: this.room.layers,
      narrow,
      ratio: devicePixelRatio,
    });
    const place = this.part("kernels");
    this.kernels = kernelsOf(spec, shapes).map((kernels) => {
      const canvas = made("canvas");
      canvas.role = "img";
      const words = made("figcaption");
      return { kernels, canvas, words, figure: made("figure", "", [canvas, words]) };
    });
    place.replaceChildren(...this.kernels.map(({ figure }) => figure));
    for (const one of this.kernels) one.layout = arrange(one.kernels, place.clientWidth, this.root.classList.contains("presented") ? 0.6 : 1);
  }

  /** Says what of the visitor's is kept, or that nothing is, for null. */
  showKept(title) {
    if (this.kept === title) return;
    this.kept = title;
    this.seen = -1;
  }

  /** Paints what the network makes of the drawing, and what has changed of the training. */
  paint(trace, empty) {
    const { training, root } = this;
    if (!this.room) return;
    if (this.architecture !== training.network.spec) this.build();
    const reads = this.reading.paint(trace, empty, this.theme.scale);
    this.reads = reads;
    if (this.seen !== training.changes) {
      this.seen = training.changes;
      this.paintTraining();
      this.stale = true;
    }
    if (this.stale) this.paintPicturesOnceDue();
    root.dataset.frame = String((this.frames += 1));
    const sentence = empty
      ? t("Draw a digit: it is read while the network learns.")
      : t("It reads {digit}.", { digit: training.network.spec.classes[reads] });
    this.part("reading").title = sentence;
  }

  paintTraining() {
    const { training, root, controls, facts } = this;
    const { told, state, error, settings } = training;
    const running = state === "running";
    controls.run.disabled = running;
    controls.pause.disabled = !running;
    controls.step.disabled = running;
    controls.slower.disabled = training.speed === 0;
    controls.faster.disabled = training.speed === SPEEDS.length - 1;
    const speed = SPEEDS[training.speed];
    write(
      this.speed,
      speed === Infinity
        ? t("as fast as it can")
        : tn("{count} pattern a second", "{count} patterns a second", speed, { count: number(speed) }),
    );
    write(facts.patterns, number(told.patterns));
    write(facts.passes, number(told.passes, told.passes < 10 ? 2 : 1));
    write(facts.rate, running && told.rate ? number(told.rate, told.rate < 10 ? 1 : 0) : "–");
    write(facts.error, error === null ? "–" : percent(error / 100, 1));
    Object.assign(root.dataset, {
      state,
      patterns: String(told.patterns),
      rate: told.rate.toFixed(1),
      error: error === null ? "" : error.toFixed(2),
      passes: told.passes.toFixed(4),
      repeatable: String(training.repeatable),
      worker: String(training.computer.inWorker()),
    });
    this.paintSaid();
    this.paintSettings(settings);
    this.paintDigits();
    this.paintResult();
    this.paintThen(running ? told.rate : 0);
  }

  // The pen comes first: curves and kernels are painted less often than what is drawn.
  paintPicturesOnceDue() {
    const due = this.picturesAt + (this.told.isDrawing() ? PICTURES_MS.drawing : PICTURES_MS.resting);
    const wait = due - performance.now();
    if (wait <= 0) {
      this.picturesAt = performance.now();
      this.stale = false;
      this.paintPictures();
    } else {
      this.waiting ||= setTimeout(() => {
        this.waiting = 0;
        this.told.again();
      }, wait);
    }
  }

  paintPictures() {
    const { training, root } = this;
    const svg = root.querySelector(".curves svg");
    const width = Math.floor(svg.parentElement.clientWidth);
    drawCourse(svg, { width, height: this.room.chart, course: training.course, theme: this.theme, goal: training.goal });
    svg.ariaLabel = courseInWords(training.course);
    const table = this.theme.scale.diverging;
    for (const { kernels, canvas, words, layout } of this.kernels) {
      const most = paintKernels(canvas, kernels, training.weights, layout, table, devicePixelRatio);
      const named = { layer: kernels.name, shown: number(kernels.places.length), all: number(kernels.of), most: number(most, 2) };
      write(
        words,
        kernels.places.length === kernels.of
          ? t("Kernels of {layer}; the full colour is ±{most}", named)
          : t("Kernels of {layer}, {shown} of {all}; the full colour is ±{most}", named),
      );
      canvas.ariaLabel = words.textContent;
    }
  }

  paintSaid() {
    const { training } = this;
    const sentences = [...training.said];
    if (training.goal !== null) {
      const goal = { count: number(training.goal) };
      sentences.push(t("This link is to a network that was trained on {count} patterns. Press Run, and your browser trains the same one.", goal));
    }
    const unknown = training.unknown();
    if (unknown.length) sentences.push(t("There is no example of {digits} yet, so it cannot learn to read that.", { digits: asList(unknown) }));
    const text = sentences.join(" ");
    if (this.part("said").textContent === text) return;
    this.part("said").replaceChildren(...sentences.map((sentence) => made("p", "", sentence)));
  }

  paintSettings(settings) {
    const active = this.root.getRootNode().activeElement;
    for (const [name, field] of Object.entries(this.fields)) {
      if (field === active && field.type === "number") continue; // somebody is typing there
      if (field.type === "checkbox") field.checked = settings[name];
      else if (field.value !== String(settings[name])) field.value = settings[name];
    }
    this.fields.digits.max = this.training.most;
    const codes = Boolean(this.training.network.spec.codes);
    this.fields.loss.disabled = !codes;
    this.fields.rubbish.disabled = !codes || settings.loss !== "map";
    this.halve.hidden = this.training.state !== "diverged";
  }

  paintDigits() {
    const { training } = this;
    const { packaged, files } = training.digits;
    const about = (digits) => {
      const count = { learn: number(digits.learn), judge: number(digits.labels.length - digits.learn) };
      return t("{learn} to learn from, {judge} to be judged by", count);
    };
    const drawn = training.drawings.labels.length;
    write(this.sources.packaged.about, about(packaged));
    write(this.sources.files.about, files ? about(files) : t("IDX files, also as .gz; they stay in this browser"));
    const each = counts(training.drawings).flatMap((count, digit) => (count ? [t("{count} × {digit}", { count: number(count), digit })] : []));
    write(
      this.sources.drawings.about,
      drawn ? asList(each) : t("draw, and say which digit it is; the app's digits judge"),
    );
    for (const [name, { input }] of Object.entries(this.sources)) {
      input.checked = training.source === name;
      input.disabled = !training.digits[name];
    }
  }

  paintResult() {
    const { training } = this;
    const untrained = training.told.patterns === 0;
    this.result.keep.disabled = this.result.download.disabled = !training.trained;
    this.link.disabled = !training.repeatable || untrained;
    const sentences = [];
    if (this.kept) sentences.push(t("{name} is kept for this visit: every page shows it.", { name: this.kept }));
    if (!training.repeatable) {
      sentences.push(t("A link can repeat only what comes from a seed and settings alone; Start again makes that so."));
    }
    write(this.about, sentences.join(" "));
  }

  paintThen(rate) {
    const words = { least: number(THEN.least, 0), most: number(THEN.most, 0) };
    write(
      this.part("then"),
      t("1998: 20 passes of 60,000 patterns in two to three days, {least} to {most} a second, on a 200 MHz processor.", words),
    );
    if (rate <= 0) return; // what was said of it last still holds
    const minutes = (PASS * PASSES) / rate / 60;
    const hours = minutes / 60;
    write(
      this.part("now"),
      hours < 2
        ? tn("Here it would take {count} minute.", "Here it would take {count} minutes.", Math.round(minutes), {
            count: number(minutes),
          })
        : t("Here it would take {count} hours.", { count: number(hours, hours < 10 ? 1 : 0) }),
    );
  }

  close() {
    clearTimeout(this.waiting);
    this.listening.abort();
    this.resized.disconnect();
    this.printed();
  }
}
