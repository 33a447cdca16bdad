// The answer in words; the browser's twin of lenet/answer.py, with its sentences.

import { number, t } from "../shared/words.js";

/**
 * { digit, distance, runnerUp, runnerUpDistance, rejected } of ten penalties; smallest wins.
 * Beyond `rejection` nothing is a digit; null turns nothing down.
 */
export function answerOf(penalties, rejection) {
  const order = [...penalties.keys()].sort((a, b) => penalties[a] - penalties[b]);
  const [digit, runnerUp] = order;
  return {
    digit,
    distance: penalties[digit],
    runnerUp,
    runnerUpDistance: penalties[runnerUp],
    rejected: rejection !== null && penalties[digit] > rejection,
  };
}

/** { headline, sentence } of an answer, or of null, which is an empty canvas. */
export function wordsOf(answer, classes) {
  if (!answer) {
    const sentence = t("No ink yet. This is the network at rest: draw a digit.");
    return { headline: "", sentence };
  }
  const digit = classes[answer.digit];
  const distance = number(answer.distance, 2);
  if (answer.rejected) {
    return {
      headline: `${digit}?`,
      sentence: t(
        "Unlike any digit the network knows. The nearest code is that of {digit}, {distance} away.",
        { digit, distance },
      ),
    };
  }
  return {
    headline: digit,
    sentence: t(
      "The network reads {digit}: its code is {distance} away. " +
        "Runner-up: {runner_up}, {runner_up_distance} away.",
      {
        digit,
        distance,
        runner_up: classes[answer.runnerUp],
        runner_up_distance: number(answer.runnerUpDistance, 2),
      },
    ),
  };
}
