// Train a network of your own: in this browser, from random weights, while the drawing under the pen
// is read through it.

import { makeLive } from "../canvas/live.js";
import { readTrace } from "../engine/unpack.js";
import { arrived } from "../loaders/mount.js";
import { keep } from "../shared/address.js";
import { mountOne } from "../shared/mount_one.js";
import { digitsOf } from "./digits.js";
import { makeComputer } from "./own/computing.js";
import { FilesError, readFiles } from "./own/mnist_files.js";
import { asPicture, MOST_DRAWINGS } from "./own/drawings.js";
import { base64, safetensors } from "./own/safetensors.js";
import { linkTo, readSettings, unwritten, written } from "./own/settings.js";
import { Training } from "./own/training.js";
import { cardOf, fileName } from "./own/card.js";
import { OwnView } from "./own/view.js";
import { number, t } from "../shared/words.js";

const KEEPING_MS = 300; // browsers take only so many changes of an address

let training = null; // outlives the page that shows it

export const mount = mountOne((component, bundle) => new Page(component, bundle));

class Page {
  constructor({ parentElement, header }, bundle) {
    this.bundle = bundle;
    this.root = parentElement.querySelector(".trainer");
    this.stopped = false;
    this.latest = null;
    this.painted = 0; // drawings, as the pen moves
    this.listening = new AbortController();
    this.ready = this.begin(header);
  }

  // Everything waits for the architectures and the digits, which come once.
  async begin(header) {
    const [{ networks, normalisation }, packaged] = await Promise.all([
      arrived(header.architectures),
      arrived(header.digits).then(digitsOf),
    ]);
    if (this.stopped) return;
    this.normalisation = normalisation;
    training ??= makeTraining(networks, packaged, this.bundle);
    this.training = training;
    this.view = new OwnView(this.root, training, { ...header, networks }, this.bundle, this.told());
    const { signal } = this.listening;
    document.addEventListener("visibilitychange", () => training.show(!document.hidden), { signal });
    this.root.addEventListener("dragover", (event) => event.preventDefault(), { signal });
    this.root.addEventListener("drop", (event) => this.drop(event), { signal });
    training.listener = () => this.request();
    training.show(!document.hidden);
    const reader = {
      blank: new Float32Array(normalisation.inputSize ** 2).fill(normalisation.background),
      run: (input) => ({ ...training.reader.run(input), drawn: input }),
      difference: () => 0, // the server knows nothing of these weights
    };
    this.live = makeLive(this, normalisation, reader, header.place);
    if (this.latest) this.receive(this.latest);
  }

  // What can be pressed.
  told() {
    return {
      changed: (more) => training.change(more),
      sourceChosen: (source) => training.use(source),
      filesChosen: (files) => this.take(files),
      added: (digit) => this.add(digit),
      kept: (title) => this.keep(title),
      downloaded: (title) => this.download(title),
      linked: () => this.link(),
      isDrawing: () => this.live.isDrawing(),
      again: () => this.request(),
    };
  }

  /** What the server says of the drawing and of a network that is kept, and the theme. */
  receive(component) {
    this.latest = component;
    if (!this.live) return;
    const { header, values, setTriggerValue } = component;
    this.send = (value) => setTriggerValue("kept", value);
    this.live.ask = () => setTriggerValue("asked", { presses: this.live.presses() });
    this.view.setTheme();
    this.view.showKept(header.kept);
    this.live.receive(readTrace(header, values, this.normalisation));
    this.request();
  }

  // The two ways in which makeLive() shows something; it is in a frame of the screen already.
  show(trace) {
    this.drawn = trace;
    cancelAnimationFrame(this.frame);
    this.paint();
    this.root.dataset.drawn = String((this.painted += 1));
  }

  showUnverified() {
    this.request();
  }

  /** Has the page painted in the next frame. */
  request() {
    if (this.stopped || !this.view) return;
    this.frame ||= requestAnimationFrame(() => this.paint());
    const texts = JSON.stringify(written(training.settings, training.goal));
    if (texts === this.written) return;
    this.written = texts;
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => keepSettings(JSON.parse(texts)), KEEPING_MS);
  }

  paint() {
    this.frame = 0;
    if (!this.live) return;
    const { drawn } = this;
    const input = drawn?.drawn ?? null;
    const empty = !drawn || drawn.empty;
    const trace = training.reader.run(input ?? this.live.traceOf([]).drawn);
    this.view.paint(trace, empty);
  }

  drop(event) {
    event.preventDefault();
    this.take([...event.dataTransfer.files]);
  }

  async take(files) {
    if (!files.length) return;
    try {
      training.takeFiles(await readFiles(files));
    } catch (error) {
      if (!(error instanceof FilesError)) throw error;
      training.said = [error.message];
      training.changed();
    }
  }

  add(digit) {
    const { drawn } = this;
    if (!drawn || drawn.empty) training.said = [t("Draw a digit first, then say which it is.")];
    else if (training.drawings.labels.length >= MOST_DRAWINGS) {
      training.said = [t("There are {count} drawings, and no more fit.", { count: number(MOST_DRAWINGS) })];
    } else {
      training.addDrawing(asPicture(drawn.drawn, this.normalisation), digit);
      training.said = [t("Added as an example of {digit}.", { digit })];
    }
    training.changed();
  }

  file(title) {
    return safetensors(training.shapes, training.weights, cardOf(training, title));
  }

  keep(title) {
    this.send({ title, network: training.settings.network, weights: base64(this.file(title)) });
  }

  download(title) {
    const link = document.createElement("a");
    const blob = new Blob([this.file(title)], { type: "application/octet-stream" });
    link.href = URL.createObjectURL(blob);
    link.download = fileName(title, training.settings.network);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  link() {
    return linkTo(location.href, training.settings, training.told.patterns);
  }

  stop() {
    this.stopped = true;
    this.listening.abort();
    clearTimeout(this.keeping);
    cancelAnimationFrame(this.frame);
    keepSettings(unwritten());
    this.live?.stop();
    this.view?.close();
    if (!training) return;
    training.listener = () => {};
    training.show(false);
  }
}

function makeTraining(networks, packaged, bundle) {
  let made = null;
  const early = []; // without a worker it reports at once
  const report = (told) => (made ? made.receive(told) : early.push(told));
  const computer = makeComputer(bundle.address("training/own/worker.js"), report);
  const asked = readSettings(location.search, Object.keys(networks));
  made = new Training({ architectures: networks, packaged, asked, computer });
  for (const told of early) made.receive(told);
  return made;
}

function keepSettings(texts) {
  for (const [name, text] of Object.entries(texts)) keep(name, text);
}
