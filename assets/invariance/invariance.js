// How far a drawing can be disturbed before networks read another digit: on the visitor's own
// drawing, in this browser, while it is drawn.

import { makeLive } from "../canvas/live.js";
import { NOTHING, makeDisturb } from "../engine/disturb.js";
import { difference, farthest } from "../engine/forward.js";
import { makeReader, smallest } from "../engine/runs.js";
import { readTrace } from "../engine/unpack.js";
import { arrived } from "../loaders/mount.js";
import { mountOne } from "../shared/mount_one.js";
import { makeComputer } from "./computing.js";
import { makePlayer } from "./demonstrations.js";
import { keepState, otherSeed, readState, untouched, written } from "./state.js";
import { InvarianceView } from "./view.js";
import { jobsFor, makeResults } from "./wanted.js";

const SAME = 1e-5; // inputs no further apart are of the same drawing

let before = null; // the state when the page was left, for when it is opened again

export const mount = mountOne(
  (component, bundle, former) => new Page(component, bundle, former?.state ?? startingState()),
  { subject: ({ networks }) => JSON.stringify(networks), left: () => keepState(null) },
);

class Page {
  constructor({ parentElement, header }, bundle, state) {
    this.reference = header.reference; // says what is right, where nobody else does
    this.state = state;
    this.drawing = 0;
    this.input = null;
    this.sample = null;
    this.frame = 0;
    this.stopped = false;
    this.root = parentElement.querySelector(".invariance");
    this.player = makePlayer(
      (values, curve) => this.set({ ...values, seed: this.state.disturbance.seed }, curve),
      () => this.view.showPlaying(this.player),
    );
    this.computer = makeComputer(bundle.address("invariance/worker.js"), (told) =>
      this.results.receive(told),
    );
    this.results = makeResults(this.computer, () => this.request());
    const loaded = header.networks.map(({ identity }) => bundle.networks[identity]);
    this.readers = header.networks.map((one, place) => ({
      ...one,
      place,
      read: makeReader(loaded[place]),
      penalties: null,
      undisturbed: null,
    }));
    const { normalisation } = loaded[0];
    this.normalisation = normalisation;
    this.disturb = makeDisturb(normalisation);
    this.computer.networks(
      Object.fromEntries(
        loaded.map(({ identity, spec, parameters, values }) => [
          identity,
          { spec, parameters, values, normalisation },
        ]),
      ),
    );
    this.view = new InvarianceView(this.root, this.readers, bundle.palettes, normalisation, {
      moved: (name, value) => this.move({ [name]: value }, name),
      placed: (values) => this.move(values),
      reset: () => this.move({ ...NOTHING }),
      otherNoise: () => this.move({ seed: otherSeed(this.state.disturbance.seed) }, "noise"),
      curveChosen: (name) => this.set({}, name),
      digitChosen: (digit) => this.change({ digit }),
      demonstrated: (name) => this.player.press(name),
    });
    this.spec = {
      inputSize: normalisation.inputSize,
      layers: [
        { key: "input", maps: 1, size: normalisation.inputSize },
        { key: "penalties", maps: 10 * this.readers.length, size: 1 },
      ],
    };
    const all = {
      blank: new Float32Array(normalisation.inputSize ** 2).fill(normalisation.background),
      run: (input) => this.runAll(input),
      difference: (own, served) => difference(this.spec, own, served),
    };
    this.live = makeLive(this, normalisation, all, header.place);
    this.view.showPlaying(this.player);
    this.takeSamples(header.samples);
  }

  // All networks as one, whose output is the penalties of each, one after the other.
  runAll(input) {
    const penalties = new Float32Array(10 * this.readers.length);
    for (const { read, place } of this.readers) penalties.set(read(input, NOTHING), 10 * place);
    return { input: input.slice(), penalties, before: {} };
  }

  async takeSamples(name) {
    if (!name) return; // they cannot be read, and the page says so
    const { values: images, labels } = await arrived(name);
    if (this.stopped) return;
    this.computer.samples({ images, labels: Uint8Array.from(labels) });
    const size = images.length / labels.length;
    const shown = labels.indexOf(3);
    this.sample = images.slice(shown * size, (shown + 1) * size);
    this.request(true);
  }

  /** What the server says of the drawing, and the theme, which may have changed. */
  receive({ header, values, setTriggerValue }) {
    this.live.ask = () => setTriggerValue("asked", { presses: this.live.presses() });
    this.view.setTheme();
    this.live.receive(readTrace(header, values, this.spec));
    this.request();
  }

  // The two ways in which makeLive() shows something.
  show(trace, source, delta = null) {
    this.trace = trace;
    this.source = source;
    this.delta = delta;
    this.request();
  }

  showUnverified() {
    this.source = "unverified";
    this.request();
  }

  move(values, curve) {
    this.player.stop({ back: false });
    this.set(values, curve);
  }

  set(values, curve = this.state.curve) {
    this.change({ disturbance: { ...this.state.disturbance, ...values }, curve });
  }

  change(more) {
    Object.assign(this.state, more);
    clearTimeout(this.keeping);
    // Browsers take only so many changes of an address.
    this.keeping = setTimeout(() => keepState(this.state), 300);
    this.request(true);
  }

  /** Has the page painted in the next frame; `anew` if something else is to be computed for it. */
  request(anew = false) {
    this.anew ||= anew;
    if (this.stopped) return;
    this.frame ||= requestAnimationFrame(() => this.paint());
  }

  paint() {
    this.frame = 0;
    const { trace, state, readers } = this;
    if (!trace || this.stopped) return;
    const standsIn = trace.empty && this.sample;
    if (trace.empty && !standsIn) return;
    const given = standsIn ? this.sample : trace.input;
    // The server's input is this browser's own, to the last digit or so.
    if (!this.input || farthest(this.input, given) > SAME) {
      this.input = given;
      for (const one of readers) one.undisturbed = one.read(given, NOTHING).slice();
      this.drawing += 1;
      this.anew = true;
    }
    const { input } = this;
    const first = readers.find(({ name }) => name === this.reference) ?? readers[0];
    const reads = smallest(first.undisturbed);
    const digit = state.digit ?? reads;
    for (const one of readers) one.penalties = one.read(input, state.disturbance).slice();
    if (this.anew) {
      this.anew = false;
      this.results.want(
        jobsFor(state, input, this.drawing, readers, { samples: this.sample !== null }),
      );
    }
    this.view.paint({
      input,
      disturbed: this.disturb(input, state.disturbance),
      state,
      digit,
      reads,
      readsIt: first,
      standsIn,
      results: this.results,
      source: standsIn ? "sample" : this.source,
      delta: this.delta,
      inWorker: this.computer.inWorker(),
    });
  }

  stop() {
    this.stopped = true;
    before = this.state;
    clearTimeout(this.keeping);
    cancelAnimationFrame(this.frame);
    this.player.stop({ back: false });
    this.results.stop();
    this.computer.stop();
    this.live.stop();
    this.view.close();
  }
}

function startingState() {
  const asked = readState(location.search);
  const said = Object.values(written(asked)).some((text) => text !== null);
  return said ? asked : (before ?? untouched());
}
