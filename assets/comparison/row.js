// One network's row: what it is, its layers, its ten penalties, and the digit that it reads.

import { detailOf } from "../engine/kinds.js";
import { number, percent, t } from "../shared/words.js";

const SMALLEST_LIMIT = 1e-6;
const BAR_SIDE = 100; // percent
const CAPTION = "650 11px"; // as in comparison.css

let measuring = null;

/** { root, canvas, build, write, ... } of a network, where `reference` are the keys of LeNet-5's layers. */
export function makeRow(network, reference) {
  const { name, title, difference, facts, labels, spec } = network;
  const root = element("section", "row");
  root.dataset.network = name;
  root.ariaLabel = title;
  const badge = element("span", "badge");
  const called = element("strong", "name", title);
  const told = facts.map((fact) => element("span", "fact", fact));
  const about = element("div", "about", [called, element("span", "difference", difference), ...told, badge]);
  const canvas = element("canvas", "maps");
  canvas.ariaHidden = "true";
  const names = element("div", "names");
  const layers = element("div", "layers", [canvas, names]);
  const bars = spec.classes.map((digit) => {
    const bar = element("i", "");
    const label = element("span", "", digit);
    return { bar, root: element("div", "bar", [element("div", "height", bar), label]) };
  });
  const output = spec.layers.at(-1);
  const kind = element("div", "kind", labels[output.key]?.[0] ?? detailOf(output, spec));
  kind.classList.toggle("changed", output.key in labels);
  const outputs = element("div", "outputs", [kind, element("div", "bars", bars.map((one) => one.root))]);
  outputs.ariaHidden = "true"; // the sentence says it
  const digit = element("span", "digit");
  const size = element("span", "size");
  const answer = element("div", "answer", [digit, size]);
  answer.ariaHidden = "true";
  const sentence = element("p", "sentence");
  root.append(about, layers, outputs, answer, sentence);

  const limits = limited(spec);
  let before = "";

  return {
    root,
    layers,
    canvas,
    layout: null,
    painter: null,

    /** Another title and as many facts: of other weights of the same architecture. */
    rename(title, facts) {
      root.ariaLabel = called.textContent = title;
      facts.forEach((fact, place) => (told[place].textContent = fact));
    },

    /** Layer -> how wide the words over its picture are. */
    captionWidths() {
      const text = Number(getComputedStyle(root).getPropertyValue("--text")) || 1;
      const { fontFamily } = getComputedStyle(root);
      const wide = (words) => Math.ceil(widthOf(words, `${CAPTION} ${fontFamily}`) * text);
      return Object.fromEntries(
        spec.layers.map(({ key, name }) => [key, Math.max(...[name, ...(labels[key] ?? [])].map(wide))]),
      );
    },

    /** Puts every layer in its place in a layout of all rows, of which this is the one at `place`. */
    build(layout, place) {
      const own = layout.rows[place];
      this.layout = {
        width: Math.max(1, layout.width),
        height: Math.max(1, layout.height),
        tiles: own.flatMap(({ tiles }) => tiles ?? []),
        outputs: [],
      };
      layers.style.width = `${layout.width}px`;
      layers.style.height = `${layout.height}px`;
      names.replaceChildren(...layout.columns.flatMap((column, i) => placeOf(column, own[i], labels, reference)));
      if (!layout.columns.length) names.replaceChildren(element("span", "none", t("no layer between input and output")));
    },

    /** Which value has the full colour on a tile. */
    limitsOf(trace) {
      return ({ layer }) => {
        if (limits[layer] !== null) return limits[layer];
        let most = spec.amplitude;
        for (const value of trace[layer]) most = Math.max(most, Math.abs(value));
        return Math.max(most, SMALLEST_LIMIT);
      };
    },

    write(penalties, found) {
      let most = SMALLEST_LIMIT;
      for (const penalty of penalties) most = Math.max(most, penalty);
      const winner = found ? found.winner : null;
      bars.forEach(({ bar, root: place }, at) => {
        const height = found ? (BAR_SIDE * penalties[at]) / most : 0;
        bar.style.height = `${height.toFixed(1)}%`;
        place.classList.toggle("nearest", at === winner);
      });
      const read = !found ? "" : winner === null ? "?" : spec.classes[winner];
      const said = `${read} ${found?.distance}`;
      if (said === before) return;
      before = said;
      digit.textContent = read;
      size.textContent = found ? sizeInWords(spec, found) : "";
    },

    writeBadge(state, words, delta = null) {
      if (badge.dataset.state === state && badge.title === words) return;
      badge.dataset.state = state;
      badge.title = words;
      badge.textContent = shortly(state, delta);
    },

    /** What the row shows, for tests, tools and whoever does not see it. */
    tell(penalties, found, source, delta, frame) {
      const { dataset } = root;
      dataset.digit = found ? String(found.digit) : "";
      dataset.rejected = String(Boolean(found?.rejected));
      dataset.distances = JSON.stringify(Array.from(penalties));
      dataset.source = source;
      dataset.delta = delta === null ? "" : String(delta);
      dataset.frame = String(frame);
    },

    say(words) {
      if (sentence.textContent !== words) sentence.textContent = words;
    },
  };
}

// What stands in a column: the layer's name and what is changed in it, or that there is none.
function placeOf(column, { layer, x, y, width, height }, labels, reference) {
  const { key } = column;
  if (!layer && !reference.includes(key)) return []; // LeNet-5 has none either
  if (!layer) {
    const empty = element("span", "missing", t("no {layer}", { layer: key.toUpperCase() }));
    place(empty, column.x, column.y, column.width, column.height);
    return [empty];
  }
  const label = labels[key];
  const caption = element("span", "caption", [element("b", "", layer.name)]);
  caption.append(...(label ?? []).map((line) => element("em", "", line)));
  place(caption, column.x, column.y);
  if (!label) return [caption];
  const outline = element("span", "changed");
  place(outline, x - 3, y - 3, width + 6, height + 6);
  return [caption, outline];
}

// The largest value of each layer, or null where there is none: what ReLU gives, and what is made
// of it without squashing.
function limited(spec) {
  const found = {};
  spec.layers.forEach((layer, place) => {
    const before = spec.layers[place - 1];
    if (layer.squash === "relu") found[layer.key] = null;
    else if (layer.squash || !before) found[layer.key] = spec.amplitude;
    else found[layer.key] = found[before.key];
  });
  return found;
}

function sizeInWords({ codes }, { distance }) {
  if (codes) return t("distance {distance}", { distance: number(distance, 1) });
  return percent(Math.exp(-distance), 1);
}

function shortly(state, delta) {
  if (state === "live") return t("live");
  if (state === "unverified") return t("not verified yet");
  if (state === "apart") return t("PyTorch differs by {difference}", { difference: delta.toExponential(1) });
  return t("PyTorch agrees, to {difference}", { difference: delta.toExponential(0) });
}

function widthOf(words, font) {
  measuring ??= document.createElement("canvas").getContext("2d");
  measuring.font = font;
  return measuring.measureText(words).width;
}

function place(made, x, y, width, height) {
  Object.assign(made.style, { left: `${x}px`, top: `${y}px` });
  if (width !== undefined) Object.assign(made.style, { width: `${width}px`, height: `${height}px` });
}

function element(tag, className, content = []) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}
