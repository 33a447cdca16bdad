// A trace as Python sends it: the length of a JSON header, the header, then float32 values:
// the input and every layer after squashing in the order of the spec, if the header says that
// PyTorch has traced the drawing; the sums before squashing of the layers that it names; the
// picture under the strokes if there is one; and the strokes' points.

import { bytesOf } from "./link.js";

/**
 * { traced, empty, drawing, input, c1, s2, ..., output, before }: one Float32Array a layer, if
 * traced, and `before` with those of the sums.
 */
export function readTrace(header, values, spec) {
  let at = 0;
  const take = (count) => values.subarray(at, (at += count));
  const { traced, empty } = header;
  const trace = { traced, empty };
  if (traced) {
    for (const { key, maps, size } of spec.layers) trace[key] = take(maps * size * size);
    trace.before = {};
    for (const key of header.before) trace.before[key] = take(trace[key].length);
  }
  trace.drawing = readDrawing(header.drawing, take, spec.inputSize ** 2);
  return trace;
}

/** A drawing as it is described; `take(count)` gives the next values, `pixels` those of a picture. */
export function readDrawing({ under, points, ...drawing }, take, pixels) {
  drawing.under = under && bytesOf(under);
  drawing.picture = under && take(pixels);
  drawing.strokes = points.map((count) =>
    Array.from({ length: count }, () => Array.from(take(2))),
  );
  return drawing;
}

/** Bytes as they were before Python zipped them, if it did. */
export async function unzipped(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Splits bytes into { header, values }; lenet/browser/packing.py packs them. */
export function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  // A copy, because floats must start at a multiple of four.
  const values = new Float32Array(bytes.slice(4 + length).buffer);
  return { header, values };
}
