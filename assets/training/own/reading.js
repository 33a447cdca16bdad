// What the network that is being trained makes of the visitor's drawing: its layers, its ten
// penalties, and the digit that it reads.

import { layOut } from "../../comparison/layout.js";
import { smallest } from "../../engine/runs.js";
import { makePainter } from "../../shared/paint.js";
import { number } from "../../shared/words.js";

const CAPTION_LINE = 15;
const APART = 10;
const SMALLEST = 1e-6;

/** Builds the elements into `root` for a network of `spec`; { arrange, paint } of them. */
export function makeReading(root, spec) {
  const canvas = made("canvas", "maps");
  canvas.ariaHidden = "true";
  const names = made("div", "names");
  const layers = made("div", "layers", [canvas, names]);
  const bars = spec.classes.map((digit) => {
    const bar = made("div", "bar", [made("b", "", digit), made("i"), made("span")]);
    return { bar, value: bar.lastChild };
  });
  const list = made("div", "bars", bars.map(({ bar }) => bar));
  const digit = made("div", "digit");
  for (const one of [list, digit]) one.ariaHidden = "true"; // the sentence says it
  const outputs = made("div", "outputs", [digit, list]);
  root.replaceChildren(layers, outputs);
  const output = spec.layers.at(-1).key;
  let painter = null;

  return {
    /** Lays the layers out in so many CSS pixels. */
    arrange({ width, height, narrow, ratio }) {
      const font = getComputedStyle(root).fontFamily;
      const captions = Object.fromEntries(
        spec.layers.map(({ key, name }) => [key, Math.ceil(widthOf(name, ["650 12px", font].join(" ")))]),
      );
      const layout = layOut([spec], { width, height, captions: [captions], line: CAPTION_LINE, apart: APART, tall: narrow });
      const [own] = layout.rows;
      const tiles = own.flatMap((one) => one.tiles ?? []);
      const size = { width: Math.max(1, layout.width), height: Math.max(1, layout.height) };
      layers.style.width = `${size.width}px`;
      layers.style.height = `${size.height}px`;
      names.replaceChildren(
        ...layout.columns.map(({ x, y }, i) => {
          const name = made("span", "", own[i].layer.name);
          Object.assign(name.style, { left: `${x}px`, top: `${y}px` });
          return name;
        }),
      );
      painter = tiles.length ? makePainter(canvas, spec, { ...size, tiles, outputs: [] }, ratio) : null;
    },

    /** Paints a trace; `empty` has no answer. */
    paint(trace, empty, scale) {
      painter?.paint(trace, scale, ({ layer }) => limitOf(spec, layer, trace));
      const penalties = trace[output];
      const winner = smallest(penalties);
      let most = SMALLEST;
      for (const penalty of penalties) most = Math.max(most, penalty);
      for (const [of, { bar, value }] of bars.entries()) {
        bar.style.setProperty("--share", empty ? 0 : penalties[of] / most);
        bar.classList.toggle("nearest", !empty && of === winner);
        write(value, empty ? "" : number(penalties[of], penalties[of] < 1000 ? 1 : 0));
      }
      write(digit, empty ? "" : spec.classes[winner]);
      Object.assign(root.dataset, {
        digit: empty ? "" : String(winner),
        distances: JSON.stringify(Array.from(penalties)),
      });
      return empty ? null : winner;
    },
  };
}

// Which value has the full colour: the squashing function's, or where there is none the largest.
function limitOf(spec, key, trace) {
  const layer = spec.layers.find((one) => one.key === key);
  let most = spec.amplitude;
  if (layer.squash && layer.squash !== "relu") return most;
  for (const value of trace[key]) most = Math.max(most, Math.abs(value));
  return most;
}

let measuring = null;

function widthOf(words, font) {
  measuring ??= document.createElement("canvas").getContext("2d");
  measuring.font = font;
  return measuring.measureText(words).width;
}

export function made(tag, name = "", content = []) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...(Array.isArray(content) ? content : [content]));
  return element;
}

/** Texts are only touched where they change, in every frame of a stroke. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
