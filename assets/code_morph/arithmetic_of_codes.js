// The output layer's arithmetic (eq. 7), and the ways in which F6 is changed by hand.

/** F6 moved by `amount` (0 to 1) towards a code, with some places of the wrong sign. */
export function morphed(f6, code, amount, flipped) {
  return Array.from(f6, (value, place) => {
    const moved = value + amount * (code[place] - value);
    return flipped.has(place) ? -moved : moved;
  });
}

/** Squared distances of a picture to every code. */
export const distances = (picture, codes) =>
  codes.map((code) => picture.reduce((sum, value, place) => sum + (value - code[place]) ** 2, 0));
