// F6 of the packaged digits: what the bundle holds, where a drawing lies in it, and what is near.

/**
 * { count, side, levels, amplitude, components, map, codes, middle, axes, wrong } of the bundle that
 * pages/parts/mistakes/plane.py packs. `components` and `map` (or null) have two coordinates a
 * digit, `codes` two a class.
 */
export function flatOf({ values, count, width, classes, top, amplitude, mapped, wrong }) {
  const bytes = count * width;
  const levels = new Uint8Array(values.buffer, values.byteOffset, bytes);
  let at = bytes / Float32Array.BYTES_PER_ELEMENT;
  const take = (length) => values.subarray(at, (at += length));
  const components = take(2 * count);
  const codes = take(2 * classes);
  const middle = take(width);
  const axes = take(2 * width);
  const map = mapped ? take(2 * count) : null;
  const f6 = Float32Array.from(levels, (level) => ((level / top) * 2 - 1) * amplitude);
  return { count, width, f6, components, codes, middle, axes, map, wrong: new Set(wrong) };
}

/** Where an F6 lies in the plane of the principal components: [x, y]. */
export function placeOf({ width, middle, axes }, f6) {
  let [x, y] = [0, 0];
  for (let unit = 0; unit < width; unit++) {
    const apart = f6[unit] - middle[unit];
    x += apart * axes[unit];
    y += apart * axes[width + unit];
  }
  return [x, y];
}

/** The digits whose F6 is nearest to one, the nearest first: [{ place, distance }], squared. */
export function nearestTo({ count, width, f6: all }, f6, most) {
  const found = [];
  for (let place = 0; place < count; place++) {
    const farthest = found.length < most ? Infinity : found.at(-1).distance;
    let distance = 0;
    for (let unit = 0; unit < width && distance < farthest; unit++) {
      const apart = all[place * width + unit] - f6[unit];
      distance += apart * apart;
    }
    if (distance >= farthest) continue;
    const before = found.findIndex((one) => one.distance > distance);
    found.splice(before < 0 ? found.length : before, 0, { place, distance });
    if (found.length > most) found.pop();
  }
  return found;
}
