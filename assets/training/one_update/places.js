// Where units and weights lie in their pictures, one pixel each: { width, height, at, index }. `at[i]`
// is the pixel of the i-th, `index[pixel]` the one that lies there, or -1.

/** The units of a layer, map beside map. */
export function placesOfUnits({ maps, size, picture }) {
  if (size === 1) {
    const columns = maps > 84 ? 20 : picture[1];
    return made(maps, (i) => [i % columns, Math.floor(i / columns)]);
  }
  const beside = maps > 8 ? 8 : maps;
  const area = size * size;
  return made(maps * area, (i) => {
    const map = Math.floor(i / area);
    const x = (map % beside) * (size + 1) + (i % size);
    return [x, Math.floor(map / beside) * (size + 1) + Math.floor((i % area) / size)];
  });
}

/**
 * The weights of a layer in the order of its parameters `shapes`, [name, shape] of each: kernels map
 * beside map, below each other for what a map reads, biases below them; or a row for each unit.
 */
export function placesOfWeights({ size, reads, kernel }, shapes) {
  const counts = shapes.map(([, shape]) => shape.reduce((product, side) => product * side, 1));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const isSubSampling = shapes[0][0].endsWith("coefficient");
  const area = kernel * kernel;
  if (isSubSampling) return made(total, (i) => [i % counts[0], i < counts[0] ? 0 : 2]);
  if (size === 1) {
    const each = counts[0] / counts[1];
    return made(total, (i) => (i < counts[0] ? [i % each, Math.floor(i / each)] : [each + 1, i - counts[0]]));
  }
  const first = [0];
  for (const read of reads) first.push(first.at(-1) + read.length * area);
  const most = Math.max(...reads.map(({ length }) => length));
  let map = 0;
  return made(total, (i) => {
    if (i >= counts[0]) return [(i - counts[0]) * (kernel + 1) + (kernel >> 1), most * (kernel + 1)];
    while (i >= first[map + 1]) map++;
    const own = i - first[map];
    const row = Math.floor(own / area) * (kernel + 1) + Math.floor((own % area) / kernel);
    return [map * (kernel + 1) + (own % kernel), row];
  });
}

function made(count, placeOf) {
  const places = Array.from({ length: count }, (_, i) => placeOf(i));
  const width = 1 + Math.max(...places.map(([x]) => x));
  const height = 1 + Math.max(...places.map(([, y]) => y));
  const at = Int32Array.from(places, ([x, y]) => y * width + x);
  const index = new Int32Array(width * height).fill(-1);
  at.forEach((pixel, i) => (index[pixel] = i));
  return { width, height, at, index };
}

/** The next one from `i` in a direction, over the gaps; `i` itself at the edge. */
export function beside({ width, height, at, index }, i, across, down) {
  let x = (at[i] % width) + across;
  let y = Math.floor(at[i] / width) + down;
  for (; x >= 0 && y >= 0 && x < width && y < height; x += across, y += down) {
    if (index[y * width + x] >= 0) return index[y * width + x];
  }
  return i;
}
