// How the errors went while a network was trained: as many points as a chart can show, however long
// it is trained.

const MOST = 400; // points of a curve; beyond, every second one goes
const LEAST_SEEN = 50; // digits behind a point of the training error,
const SHARE = 0.04; // and of all that were seen, up to
const MOST_SEEN = 1000;

/** { patterns, percent } of the training error and of the judged one, and what is seen so far. */
export function makeCourse() {
  return { training: [], judged: [], pending: { wrong: 0, seen: 0 }, apart: 0 };
}

/** Counts digits that were just learnt from: how many were read wrongly before. */
export function addTraining(course, patterns, { wrong, seen }) {
  const { pending } = course;
  pending.wrong += wrong;
  pending.seen += seen;
  const last = course.training.at(-1)?.patterns ?? 0;
  const least = Math.min(Math.max(LEAST_SEEN, SHARE * patterns), MOST_SEEN);
  if (pending.seen < least || patterns - last < course.apart) return;
  course.training.push({ patterns, percent: (100 * pending.wrong) / pending.seen });
  course.pending = { wrong: 0, seen: 0 };
  if (course.training.length > MOST) {
    course.training = everySecond(course.training, ([a, b]) => ({
      patterns: b.patterns,
      percent: (a.percent + b.percent) / 2,
    }));
    course.apart = (2 * patterns) / MOST;
  }
}

/** Adds what a whole round of judging gave. */
export function addJudged(course, patterns, { wrong, counted }) {
  course.judged.push({ patterns, percent: (100 * wrong) / counted });
  if (course.judged.length > MOST) course.judged = everySecond(course.judged, ([, b]) => b);
}

/** Forgets what came after so many patterns. */
export function cutBack(course, patterns) {
  course.training = course.training.filter((point) => point.patterns <= patterns);
  course.judged = course.judged.filter((point) => point.patterns <= patterns);
  course.pending = { wrong: 0, seen: 0 };
}

function everySecond(points, join) {
  const joined = [];
  for (let i = 0; i + 1 < points.length; i += 2) joined.push(join([points[i], points[i + 1]]));
  if (points.length % 2) joined.push(points.at(-1));
  return joined;
}
