// The packaged samples of a page of one file: as drawings, as the network's input, and as the sheet
// that the gallery shows.

/**
 * Samples out of `levels`, which holds one after the other, `side` pixels a side; `labels` are the
 * classes. `inputSize`, `background` and `ink` are the network's.
 */
export function makeSamples(levels, side, labels, { inputSize, background, ink }) {
  const area = side * side;
  const margin = (inputSize - side) / 2;
  const own = (number) => levels.subarray(number * area, (number + 1) * area);

  // Grey levels (inputSize ** 2) with paper around them.
  const framed = (number) => {
    const made = new Uint8Array(inputSize * inputSize);
    own(number).forEach((level, i) => {
      const row = margin + Math.floor(i / side);
      made[row * inputSize + margin + (i % side)] = level;
    });
    return made;
  };
  const inputOf = (framedLevels) =>
    Float32Array.from(framedLevels, (level) => background + (ink - background) * (level / 255));

  return {
    inputOf: (number) => inputOf(framed(number)),
    /** A drawing that is that sample and nothing else. */
    drawing(number) {
      const picture = framed(number);
      return { levels: picture, picture: inputOf(picture), strokes: [], pens: [] };
    },
    /** The number of the sample that the nth press of a digit's key means, or null. */
    ofKey(digit, press) {
      const numbers = labels.flatMap((label, number) => (label === String(digit) ? [number] : []));
      return numbers.length ? numbers[press % numbers.length] : null;
    },
    /** The address of a picture with all of them, so many in a row. */
    sheet(columns) {
      const rows = Math.ceil(labels.length / columns);
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: columns * side, height: rows * side });
      const context = canvas.getContext("2d");
      const cell = context.createImageData(side, side);
      labels.forEach((_, number) => {
        own(number).forEach((level, i) => cell.data.set([level, level, level, 255], 4 * i));
        context.putImageData(cell, (number % columns) * side, Math.floor(number / columns) * side);
      });
      return canvas.toDataURL();
    },
  };
}
