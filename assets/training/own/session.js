// One training, a little at a time: it trains, judges in between, and reports. Nothing here knows a
// page; it works in a worker, or between the frames of one.

const REPORT_MS = 100; // between two reports, which take a copy of the weights along
const ROUND_MS = 1800; // in which all judging digits are to be judged once
const RATE_MS = 1500; // over which patterns a second are counted
const JUDGED_AT_ONCE = 10;
const CHUNK_MS = 4; // of training before the clock is looked at
const MOST_AT_ONCE = 64; // patterns
const WORSE_PERCENT = 10; // misread more than at best: nothing to go back to

/**
 * Does what it is told for at most `slice` milliseconds in one go. `later(step)` calls `step` soon,
 * after what waits meanwhile; `makeTrainer` is engine/trainer.js's.
 *
 * `report(told)` gets { run, state, patterns, passes, rate, loss, training, judged, weights, undone,
 * slow }: `training` is { wrong, seen } since the last report, `judged` { wrong, counted, patterns }
 * of a round that has become whole, or null; `undone`, after a divergence, { from, to } in patterns;
 * `run` is the number that begin() was given.
 */
export function makeSession(makeTrainer, report, later, slice, now = () => performance.now()) {
  let digits = null;
  let trainer = null;
  let run = 0;
  let before = 0; // patterns that were learnt from before this trainer
  let state = "idle";
  let speed = Infinity;
  let goal = null;
  let owed = 0; // patterns that a slower speed allows by now
  let chunk = 1;
  let scheduled = false;
  let last = 0; // when a slice ended
  let reported = 0;
  let judgedAt = -1; // patterns when the present round began, or -1
  let judgedSoFar = 0;
  let roundBegan = 0;
  let judged = null; // what the next report brings
  let isFirst = true; // whether nothing is judged yet
  let best = 100;
  let roundOf = -1; // patterns when the last round began
  let undone = null;
  let marks = []; // [time, patterns] of the last second or so

  const patterns = () => before + (trainer?.patterns ?? 0);
  const left = () => (goal === null ? Infinity : goal - patterns());

  const tell = ({ weights = true } = {}) => {
    reported = now();
    marks = marks.filter(([at]) => at > reported - RATE_MS);
    const [first] = marks;
    marks.push([reported, patterns()]);
    const rate =
      state === "running" && first ? (1000 * (patterns() - first[1])) / (reported - first[0]) : 0;
    report({
      run,
      state,
      patterns: patterns(),
      passes: trainer.passes,
      rate,
      loss: trainer.lossMean,
      training: trainer.trainingErrors,
      judged,
      weights: weights ? trainer.weights.slice() : null,
      undone,
    });
    judged = undone = null;
  };

  // Back to where it was good, and no further until somebody says so.
  const undo = () => {
    const from = patterns();
    trainer.undo();
    undone = { from, to: patterns() };
    state = "diverged";
    judgedAt = -1;
    tell();
  };

  const judgeSome = () => {
    if (judgedAt < 0) {
      judgedAt = roundOf = patterns();
      judgedSoFar = 0;
      roundBegan = now();
    }
    const whole = trainer.judge(JUDGED_AT_ONCE);
    judgedSoFar += JUDGED_AT_ONCE;
    if (!whole) return false;
    // It was another network at the end of the round than at the beginning.
    judged = { ...whole, patterns: Math.round((judgedAt + patterns()) / 2) };
    judgedAt = -1;
    const percent = (100 * whole.wrong) / whole.counted;
    best = Math.min(best, percent);
    if (percent <= best + WORSE_PERCENT) trainer.keep();
    return true;
  };

  // Judges as much as is due, so that there is an error every now and then and most of the time is
  // left for training.
  const judgeDue = () => {
    if (judgedAt < 0 && patterns() === roundOf) return false; // judged already
    const judges = digits.labels.length - digits.learn;
    const due = ((now() - roundBegan) / ROUND_MS) * judges;
    if (judgedSoFar > due && judgedAt >= 0) return false;
    judgeSome();
    return true;
  };

  const trainSome = (most) => {
    const began = now();
    trainer.step(most);
    const took = now() - began;
    chunk = Math.max(1, Math.min(MOST_AT_ONCE, Math.round((most * CHUNK_MS) / Math.max(took, 0.1))));
    if (trainer.diverged) undo();
  };

  const step = () => {
    scheduled = false;
    if (state !== "running" || !trainer) return;
    const began = now();
    owed = Math.min(owed + ((began - last) * speed) / 1000, Math.max(speed, 1));
    while (state === "running" && now() - began < slice) {
      if (isFirst) {
        isFirst = !judgeSome(); // what it reads untrained
        continue;
      }
      const most = Math.min(chunk, left(), speed === Infinity ? Infinity : Math.floor(owed));
      if (left() <= 0) {
        finish();
        return;
      }
      if (most >= 1) {
        owed -= speed === Infinity ? 0 : most;
        trainSome(most);
      }
      if (state !== "running") return; // it diverged
      const judging = judgeDue();
      if (most < 1 && !judging) break;
    }
    last = began;
    if (state !== "running") return;
    if (left() <= 0) {
      finish();
      return;
    }
    if (now() - reported >= REPORT_MS) tell();
    schedule();
  };
  const finish = () => {
    state = "paused";
    judgeAll();
  };
  const schedule = () => {
    if (scheduled || state !== "running") return;
    scheduled = true;
    later(step);
  };

  // What rests is judged on all digits, so that what is said of it is about itself.
  const judgeAll = () => {
    const begun = judgedAt >= 0 && judgedAt !== patterns();
    for (let rounds = begun ? 2 : 1; rounds > 0; ) if (judgeSome()) rounds -= 1;
    tell();
  };

  return {
    /** { images, labels, learn }, as a trainer takes them, for what is begun from now on. */
    digits(given) {
      digits = given;
    },
    /**
     * Makes a trainer { run, spec, shapes, settings, start, patterns } and reports it; `start` are
     * weights that were trained on so many patterns before, or null.
     */
    begin({ run: number, spec, shapes, settings, start, patterns: learnt }) {
      trainer = makeTrainer({ spec, shapes, settings, digits, start: start ?? undefined });
      run = number;
      before = learnt ?? 0;
      state = "idle";
      goal = null;
      judged = undone = null;
      best = 100;
      isFirst = true;
      judgedAt = roundOf = -1;
      marks = [];
      chunk = 1;
      tell();
    },
    /** Trains at a speed of so many patterns a second at most, until there are `goal` in all. */
    run({ speed: most, goal: until = null }) {
      if (!trainer) return;
      speed = most;
      goal = until;
      if (state !== "running") {
        last = now();
        owed = 1;
        marks = [];
        state = "running";
        tell({ weights: false });
      }
      schedule();
    },
    /** Stops where it is. */
    pause() {
      if (state !== "running") return;
      state = "paused";
      judgeAll();
    },
    /** Another step size from now on. */
    setStep(size) {
      trainer?.setStep(size);
    },
    /** Trains on so many patterns and no more. */
    step(count) {
      if (!trainer || state === "running") return;
      state = "paused";
      trainSome(count);
      if (state !== "diverged") tell();
    },
  };
}
