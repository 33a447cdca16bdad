// From strokes to the network's input; the browser's twin of lenet/ink.py, number for number.
//
// Strokes are lists of [x, y] in canvas pixels. Segments are flat: x, y, endX, endY, x, ... What
// both sides must know comes from Python in `normalisation`: { inputSize, background, ink, boxSize,
// centre, strokeRadius }. Everything is computed in doubles and rounded to float32 at the end.

/**
 * The input (inputSize ** 2 values) for strokes on a canvas { width, height, pen }: longest side
 * boxSize pixels, centre of mass in the middle. Null when there is no ink.
 */
export function fromStrokes(strokes, { width, height, pen }, normalisation) {
  const segments = clipped(segmentsOf(strokes), -pen / 2, width + pen / 2, height + pen / 2);
  if (!segments.length) return null;
  const placed = centred(fitted(segments, pen, normalisation), normalisation);
  return asInput(coverage(placed, normalisation), normalisation);
}

/** Strokes drawn over a picture that fills the canvas: the darker of the two at every pixel. */
export function over(picture, strokes, { width, height }, normalisation) {
  const segments = segmentsOf(strokes);
  if (!segments.length) return picture.slice();
  // Canvas pixels are counted from an edge, input pixels from the centre of the first one.
  const scale = [normalisation.inputSize / width, normalisation.inputSize / height];
  const placed = segments.map((value, i) => value * scale[i % 2] - 0.5);
  const drawn = asInput(coverage(placed, normalisation), normalisation);
  return drawn.map((value, i) => Math.max(value, picture[i]));
}

function segmentsOf(strokes) {
  const segments = [];
  for (const stroke of strokes) {
    if (stroke.length === 1) segments.push(...stroke[0], ...stroke[0]); // a dot
    for (let i = 1; i < stroke.length; i++) segments.push(...stroke[i - 1], ...stroke[i]);
  }
  return segments;
}

// The parts of the segments within (low, low) and (right, bottom), after Liang and Barsky.
function clipped(segments, low, right, bottom) {
  const seen = [];
  for (let i = 0; i < segments.length; i += 4) {
    const x = segments[i];
    const y = segments[i + 1];
    const alongX = segments[i + 2] - x;
    const alongY = segments[i + 3] - y;
    const towards = [-alongX, -alongY, alongX, alongY];
    const room = [x - low, y - low, right - x, bottom - y];
    let enters = 0;
    let leaves = 1;
    let outside = false;
    for (let side = 0; side < 4; side++) {
      if (towards[side] < 0) enters = Math.max(enters, room[side] / towards[side]);
      else if (towards[side] > 0) leaves = Math.min(leaves, room[side] / towards[side]);
      else outside ||= room[side] < 0;
    }
    if (outside || enters > leaves) continue;
    seen.push(x + enters * alongX, y + enters * alongY, x + leaves * alongX, y + leaves * alongY);
  }
  return seen;
}

// Segments in input pixels: the longest side fills the box, the middle is in the centre.
function fitted(segments, pen, { boxSize, centre, strokeRadius }) {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  segments.forEach((value, i) => {
    low[i % 2] = Math.min(low[i % 2], value);
    high[i % 2] = Math.max(high[i % 2], value);
  });
  const extent = Math.max(high[0] - low[0], high[1] - low[1]);
  // A trembling dot shrinks to a point; anything else fills the box.
  const scale = extent >= pen / 2 ? (boxSize - 2 * strokeRadius) / extent : 0;
  return segments.map((value, i) => (value - (low[i % 2] + high[i % 2]) / 2) * scale + centre);
}

// Fitted segments moved so that their centre of mass, no longer their middle, is central.
function centred(segments, normalisation) {
  const { inputSize, boxSize, centre } = normalisation;
  const [row, column] = centreOfMass(coverage(segments, normalisation), inputSize);
  const margin = (inputSize - boxSize) / 2 - 1;
  const clip = (shift) => Math.min(Math.max(shift, -margin), margin);
  const shift = [clip(centre - column), clip(centre - row)];
  return segments.map((value, i) => value + shift[i % 2]);
}

function centreOfMass(covered, size) {
  let mass = 0;
  let rows = 0;
  let columns = 0;
  covered.forEach((value, i) => {
    mass += value;
    rows += value * Math.floor(i / size);
    columns += value * (i % size);
  });
  return [rows / mass, columns / mass];
}

// How much of each pixel the line covers, 0 to 1. Pixels out of a segment's reach are left
// alone, because the line covers nothing there.
function coverage(segments, { inputSize, strokeRadius }) {
  const reach = strokeRadius + 0.5;
  const nearest = new Float64Array(inputSize * inputSize).fill(reach * reach);
  const first = (value) => Math.max(0, Math.ceil(value - reach));
  const last = (value) => Math.min(inputSize - 1, Math.floor(value + reach));
  for (let i = 0; i < segments.length; i += 4) {
    const x = segments[i];
    const y = segments[i + 1];
    const endX = segments[i + 2];
    const endY = segments[i + 3];
    const alongX = endX - x;
    const alongY = endY - y;
    const length2 = alongX * alongX + alongY * alongY;
    const lastRow = last(Math.max(y, endY));
    const lastColumn = last(Math.max(x, endX));
    for (let row = first(Math.min(y, endY)); row <= lastRow; row++) {
      for (let column = first(Math.min(x, endX)); column <= lastColumn; column++) {
        const fromX = column - x;
        const fromY = row - y;
        const projection = (fromX * alongX + fromY * alongY) / (length2 > 0 ? length2 : 1);
        const part = Math.min(Math.max(projection, 0), 1);
        const offX = fromX - part * alongX;
        const offY = fromY - part * alongY;
        const distance2 = offX * offX + offY * offY;
        const pixel = row * inputSize + column;
        if (distance2 < nearest[pixel]) nearest[pixel] = distance2;
      }
    }
  }
  return nearest.map((distance2) => Math.min(Math.max(reach - Math.sqrt(distance2), 0), 1));
}

function asInput(covered, { background, ink }) {
  return Float32Array.from(covered, (value) => background + (ink - background) * value);
}
