// The arithmetic behind one error signal and behind one weight's gradient, of a learner that has just
// been back; the twin of engine/explain.js for the way back.

/**
 * Where a unit's error signal comes from: { layer, map, terms, signal, slope, delta }. Each term is what
 * one map of the next layer passes back, { label, amount }; they add up to `signal`, the derivative of
 * the loss with respect to the unit's value. Times the slope of the squashing it is `delta`, that with
 * respect to its sum. `unit` is the place in the layer's flat array.
 */
export function signalOf(learner, key, unit) {
  const { steps, spec } = learner;
  const place = steps.findIndex((step) => step.key === key);
  const step = steps[place];
  const next = steps[place + 1];
  const area = next.layer.size ** 2;
  const masked = new Float64Array(next.delta.length);
  const back = new Float64Array(next.input.length);
  const terms = [];
  for (let map = 0; map < next.layer.maps; map++) {
    masked.fill(0);
    masked.set(next.delta.subarray(map * area, (map + 1) * area), map * area);
    next.pass(next.input, masked, back, next.own);
    const isRead = next.layer.reads[map].includes(Math.floor(unit / step.layer.size ** 2));
    const label = next.layer.kind === "RBF" ? spec.classes[map] : `${next.layer.name}[${map}]`;
    if (isRead) terms.push({ label, amount: back[unit] });
  }
  const slope = step.squashing?.slope?.(step.whole[unit]) ?? 1;
  return { layer: step.layer, next: next.layer, terms, signal: step.signal[unit], slope, delta: step.delta[unit] };
}

/**
 * What a weight's gradient adds up, for its place in the flat array of all parameters: { layer, from,
 * part, map, deltas, read, products, gradient }. `part` is "weight", "coefficient" or "bias"; `deltas`
 * are the error signals of all units that use it, `read` what each of them multiplies it with, and
 * `products` of the two add up to `gradient`. A weight has a `source` too, the map of the layer `from`
 * that it reads, and a `row` and a `column` in its kernel.
 */
export function weightOf(learner, shapes, place) {
  let first = 0;
  for (const [name, shape] of shapes) {
    const count = shape.reduce((product, side) => product * side, 1);
    if (place < first + count) return partOf(learner, name, place - first, place);
    first += count;
  }
  return null;
}

function partOf(learner, name, index, place) {
  const [key, part] = name.split(".");
  const step = learner.steps.find((one) => one.key === key);
  const { layer, from, input } = step;
  const used = part === "weight" ? kernelWeight(layer, index) : { map: index };
  const area = layer.size ** 2;
  const deltas = step.delta.slice(used.map * area, (used.map + 1) * area);
  const read = Float64Array.from(deltas, (_, unit) => {
    if (part === "bias") return 1;
    const row = Math.floor(unit / layer.size) * layer.stride - layer.padding;
    const column = (unit % layer.size) * layer.stride - layer.padding;
    const at = (map, y, x) =>
      y >= 0 && x >= 0 && y < from.size && x < from.size ? input[(map * from.size + y) * from.size + x] : 0;
    if (part === "weight") return at(used.source, row + used.row, column + used.column);
    let sum = 0;
    for (let y = 0; y < layer.kernel; y++) {
      for (let x = 0; x < layer.kernel; x++) sum += at(layer.reads[used.map][0], row + y, column + x);
    }
    return sum;
  });
  const products = deltas.map((delta, unit) => delta * read[unit]);
  return { layer, from, part, ...used, deltas, read, products, gradient: learner.gradients[place] };
}

// Kernels are stored map by map, and within a map in the order of what it reads.
function kernelWeight({ reads, kernel }, index) {
  const area = kernel ** 2;
  let rest = index;
  let map = 0;
  while (rest >= reads[map].length * area) rest -= reads[map++].length * area;
  const tap = rest % area;
  return {
    map,
    source: reads[map][Math.floor(rest / area)],
    row: Math.floor(tap / kernel),
    column: tap % kernel,
  };
}
