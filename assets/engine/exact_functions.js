// Functions from arithmetic alone, right to 1e-7, for everything that training computes.
//
// Math.tanh, Math.exp and Math.log may differ in their last digits from browser to browser, and a
// seed must train the same network in all of them. Adding, multiplying, dividing and square roots
// do not differ: the standard says how they are rounded.

const LN2_HIGH = 0.693147180369123816490; // the leading digits, so that small multiples are exact
const LN2_LOW = 1.90821492927058770002e-10;
const LN2 = LN2_HIGH + LN2_LOW;
const SMALLEST = -1022;
const POWERS_OF_TWO = powersOfTwo();

function powersOfTwo() {
  const powers = new Float64Array(1023 - SMALLEST + 1);
  let power = 1;
  for (let k = 0; k <= 1023; k++, power *= 2) powers[k - SMALLEST] = power;
  power = 1;
  for (let k = 0; k >= SMALLEST; k--, power /= 2) powers[k - SMALLEST] = power;
  return powers;
}

/** e to the power of x; 0 below -708, Infinity above 709. */
export function exp(x) {
  if (x > 709) return Infinity;
  if (x < -708) return 0;
  if (Number.isNaN(x)) return NaN;
  const twos = Math.floor(x / LN2 + 0.5);
  const r = x - twos * LN2_HIGH - twos * LN2_LOW; // -0.35 to 0.35
  let sum = 1;
  for (let n = 12; n > 0; n--) sum = 1 + (r / n) * sum; // Taylor's series
  return sum * POWERS_OF_TWO[twos - SMALLEST];
}

/** The natural logarithm; -Infinity of 0, NaN below it. */
export function log(x) {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let twos = 0;
  while (x > 1.5) {
    x /= 2;
    twos++;
  }
  while (x < 0.75) {
    x *= 2;
    twos--;
  }
  const z = (x - 1) / (x + 1); // -1/7 to 1/5
  const square = z * z;
  let sum = 0;
  for (let n = 19; n > 0; n -= 2) sum = 1 / n + square * sum;
  return twos * LN2_HIGH + (twos * LN2_LOW + 2 * z * sum);
}

/** x to any power, x above 0. */
export const power = (x, exponent) => exp(exponent * log(x));

/** Cosine and sine of an angle between -1 and 1, in radians. */
export function cosine(angle) {
  const square = angle * angle;
  let sum = 1;
  for (let n = 14; n > 0; n -= 2) sum = 1 - (square / (n * (n - 1))) * sum;
  return sum;
}

export function sine(angle) {
  const square = angle * angle;
  let sum = 1;
  for (let n = 15; n > 1; n -= 2) sum = 1 - (square / (n * (n - 1))) * sum;
  return angle * sum;
}

const LIMIT = 9; // tanh is 1 to within 4e-8 beyond
const STEPS = 128; // to one
const TANH = Float64Array.from({ length: 2 * LIMIT * STEPS + 1 }, (_, i) => {
  const grown = exp(2 * (i / STEPS - LIMIT));
  return (grown - 1) / (grown + 1);
});

/** The hyperbolic tangent: a parabola from the nearest entry of a table, wrong by 2e-8 at most. */
export function tanh(x) {
  if (x > LIMIT) return 1;
  if (x < -LIMIT) return -1;
  if (Number.isNaN(x)) return NaN;
  const entry = Math.floor((x + LIMIT) * STEPS + 0.5);
  const near = TANH[entry];
  const apart = x - (entry / STEPS - LIMIT);
  return near + apart * (1 - near * near) * (1 - apart * near);
}

/** after = middle + amplitude * tanh(slope * before) of whole arrays. */
export function fillTanh(before, after, amplitude, slope, middle) {
  for (let i = 0; i < before.length; i++) after[i] = middle + amplitude * tanh(slope * before[i]);
}
