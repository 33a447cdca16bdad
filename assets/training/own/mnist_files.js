// MNIST's files as a visitor drops them on the page: IDX, also gzipped. What they are is told from
// their content, whatever their names.

import { asList, number, t, tn } from "../../shared/words.js";

const IMAGES = 0x00000803;
const LABELS = 0x00000801;
const SIDE = 28;
const CLASSES = 10;
const MOST_DIGITS = 70_000;
const MOST_BYTES = 16 + MOST_DIGITS * SIDE * SIDE;
const JUDGES = 1000;
const LEAST = 20; // digits in all

/** What cannot be used, in a sentence for the visitor. */
export class FilesError extends Error {}

/**
 * { images, labels, learn, judges } of files { name, size, stream() }: the digits to learn from,
 * `learn` of them, then those to be judged by. With two pairs of files the smaller one judges; with
 * one, a share of it does. Raises FilesError.
 */
export async function readFiles(files) {
  const found = [];
  for (const file of files) found.push(await readFile(file));
  const pairs = paired(found);
  const [learnt, judging] = pairs.length === 2 ? pairs : split(pairs[0]);
  const judges = evenly(judging, JUDGES);
  const all = learnt.labels.length + judges.labels.length;
  if (all < LEAST) {
    throw new FilesError(
      tn(
        "These files hold {count} digit; at least {least} are needed. Training goes on with what it had.",
        "These files hold {count} digits; at least {least} are needed. Training goes on with what it had.",
        all,
        { count: number(all), least: number(LEAST) },
      ),
    );
  }
  const images = new Uint8Array(all * SIDE * SIDE);
  images.set(learnt.images);
  images.set(judges.images, learnt.images.length);
  const labels = new Uint8Array(all);
  labels.set(learnt.labels);
  labels.set(judges.labels, learnt.labels.length);
  return { images, labels, learn: learnt.labels.length };
}

// { name, images } or { name, labels } of one file.
async function readFile(file) {
  const bytes = await unpacked(file);
  const { name } = file;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length >= 8 ? view.getUint32(0) : 0;
  const count = bytes.length >= 8 ? view.getUint32(4) : 0;
  if (magic === LABELS) {
    if (bytes.length !== 8 + count) throw cutShort(name, 8 + count, bytes.length);
    const labels = bytes.subarray(8);
    const other = labels.find((label) => label >= CLASSES);
    if (other !== undefined) {
      throw refused(t("{file} has the label {label}, and digits are 0 to 9", { file: name, label: number(other) }));
    }
    return { name, labels };
  }
  if (magic === IMAGES && bytes.length >= 16) {
    const [rows, columns] = [view.getUint32(8), view.getUint32(12)];
    if (rows !== SIDE || columns !== SIDE) {
      const size = { file: name, rows: number(rows), columns: number(columns) };
      throw refused(t("{file} has pictures of {rows}×{columns} pixels, not 28×28", size));
    }
    const expected = 16 + count * SIDE * SIDE;
    if (bytes.length !== expected) throw cutShort(name, expected, bytes.length);
    return { name, images: bytes.subarray(16) };
  }
  const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  throw refused(
    t("{file} is no file of MNIST's: it begins with the bytes {start}, and 00 00 08 03 (pictures) or 00 00 08 01 (labels) is expected", {
      file: name,
      start: start || t("none"),
    }),
  );
}

// At most so many bytes of a file, unzipped if it is gzipped, whatever it claims to be.
async function unpacked(file) {
  const tooLarge = () =>
    refused(t("{file} is larger than any file of MNIST's ({most} MB)", { file: file.name, most: number(MOST_BYTES / 1e6) }));
  if (file.size > MOST_BYTES) throw tooLarge();
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const zipped = head[0] === 0x1f && head[1] === 0x8b;
  const stream = zipped ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
  const parts = [];
  let size = 0;
  try {
    const reader = stream.getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > MOST_BYTES) {
        await reader.cancel();
        throw tooLarge();
      }
      parts.push(value);
    }
  } catch (error) {
    if (error instanceof FilesError) throw error;
    throw refused(t("{file} cannot be unpacked: it is damaged", { file: file.name }));
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

// One or two pairs { images, labels } of equally many, the larger one first.
function paired(found) {
  const labels = found.filter((one) => one.labels);
  const pairs = [];
  for (const one of found.filter(({ images }) => images)) {
    const count = one.images.length / (SIDE * SIDE);
    const at = labels.findIndex((other) => other.labels.length === count);
    if (at >= 0) pairs.push({ images: one.images, labels: labels.splice(at, 1)[0].labels });
  }
  if (!pairs.length || pairs.length > 2 || 2 * pairs.length !== found.length) {
    const said = found.map(({ name, images, labels: of }) =>
      images
        ? t("{file}: {count} pictures", { file: name, count: number(images.length / (SIDE * SIDE)) })
        : t("{file}: {count} labels", { file: name, count: number(of.length) }),
    );
    throw refused(
      t("a file of pictures and a file of as many labels are expected, or two such pairs, and here are {found}", {
        found: asList(said) || t("none"),
      }),
    );
  }
  return pairs.sort((one, other) => other.labels.length - one.labels.length);
}

// The last sixth of a pair judges, as many as 1,000 at most.
function split({ images, labels }) {
  const judges = Math.min(JUDGES, Math.floor(labels.length / 6));
  const learn = labels.length - judges;
  const part = (from, to) => ({
    images: images.subarray(from * SIDE * SIDE, to * SIDE * SIDE),
    labels: labels.subarray(from, to),
  });
  return [part(0, learn), part(learn, labels.length)];
}

// So many of a pair, from all of it.
function evenly({ images, labels }, most) {
  const count = Math.min(most, labels.length);
  const chosen = { images: new Uint8Array(count * SIDE * SIDE), labels: new Uint8Array(count) };
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * labels.length) / count);
    chosen.images.set(images.subarray(from * SIDE * SIDE, (from + 1) * SIDE * SIDE), i * SIDE * SIDE);
    chosen.labels[i] = labels[from];
  }
  return chosen;
}

const cutShort = (file, expected, found) =>
  refused(
    t("{file} says that it has {expected} bytes, and it has {found}", {
      file,
      expected: number(expected),
      found: number(found),
    }),
  );

const refused = (why) => new FilesError(t("{why}. Training goes on with the digits it had.", { why }));
