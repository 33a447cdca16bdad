// A drawing as the text that stands in the page's address: what lenet/drawing/link.py writes of the
// same drawing, to the last character, so that the address holds a stroke as soon as it is drawn.
//
// The format is explained there. Nothing is read here: what an address says is the server's to read.

import { GRID } from "./pen.js";

const LONGEST = 8_000; // characters
const VERSION = "1";
const FARTHEST = 1e6 * GRID; // in steps of the grid
const LARGEST_SHIFT = Math.log2(GRID);
const LARGEST_RICE = 15;
const MOST_ONES = 24;

/**
 * The text of a drawing: "" for an empty one, null for one that would be too long.
 *
 * `strokes` are lists of [x, y] on the grid, `pens` the width of each in canvas pixels, and `under`
 * the bytes with which Python writes the picture under them, or null.
 */
export function write({ strokes, pens, under }) {
  if (!strokes.length && !under) return "";
  const bits = new Bits(under ?? [0]);
  bits.add(strokes.length, 13);
  for (const [i, stroke] of strokes.entries()) {
    bits.add(pens[i], 7);
    addStroke(bits, stroke);
    if (bits.isTooMany) return null;
  }
  const content = bits.bytes();
  const text = VERSION + sealed(content);
  return text.length <= LONGEST ? text : null;
}

function addStroke(bits, stroke) {
  const places = stroke.map((point) => point.map((place) => Math.round(place * GRID)));
  const steps = differences(places);
  const shift = commonShift(steps);
  // The first step is written as it is, every other by how it differs from the one before.
  const unlikely = differences([[0, 0], ...steps.map(([x, y]) => [x >> shift, y >> shift])]).flat();
  const folded = unlikely.map((each) => (each < 0 ? -2 * each - 1 : 2 * each));
  const rice = bestRice(folded);
  bits.add(places.length, 15);
  bits.add(shift, 3);
  bits.add(rice, 4);
  for (const place of places[0]) bits.add(place + FARTHEST, 28);
  for (const each of folded) {
    const quotient = each >> rice;
    if (quotient >= MOST_ONES) {
      bits.addOnes(MOST_ONES);
      bits.add(each, 32);
    } else {
      bits.addOnes(quotient);
      bits.add(0, 1);
      bits.add(each & ((1 << rice) - 1), rice);
    }
  }
}

const differences = (places) =>
  places.slice(1).map(([x, y], i) => [x - places[i][0], y - places[i][1]]);

// How many low bits are zero in all steps.
function commonShift(steps) {
  const together = steps.flat().reduce((all, step) => all | Math.abs(step), 0);
  return together ? Math.min(31 - Math.clz32(together & -together), LARGEST_SHIFT) : 0;
}

// The parameter with which the numbers take fewest bits.
function bestRice(folded) {
  let [best, fewest] = [0, Infinity];
  for (let rice = 0; rice <= LARGEST_RICE; rice++) {
    const bits = folded.reduce((sum, each) => sum + (each >> rice) + 1 + rice, 0);
    if (bits < fewest) [best, fewest] = [rice, bits];
  }
  return best;
}

class Bits {
  #bytes;
  #free = 0; // bits of the last byte

  /** Bits after whole bytes. */
  constructor(bytes) {
    this.#bytes = [...bytes];
  }

  /** Whether they cannot be written in `LONGEST` characters, six to a character. */
  get isTooMany() {
    return 8 * this.#bytes.length > 6 * LONGEST;
  }

  /** A number in so many bits, most significant first. */
  add(number, width) {
    for (let place = width - 1; place >= 0; place--) {
      if (!this.#free) {
        this.#bytes.push(0);
        this.#free = 8;
      }
      this.#free -= 1;
      this.#bytes[this.#bytes.length - 1] |= ((number >>> place) & 1) << this.#free;
    }
  }

  addOnes(count) {
    this.add((1 << count) - 1, count);
  }

  /** The last one is filled up with zeros. */
  bytes() {
    return this.#bytes;
  }
}

/** Bytes as a text that tells when it was cut or changed, as lenet/sealed.py makes it. */
export const sealed = (bytes) => base64([...checksum(bytes), ...bytes]);

// Three bytes of CRC-32.
function checksum(bytes) {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return [16, 8, 0].map((place) => (~rest >>> place) & 0xff);
}

function base64(bytes) {
  const text = btoa(bytes.map((byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes that a text in plain base64 stands for. */
export const bytesOf = (text) => Array.from(atob(text), (one) => one.charCodeAt(0));
