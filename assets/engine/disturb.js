// A prepared drawing disturbed; the browser's twin of lenet/analysis/disturbing.py, number for
// number. Everything is computed in doubles and rounded to float32 after each of the three steps.

/** What changes nothing, by the names that Python has for it too. */
export const NOTHING = Object.freeze({
  right: 0,
  down: 0,
  turn: 0,
  scale: 1,
  squeeze: 1,
  stroke: 0,
  noise: 0,
  seed: 0,
});

const WORD = 2 ** 32;

/**
 * disturb(input, disturbance) for inputs of `inputSize` x `inputSize` pixels. Without any
 * disturbance it returns the very input; else an array that the next call overwrites.
 * `normalisation` is what the ink is prepared with: { inputSize, background, ink, centre }.
 */
export function makeDisturb({ inputSize: side, background, ink, centre }) {
  const wide = side + 2;
  const paper = new Float64Array(wide * wide).fill(background);
  const results = [0, 1, 2].map(() => new Float32Array(side * side));
  const spread = new Float64Array(side * side);
  const range = ink - background;

  // Ink spread by half the change on each side, or paper if the strokes become thinner.
  const widen = (input, change, output) => {
    const radius = Math.abs(change) / 2;
    const reach = Math.ceil(radius);
    const thinner = change < 0;
    for (let i = 0; i < spread.length; i++) {
      const covers = (input[i] - background) / range;
      spread[i] = thinner ? 1 - covers : covers;
    }
    const neighbours = [];
    for (let row = -reach; row <= reach; row++) {
      for (let column = -reach; column <= reach; column++) {
        const weight = Math.min(Math.max(1 + radius - Math.sqrt(row * row + column * column), 0), 1);
        if (weight) neighbours.push({ row, column, weight });
      }
    }
    for (let row = 0, pixel = 0; row < side; row++) {
      for (let column = 0; column < side; column++, pixel++) {
        let most = spread[pixel];
        for (const near of neighbours) {
          const y = row + near.row;
          const x = column + near.column;
          const inside = y >= 0 && y < side && x >= 0 && x < side;
          const value = near.weight * (inside ? spread[y * side + x] : Number(thinner));
          if (value > most) most = value;
        }
        output[pixel] = background + range * (thinner ? 1 - most : most);
      }
    }
    return output;
  };

  // Every pixel asks where it comes from: the shift, the turn and the factors taken back.
  const map = (input, { right, down, turn, scale, squeeze }, output) => {
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        paper[(row + 1) * wide + column + 1] = input[row * side + column];
      }
    }
    const [cosine, sine] = cosineAndSine(turn);
    const width = scale / squeeze;
    const height = scale * squeeze;
    for (let row = 0, pixel = 0; row < side; row++) {
      const y = row - centre - down;
      for (let column = 0; column < side; column++, pixel++) {
        const x = column - centre - right;
        const fromColumn = (cosine * x + sine * y) / width + centre;
        const fromRow = (cosine * y - sine * x) / height + centre;
        if (!(fromColumn > -1 && fromColumn < side && fromRow > -1 && fromRow < side)) {
          output[pixel] = background;
          continue;
        }
        const top = Math.floor(fromRow);
        const left = Math.floor(fromColumn);
        const at = (top + 1) * wide + left + 1;
        const across = fromColumn - left;
        const above = paper[at] + across * (paper[at + 1] - paper[at]);
        const below = paper[at + wide] + across * (paper[at + wide + 1] - paper[at + wide]);
        output[pixel] = above + (fromRow - top) * (below - above);
      }
    }
    return output;
  };

  const spot = (input, share, seed, output) => {
    const below = share * WORD;
    for (let i = 0; i < output.length; i++) {
      output[i] = hashed(seed, i) < below ? background + ink - input[i] : input[i];
    }
    return output;
  };

  return (input, disturbance) => {
    const { right, down, turn, scale, squeeze, stroke, noise, seed } = disturbance;
    let now = input;
    if (stroke) now = widen(now, stroke, results[0]);
    if (right || down || turn || scale !== 1 || squeeze !== 1) now = map(now, disturbance, results[1]);
    return noise > 0 ? spot(now, noise, seed, results[2]) : now;
  };
}

// Exact for quarter turns, so that these only exchange pixels.
function cosineAndSine(degrees) {
  const quarters = degrees / 90;
  if (Number.isInteger(quarters)) return [[1, 0], [0, 1], [-1, 0], [0, -1]][((quarters % 4) + 4) % 4];
  const radians = (degrees * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
}

/** A whole number below 2 ** 32, evenly spread over these: the finaliser of MurmurHash3. */
export function hashed(seed, place) {
  let h = Math.imul(place, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
