// The visitor's own labelled drawings: each is what the network is shown, as one of MNIST's pictures.

const SIDE = 28;
const CLASSES = 10;
export const MOST_DRAWINGS = 500;

/** What a prepared input of `size` squared pixels is as a picture of 28x28 grey levels, 0 to 255. */
export function asPicture(input, { inputSize, background, ink }) {
  const margin = (inputSize - SIDE) / 2;
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [row, column] = [Math.floor(i / SIDE) + margin, (i % SIDE) + margin];
    const level = (input[row * inputSize + column] - background) / (ink - background);
    return Math.round(255 * Math.min(Math.max(level, 0), 1));
  });
}

/** An empty collection: { pictures, labels }. */
export const noDrawings = () => ({ pictures: [], labels: [] });

/** How many there are of each digit. */
export function counts({ labels }) {
  const found = Array(CLASSES).fill(0);
  for (const label of labels) found[label] += 1;
  return found;
}

/** The digits of which there are none. */
export const missing = (drawings) => counts(drawings).flatMap((count, digit) => (count ? [] : [digit]));

/** The drawings to learn from, then the digits of `others` that judge: as a trainer takes them. */
export function withJudges({ pictures, labels }, others) {
  const area = SIDE * SIDE;
  const images = new Uint8Array((labels.length + others.labels.length - others.learn) * area);
  pictures.forEach((picture, i) => images.set(picture, i * area));
  images.set(others.images.subarray(others.learn * area), labels.length * area);
  return {
    images,
    labels: Uint8Array.from([...labels, ...others.labels.subarray(others.learn)]),
    learn: labels.length,
  };
}
