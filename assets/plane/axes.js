// From coordinates to places in a picture, and the round numbers that stand at its edges.

const EDGE = 0.04; // of the coordinates' range, so that no mark is cut off

/** { first, last, place(value), ticks } of the values in a room from `start` to `end`. */
export function axis(values, start, end, most = 6) {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (low === high) [low, high] = [low - 1, high + 1];
  const room = (high - low) * EDGE;
  const [first, last] = [low - room, high + room];
  const place = (value) => start + ((value - first) / (last - first)) * (end - start);
  return { first, last, place, ticks: ticks(first, last, most) };
}

/** At most so many multiples of 1, 2 or 5 times a power of ten that lie between two numbers. */
export function ticks(first, last, most) {
  const least = (last - first) / most;
  const ten = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((times) => times * ten).find((one) => one >= least);
  const from = Math.ceil(first / step) + 0; // a tick at -0 would be written with its minus
  const found = [];
  for (let i = from; i * step <= last; i++) found.push(i * step);
  return { values: found, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}
