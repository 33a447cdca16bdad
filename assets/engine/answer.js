// The answer in words; the browser's twin of lenet/answer.py, with its sentences.

/** { digit, distance, runnerUp, runnerUpDistance, rejected } of ten penalties; smallest wins. */
export function answerOf(penalties, rejection) {
  const order = [...penalties.keys()].sort((a, b) => penalties[a] - penalties[b]);
  const [digit, runnerUp] = order;
  return {
    digit,
    distance: penalties[digit],
    runnerUp,
    runnerUpDistance: penalties[runnerUp],
    rejected: penalties[digit] > rejection,
  };
}

/** { headline, sentence } of an answer, or of null, which is an empty canvas. */
export function wordsOf(answer, words, classes) {
  if (!answer) return { headline: "", sentence: words.empty };
  const fill = {
    digit: classes[answer.digit],
    distance: answer.distance.toFixed(2),
    runner_up: classes[answer.runnerUp],
    runner_up_distance: answer.runnerUpDistance.toFixed(2),
  };
  return {
    headline: fill.digit + (answer.rejected ? "?" : ""),
    sentence: words[answer.rejected ? "rejected" : "recognised"].replace(
      /\{(\w+)\}/g,
      (_, name) => fill[name],
    ),
  };
}
