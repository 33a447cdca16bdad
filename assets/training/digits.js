// The 5,000 digits that come with the app; lenet/packaged_digits.py packs them.

/**
 * { images, labels, learn } of their bundle: 28x28 bytes for each, 0 paper and 255 ink, one after the
 * other; their classes; and how many at the beginning are to learn from, while the rest judge. The
 * classes take turns.
 */
export function digitsOf({ values, learn, classes, indices }) {
  const images = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { images, labels: Uint8Array.from(indices, (_, place) => place % classes), learn };
}
