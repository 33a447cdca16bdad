// Weights as they are recorded: a safetensors file of numbers of half precision.

const LONGEST_HEADER = 100_000; // bytes
const EXPONENTS = 32;
const FRACTIONS = 1024;

let singles = null; // every number of half precision, by its bits

/** The numbers of half precision with these bits (Uint16Array), as a Float32Array. */
export function fromHalves(bits) {
  singles ??= Float32Array.from({ length: 2 ** 16 }, (_, one) => fromHalf(one));
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) values[i] = singles[bits[i]];
  return values;
}

function fromHalf(bits) {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) % EXPONENTS;
  const fraction = (bits % FRACTIONS) / FRACTIONS;
  if (exponent === EXPONENTS - 1) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}

/**
 * The parameters in a safetensors file by name, each { values, shape }. Throws an Error unless all
 * are of half precision and within the file.
 */
export function readWeights(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  if (length > LONGEST_HEADER || 8 + length > buffer.byteLength) throw new Error("it has no header");
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const found = {};
  for (const [name, { dtype, shape, data_offsets: at }] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const count = shape.reduce((product, side) => product * side, 1);
    const [first, end] = at.map((offset) => 8 + length + offset);
    if (dtype !== "F16" || end - first !== 2 * count) throw new Error(`${name} is not of half precision`);
    // A copy, because numbers must start at a multiple of their size.
    found[name] = { values: fromHalves(new Uint16Array(buffer.slice(first, end))), shape };
  }
  return found;
}
