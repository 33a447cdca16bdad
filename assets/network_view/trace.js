// A trace as it crosses the wire: the length of a JSON header, the header, then float32 values
// of the input and every layer after squashing, in the order of the spec.

/** { header fields..., input, c1, s2, ..., output }: one Float32Array a layer. */
export function readTrace(bytes, spec) {
  const { header, values } = unpack(bytes);
  const trace = { ...header };
  let at = 0;
  for (const layer of spec.layers) {
    const units = layer.maps * layer.size * layer.size;
    trace[layer.key] = values.subarray(at, at + units);
    at += units;
  }
  return trace;
}

/** Splits bytes into { header, values }; the page's Python packs them in wire.py. */
export function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  // A copy, because floats must start at a multiple of four.
  const values = new Float32Array(bytes.slice(4 + length).buffer);
  return { header, values };
}
