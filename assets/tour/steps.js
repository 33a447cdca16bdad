// Where somebody is in a tour: which step, which of its three moves, and when a move is done.
// Knows neither a page nor Streamlit; whoever shows a tour says what is there now.
//
// What is there `now`, as far as it is known where the tour is shown:
//   strokes       what is on the canvas: lists of [x, y] in canvas pixels
//   drawing       whether the pen is down
//   answer        { digit, distance, runnerUp, runnerUpDistance, rejected } of the drawing, or null
//   trace         every layer's values, or null
//   pinned, pointed  units { layer, map, row, column } or null
//   replaying     whether a replay is open
//   table         { off, on, before, after }: how many connections are switched off and on, and the
//                 answers { digit, distance, rejected } without and with that; or null
//   opened        the texts in the page's address

export const MOVES = ["predict", "do", "see"];

const SHIFTED = 50; // canvas pixels from the middle of the ink then to the middle of it now
const STRONG = 1.5; // of a value, of 1.7159 that there can be
const MIDDLE = 140; // of the canvas

const CONDITIONS = {
  drawn: (now, start) => !now.drawing && isNew(now.strokes, start.strokes),
  accepted: (now) => !now.drawing && isAccepted(now),
  rejected: (now) => !now.drawing && isRejected(now),
  read: (now, start, digit) => !now.drawing && isAccepted(now) && String(shownAnswer(now).digit) === digit,
  shifted: (now, start) => !now.drawing && isShifted(now.strokes, start.strokes),
  pinned: (now, start, place) => isIn(now.pinned, place) && !isSame(now.pinned, start.pinned),
  pointed: (now, start, place) => isIn(now.pointed ?? now.pinned, place),
  moved: (now, start) =>
    Boolean(now.pinned && start.pinned) &&
    now.pinned.layer === start.pinned.layer &&
    now.pinned.map === start.pinned.map &&
    !isSame(now.pinned, start.pinned),
  strong: (now) => Math.abs(valueOf(now, now.pinned) ?? 0) >= STRONG,
  switched: (now) => Boolean(now.table && now.table.off + now.table.on > 0),
  replayed: (now, start) => Boolean(start.replaying) && !now.replaying,
  opened: (now, start, name) => now.opened.includes(name),
  confirmed: () => false, // by a button alone
};

const FACTS = {
  accepted: (now) => isAccepted(now),
  rejected: (now) => isRejected(now),
  same_digit: (now, start) => isAccepted(now) && digitBefore(now, start) === shownAnswer(now).digit,
  other_digit: (now, start) => {
    const before = digitBefore(now, start);
    return isAccepted(now) && before !== null && before !== shownAnswer(now).digit;
  },
  positive: (now) => (valueOf(now, now.pinned) ?? 0) > 0,
  negative: (now) => (valueOf(now, now.pinned) ?? 0) < 0,
  strong: CONDITIONS.strong,
};

/** Whether a fact is true now, of a move that began at `start`; the empty one always is. */
export const isTrue = (fact, now, start) => (fact ? FACTS[fact](now, start) : true);

/** What is kept of what was there when a move began. */
export function remembered(now) {
  const { answer, opened, pinned, replaying, strokes, table } = now;
  return {
    strokes: strokes.map((stroke) => [...stroke]),
    answer: answer && { ...answer },
    pinned: pinned && { ...pinned },
    value: valueOf(now, pinned),
    replaying,
    table,
    opened: [...opened],
  };
}

/** The value of a unit, or null where none is known. */
export function valueOf({ spec, trace }, unit) {
  const values = unit && trace?.[unit.layer];
  if (!values) return null;
  const side = spec.layers.find(({ key }) => key === unit.layer).size;
  return values[(unit.map * side + unit.row) * side + unit.column];
}

/** The smallest rectangle around what is drawn: { x, y, width, height }; null without ink. */
export function boxOf(strokes) {
  const points = strokes.flat();
  if (!points.length) return null;
  const [x, y] = [0, 1].map((axis) => Math.min(...points.map((point) => point[axis])));
  const [right, bottom] = [0, 1].map((axis) => Math.max(...points.map((point) => point[axis])));
  return { x, y, width: right - x, height: bottom - y };
}

/**
 * Somebody's way through a tour, beginning at the step with the identifier `id` (or at its first)
 * and at one of its moves. `observe(now)` is called whenever something may have changed, and
 * returns whether another move has come.
 */
export class Progress {
  constructor(tour, id, move) {
    this.tour = tour;
    this.go(Math.max(0, tour.steps.findIndex((step) => step.id === id)));
    if (this.moves.includes(move)) this.move = move;
  }

  get step() {
    return this.tour.steps[this.at];
  }

  /** The moves of this step; a step may ask nothing. */
  get moves() {
    return MOVES.filter((move) => move !== "predict" || this.step.predict);
  }

  get isLast() {
    return this.at === this.tour.steps.length - 1;
  }

  /** Goes to a step by its place. */
  go(at) {
    this.at = Math.min(Math.max(0, at), this.tour.steps.length - 1);
    this.chosen = null;
    this.start = null;
    this.pinned = null; // the unit that was pinned last in this step
    this.done = false; // whether the last "do" was done rather than skipped
    [this.move] = this.moves;
  }

  /** Predicts an answer by its place, and goes on to what is to be done. */
  choose(answer) {
    this.chosen = answer;
    this.begin("do");
  }

  begin(move) {
    this.move = move;
    if (move !== "see") {
      this.start = null;
      this.done = false;
    }
  }

  /** The next move, or the next step's first; false at the end of the tour. */
  forward() {
    const next = this.moves[this.moves.indexOf(this.move) + 1];
    if (next) this.begin(next);
    else if (this.isLast) return false;
    else this.go(this.at + 1);
    return true;
  }

  /** The move before, or the step before. */
  back() {
    const before = this.moves[this.moves.indexOf(this.move) - 1];
    if (before) this.begin(before);
    else this.go(this.at - 1);
  }

  /** Takes in what is there now. */
  observe(now) {
    this.pinned = now.pinned ?? this.pinned;
    if (this.move !== "do") return false;
    this.start ??= remembered(now);
    const { until } = this.step.do;
    // Where nothing is pinned yet, or nothing drawn, what comes first is what one begins with.
    if (until.some(([name]) => name === "moved") && !this.start.pinned) this.start = remembered(now);
    if (until.some(([name]) => name === "replayed")) this.start.replaying ||= now.replaying;
    if (!until.every(([name, argument]) => CONDITIONS[name](now, this.start, argument))) return false;
    this.done = true;
    this.move = "see";
    return true;
  }

  /** Whether what was predicted is right: true or false, or null where nothing was. */
  verdict(now) {
    const answer = this.step.predict?.answers[this.chosen];
    if (!answer || this.move !== "see") return null;
    return this.isRight(answer, now);
  }

  isRight({ right }, now) {
    return typeof right === "boolean" ? right : isTrue(right, now, this.start);
  }
}

// The digit before what was done: without the switched connections, or of the drawing then.
const digitBefore = (now, start) =>
  now.table ? now.table.before.digit : start?.answer && !start.answer.rejected ? start.answer.digit : null;

const shownAnswer = ({ table, answer }) => table?.after ?? answer;
const isAccepted = (now) => Boolean(shownAnswer(now)) && !shownAnswer(now).rejected;
const isRejected = (now) => Boolean(shownAnswer(now)?.rejected);

const keyOf = (stroke) => [stroke.length, ...stroke[0], ...stroke.at(-1)].join();

// Something was drawn that was not there before: taking a stroke back is no drawing.
function isNew(strokes, before) {
  if (!strokes.length) return false;
  const known = new Set(before.map(keyOf));
  return !known.has(keyOf(strokes.at(-1)));
}

function isShifted(strokes, before) {
  const box = boxOf(strokes);
  if (!box) return false;
  const then = boxOf(before);
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  const from = then ? middle(then) : [MIDDLE, MIDDLE];
  const to = middle(box);
  return Math.hypot(to[0] - from[0], to[1] - from[1]) >= SHIFTED;
}

function isIn(unit, place) {
  if (!unit) return false;
  const [layer, ...numbers] = place.split(".");
  const own = [unit.map, unit.row, unit.column];
  return unit.layer === layer && numbers.every((number, i) => Number(number) === own[i]);
}

const isSame = (a, b) =>
  Boolean(a && b) && a.layer === b.layer && a.map === b.map && a.row === b.row && a.column === b.column;
