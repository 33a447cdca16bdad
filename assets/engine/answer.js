// The answer in words; the browser's twin of lenet/answer.py, with its sentences.

import { number, percent, t } from "../shared/words.js";

/**
 * { digit, distance, runnerUp, runnerUpDistance, rejected, winner } of ten penalties; smallest wins.
 * `winner` is the digit again, or null where it is rejected: beyond the distance `rejection`
 * nothing is a digit. A `rejection` of null turns nothing down.
 */
export function answerOf(penalties, rejection) {
  const order = [...penalties.keys()].sort((a, b) => penalties[a] - penalties[b]);
  const [digit, runnerUp] = order;
  const rejected = rejection !== null && penalties[digit] > rejection;
  return {
    digit,
    distance: penalties[digit],
    runnerUp,
    runnerUpDistance: penalties[runnerUp],
    rejected,
    winner: rejected ? null : digit,
  };
}

/**
 * { headline, sentence } of an answer, or of null, which is an empty canvas. `spec` says what the
 * classes are called, and whether their penalties are distances to `codes`.
 */
export function wordsOf(answer, { classes, codes }) {
  if (!answer) {
    const sentence = t("No ink yet. This is the network at rest: draw a digit.");
    return { headline: "", sentence };
  }
  const digit = classes[answer.digit];
  const nearest = number(answer.distance, 2);
  if (answer.rejected) {
    const words = { digit, distance: nearest };
    const sentence = t("No digit it knows; nearest {digit}, at {distance}.", words);
    return { headline: "?", sentence };
  }
  const runner_up = classes[answer.runnerUp];
  const next = number(answer.runnerUpDistance, 2);
  const sentence = codes
    ? t(
        "The network reads {digit}: its code is {distance} away. " +
          "Runner-up: {runner_up}, {runner_up_distance} away.",
        { digit, distance: nearest, runner_up, runner_up_distance: next },
      )
    : t(
        "The network reads {digit}: its penalty is {penalty}, a probability of {share}. " +
          "Runner-up: {runner_up}, {runner_up_penalty}.",
        {
          digit,
          penalty: nearest,
          share: percent(Math.exp(-answer.distance)),
          runner_up,
          runner_up_penalty: next,
        },
      );
  return { headline: digit, sentence };
}
