// Fig. 2 redrawn from the architecture: a stack of squares a layer, to one scale, the way from
// layer to layer named below. A click, or Enter, picks a layer.

import { t } from "../shared/words.js";

const NS = "http://www.w3.org/2000/svg";
const TOP = 44;
const BASE = 214;
const UNIT = 3.4; // side of a unit
const ROOM = 46; // between two layers

export function mount({ parentElement, header, setTriggerValue }) {
  const svg = parentElement.querySelector("svg");
  svg.ariaLabel = t("The layers of LeNet-5, after Fig. 2 of the paper");
  if (!svg.childNodes.length) build(svg, header.layers);
  const mark = (name) => {
    for (const group of svg.querySelectorAll(".layer")) {
      const picked = group.dataset.name === name;
      group.classList.toggle("picked", picked);
      group.setAttribute("aria-pressed", String(picked));
    }
  };
  const pick = ({ target }) => {
    const group = target.closest(".layer");
    if (!group) return;
    mark(group.dataset.name);
    setTriggerValue("picked", group.dataset.name);
  };
  svg.onclick = pick;
  svg.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    pick(event);
  };
  mark(header.picked);
}

function build(svg, layers) {
  let x = 8;
  let last = null;
  for (const layer of layers) {
    const group = add(svg, "g", {
      class: "layer",
      role: "button",
      tabindex: 0,
      "data-name": layer.name,
      "aria-label": t("{layer}: {shape}", { layer: layer.name, shape: layer.shape }),
    });
    const stack = layer.size > 1 ? maps(layer) : strip(layer);
    const bottom = (TOP + BASE) / 2 + (stack.height - stack.step * (stack.count - 1)) / 2;
    for (let i = stack.count - 1; i >= 0; i--) {
      add(group, "rect", {
        x: x + i * stack.step,
        y: bottom - stack.height + i * stack.step,
        width: stack.width,
        height: stack.height,
      });
    }
    const across = stack.width + stack.step * (stack.count - 1);
    const middle = (TOP + BASE) / 2;
    add(group, "rect", { class: "hit", x: x - 4, y: 4, width: across + 30, height: BASE - 4 });
    add(group, "text", { class: "name", x, y: 16 }, layer.name);
    group.append(" "); // two words, also for who hears them
    add(group, "text", { class: "shape", x, y: 31 }, layer.shape);
    if (last) {
      add(svg, "path", { class: "sight", d: `M${last.x + 3} ${middle}H${x - 4}m-5 -3l5 3l-5 3` });
      const step = add(svg, "text", { class: "step", x: (last.x + x) / 2, y: BASE + 18, "text-anchor": "middle" });
      layer.step.forEach((line, i) => add(step, "tspan", { x: (last.x + x) / 2, dy: i ? 13 : 0 }, line));
    }
    last = { x: x + across };
    x += Math.max(across, 34) + ROOM;
  }
  svg.setAttribute("viewBox", `0 0 ${x - ROOM + 40} ${BASE + 38}`);
}

const maps = ({ maps: count, size }) => ({
  count,
  step: count > 6 ? 3.4 : 5,
  width: size * UNIT,
  height: size * UNIT,
});

// A layer of single units stands upright, as tall as it has units.
const strip = ({ maps: count }) => ({ count: 1, step: 0, width: 7, height: count * 1.3 + 6 });

function add(parent, tag, attributes, text = "") {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  parent.append(made);
  return made;
}
