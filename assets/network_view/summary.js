// What every layer shows, in words for a screen reader: which maps differ most from one even value,
// and where; which single units stand out.

import { number, t, tn } from "../shared/words.js";

const THIRDS = 3;
const INKED = 1 / 3; // of a pixel covered
const EVEN = 1e-3; // root mean square from a map's mean, below which nothing is seen in it

/** Layer key -> a sentence about that layer of a trace, `answer` being its answer or null. */
export function summaryOf(spec, trace, answer) {
  const last = spec.layers.at(-1);
  const sentences = spec.layers.map((layer) => {
    const values = trace[layer.key];
    if (layer === last) return [layer.key, outputInWords(spec, values, answer)];
    if (layer === spec.layers[0]) return [layer.key, inputInWords(spec, layer, values)];
    if (layer.size > 1) return [layer.key, mapsInWords(layer, values)];
    return [layer.key, unitsInWords(spec, layer, values, answer)];
  });
  return Object.fromEntries(sentences);
}

/**
 * The maps of a layer by how much they show, the strongest first: { map, strength, third }, with
 * the root mean square of the differences from the map's mean, and the ninth of the map, counted
 * in rows from the upper left, in which their mean square is largest.
 */
export function strongest({ maps, size }, values) {
  const area = size * size;
  const found = Array.from({ length: maps }, (_, map) => {
    const own = values.subarray(map * area, (map + 1) * area);
    const mean = own.reduce((sum, value) => sum + value, 0) / area;
    const squares = Array(THIRDS ** 2).fill(0);
    const counts = Array(THIRDS ** 2).fill(0);
    const third = (place) => Math.floor((place * THIRDS) / size);
    own.forEach((value, i) => {
      const ninth = third(Math.floor(i / size)) * THIRDS + third(i % size);
      squares[ninth] += (value - mean) ** 2;
      counts[ninth] += 1;
    });
    const means = squares.map((sum, ninth) => sum / counts[ninth]);
    const all = squares.reduce((sum, one) => sum + one, 0);
    return { map, strength: Math.sqrt(all / area), third: means.indexOf(Math.max(...means)) };
  });
  return found.sort((a, b) => b.strength - a.strength || a.map - b.map);
}

const placeInWords = (ninth) =>
  [
    t("upper left"), t("top"), t("upper right"),
    t("left"), t("middle"), t("right"),
    t("lower left"), t("bottom"), t("lower right"),
  ][ninth];

function inputInWords({ background, ink, inputSize }, { name }, values) {
  const inked = (i) => (values[i] - background) / (ink - background) > INKED;
  const dark = [...values.keys()].filter(inked);
  if (!dark.length) return t("{layer}: no ink", { layer: name });
  const rows = dark.map((i) => Math.floor(i / inputSize));
  const columns = dark.map((i) => i % inputSize);
  return t("{layer}: ink in rows {top}\u2013{bottom} and columns {left}\u2013{right}", {
    layer: name,
    top: Math.min(...rows),
    bottom: Math.max(...rows),
    left: Math.min(...columns),
    right: Math.max(...columns),
  });
}

function mapsInWords(layer, values) {
  const [first, second] = strongest(layer, values);
  const words = { layer: layer.name, map: number(first.map), place: placeInWords(first.third) };
  if (first.strength < EVEN) return t("{layer}: every map is even", words);
  if (!second) return t("{layer}: strongest at the {place}", words);
  const other = { other: number(second.map), other_place: placeInWords(second.third) };
  return first.third === second.third
    ? t("{layer}: strongest in maps {map} and {other}, {place}", { ...words, ...other })
    : t("{layer}: strongest in map {map}, {place}, then in map {other}, {other_place}", { ...words, ...other });
}

function unitsInWords({ classes, codes, layers }, layer, values, answer) {
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]);
  const [highest, lowest] = [order[0], order.at(-1)];
  const words = {
    layer: layer.name,
    highest: number(highest),
    high: number(values[highest], 2),
    lowest: number(lowest),
    low: number(values[lowest], 2),
  };
  if (!codes || !answer || layer !== layers.at(-2)) {
    return t("{layer}: highest in unit {highest}, {high}, lowest in unit {lowest}, {low}", words);
  }
  const code = codes[answer.digit];
  const alike = code.filter((bit, i) => Math.sign(bit) === Math.sign(values[i])).length;
  return tn(
    "{layer}: {alike} of {count} unit has the sign of the code of {digit}",
    "{layer}: {alike} of {count} units have the sign of the code of {digit}",
    code.length,
    { layer: layer.name, alike: number(alike), count: number(code.length), digit: classes[answer.digit] },
  );
}

function outputInWords({ classes, layers }, penalties, answer) {
  const { name } = layers.at(-1);
  if (!answer) return t("{layer}: no answer without ink", { layer: name });
  return t("{layer}: smallest at {digit}, {distance}, then at {runner_up}, {next}", {
    layer: name,
    digit: classes[answer.digit],
    distance: number(answer.distance, 2),
    runner_up: classes[answer.runnerUp],
    next: number(answer.runnerUpDistance, 2),
  });
}

/** Writes the sentences into a list; each stop of the Tab key in `stops` is described by its own. */
export function writeSummary(list, stops, sentences) {
  list.ariaLabel = t("What the layers show");
  for (const [key, text] of Object.entries(sentences)) {
    const id = `shown-${key}`;
    let line = list.querySelector(`#${id}`);
    if (!line) {
      line = document.createElement("li");
      line.id = id;
      list.append(line);
    }
    if (line.textContent !== text) line.textContent = text;
    stops.querySelector(`[data-stop="${key}"]`)?.setAttribute("aria-describedby", id);
  }
}

/** Takes away the sentences of the layers of which `covers(key)` is true, as long as it is. */
export function coverSummary(list, stops, covers) {
  for (const stop of stops.children) {
    const key = stop.dataset.stop;
    const line = list.querySelector(`#shown-${key}`);
    if (!line) continue;
    line.hidden = covers(key);
    // What is hidden would still be read as a description.
    if (line.hidden) stop.removeAttribute("aria-describedby");
    else stop.setAttribute("aria-describedby", line.id);
  }
}
