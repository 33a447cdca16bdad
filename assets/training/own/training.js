// One training as the page knows it: what it is set to, how it went, and the weights as they are. It
// lives as long as the tab: who walks to another page and back finds it where it was.

import { nameParameters } from "../../engine/explain.js";
import { makeNetwork } from "../../engine/forward.js";
import { number, t } from "../../shared/words.js";
import { addJudged, addTraining, cutBack, makeCourse } from "./course.js";
import { missing, noDrawings, withJudges } from "./drawings.js";
import { FIRST_STEP, inWords, nearest, NUMBERS, sameStart, SPEEDS } from "./settings.js";

export const SOURCES = ["packaged", "files", "drawings"];

export class Training {
  /**
   * `architectures` are { spec, shapes } by the networks' names, `packaged` the digits that come with
   * the app, `asked` what readSettings() gives, `computer` what makeComputer() makes. `listener` is
   * called after every report and every change, and `changes` counts them.
   */
  constructor({ architectures, packaged, asked, computer }) {
    Object.assign(this, { architectures, computer });
    this.settings = asked.settings;
    this.goal = asked.goal;
    this.said = asked.faults;
    this.digits = { packaged };
    this.drawings = noDrawings();
    this.source = "packaged";
    this.speed = SPEEDS.length - 1;
    this.runs = 0;
    this.hidden = false; // whether it stands still because nobody looks
    this.changes = 0;
    this.listener = () => {};
    this.limitDigits();
    computer.digits(packaged);
    this.reset();
  }

  changed() {
    this.changes += 1;
    this.listener();
  }

  get network() {
    return this.architectures[this.settings.network];
  }

  /** How many digits there are to learn from. */
  get most() {
    return this.digits[this.source].learn;
  }

  /** Begins again, from the weights of the seed. */
  reset() {
    this.before = { patterns: 0, passes: 0 };
    this.course = makeCourse();
    this.repeatable = this.source === "packaged";
    this.begin(null);
  }

  // Has the computer begin; `start` are weights to go on from.
  begin(start) {
    const { spec, shapes } = this.network;
    const settings = { ...this.settings };
    const { patterns } = this.before;
    this.runs += 1;
    this.state = "idle";
    this.told = { patterns, passes: this.before.passes, rate: 0, loss: NaN };
    if (!start) this.error = null;
    if (this.shapes !== shapes) {
      this.shapes = shapes;
      this.weights = new Float32Array(sizeOf(shapes));
      this.reader = makeNetwork(spec, nameParameters(shapes, this.weights));
      this.trained = false; // until the first weights come
    }
    this.computer.begin({ run: this.runs, spec, shapes, settings, start, patterns });
    this.changed();
  }

  /** Takes a report of the session's. */
  receive(told) {
    if (told.run !== this.runs) return; // of what was begun before
    const { state, patterns, rate, loss, training, judged, weights, undone } = told;
    this.state = state;
    this.told = { patterns, passes: this.before.passes + told.passes, rate, loss };
    if (undone) {
      cutBack(this.course, undone.to);
      this.repeatable = false;
      const words = {
        step: inWords(this.settings.step),
        from: number(undone.from),
        to: number(undone.to),
      };
      this.said = [
        t(
          "It diverged after {from} patterns: with a step size of {step} the steps are too large for " +
            "what is to be learnt. The network is as it was after {to}; choose a smaller step and go on.",
          words,
        ),
      ];
    } else addTraining(this.course, patterns, training);
    if (judged) {
      addJudged(this.course, judged.patterns, judged);
      this.error = (100 * judged.wrong) / judged.counted;
    }
    if (weights) {
      this.weights.set(weights);
      this.trained = true;
    }
    if (this.goal !== null && patterns >= this.goal && state === "paused") {
      this.said = [
        t("Done: {count} patterns, as the link says. It is the network that was shared.", { count: number(this.goal) }),
      ];
      this.goal = null;
    }
    this.changed();
  }

  run() {
    this.hidden = false;
    if (this.state === "running") return;
    if (this.state === "diverged") this.said = [];
    this.state = "running"; // it is on its way
    this.computer.run({ speed: SPEEDS[this.speed], goal: this.goal });
    this.changed();
  }

  pause() {
    this.hidden = false;
    this.computer.pause();
  }

  step() {
    this.computer.step(this.settings.batch);
  }

  /** A step slower or faster, -1 or 1. */
  pace(by) {
    this.speed = Math.min(Math.max(this.speed + by, 0), SPEEDS.length - 1);
    if (this.state === "running") this.computer.run({ speed: SPEEDS[this.speed], goal: this.goal });
    this.changed();
  }

  /** Stands still while nobody can see it, and goes on when somebody can. */
  show(visible) {
    if (!visible && this.state === "running") {
      this.computer.pause();
      this.hidden = true;
    } else if (visible && this.hidden) this.run();
  }

  /** Other settings: goes on with them from where it is, or begins again where it has to. */
  change(more) {
    const settings = { ...this.settings, ...more };
    if (more.method && more.method !== this.settings.method) settings.step = FIRST_STEP[more.method];
    const again = !sameStart(settings, this.settings);
    this.settings = settings;
    this.goal = null;
    this.limitDigits();
    if (Object.keys(more).join() === "step") {
      this.computer.setStep(settings.step);
      this.repeatable &&= this.told.patterns === 0;
      this.changed();
    } else this.restart(again);
  }

  /** Learns from other digits: "packaged", "files" or "drawings". */
  use(source) {
    if (source === this.source) return;
    this.source = source;
    this.goal = null;
    this.settings = { ...this.settings, digits: this.most };
    this.computer.digits(this.digits[source]);
    this.restart(false);
  }

  /** Digits from files that were dropped. */
  takeFiles(digits) {
    this.digits.files = digits;
    this.source = null; // also where other files were used before
    this.use("files");
    const count = { learn: number(digits.learn), judge: number(digits.labels.length - digits.learn) };
    this.said = [t("It goes on with these files: {learn} to learn from, {judge} to be judged by.", count)];
    this.changed();
  }

  /** A drawing of the visitor's, 28x28 grey levels, with the digit that it shows. */
  addDrawing(picture, label) {
    this.drawings.pictures.push(picture);
    this.drawings.labels.push(label);
    this.digits.drawings = withJudges(this.drawings, this.digits.packaged);
    if (this.source === "drawings") {
      this.source = null;
      this.use("drawings");
    } else this.changed();
  }

  /** The digits that it cannot learn, for want of an example. */
  unknown() {
    return this.source === "drawings" ? missing(this.drawings) : [];
  }

  // Goes on from here with what is set now, or from new weights.
  restart(again) {
    const running = this.state === "running";
    if (again || this.told.patterns === 0) this.reset();
    else {
      this.before = { patterns: this.told.patterns, passes: this.told.passes };
      this.repeatable = false;
      this.begin(this.weights.slice());
    }
    if (running) this.run();
  }

  limitDigits() {
    const { digits } = this.settings;
    const found = nearest({ ...NUMBERS.digits, least: 1, most: this.most }, digits);
    this.settings = { ...this.settings, digits: found };
  }
}

const sizeOf = (shapes) =>
  shapes.reduce((sum, [, shape]) => sum + shape.reduce((product, side) => product * side, 1), 0);
