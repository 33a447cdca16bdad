// A network as a safetensors file: the length of a JSON header, the header, the numbers. Its card is
// in the header, where lenet/checkpoint.py reads it.

/**
 * The bytes of a file with the tensors of `shapes`, [name, shape] in their order, out of one flat
 * Float32Array. `card` are texts by their names.
 */
export function safetensors(shapes, flat, card = {}) {
  const header = { __metadata__: card };
  let at = 0;
  for (const [name, shape] of shapes) {
    const end = at + 4 * shape.reduce((product, side) => product * side, 1);
    header[name] = { dtype: "F32", shape, data_offsets: [at, end] };
    at = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((8 + text.length) / 8) * 8; // where numbers may begin
  const bytes = new Uint8Array(start + at).fill(0x20, 8, start);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  for (let i = 0; 4 * i < at; i++) view.setFloat32(start + 4 * i, flat[i], true);
  return bytes;
}

const CHUNK = 0x8000; // arguments that a function may have

/** Bytes in base64, as JSON can hold them. */
export function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  }
  return btoa(text);
}
