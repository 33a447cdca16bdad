// Fig. 2 redrawn from the architecture: a stack of squares a layer, to one scale, and the way from
// layer to layer beside its arrow. It flows to the right, or downwards where that has no room.
// A click, or Enter, picks a layer.

import { t } from "../shared/words.js";

const NS = "http://www.w3.org/2000/svg";
const UNIT = 3.4; // side of a unit
const LINE = 14; // of letters
const NAMES = 44; // room above the layers for their names
const ROOM = { right: 50, down: 46 }; // between two layers
const LEFT = 130; // where names begin, beside layers that stand below one another

export function mount({ parentElement, header, setTriggerValue }) {
  const svg = parentElement.querySelector("svg");
  svg.ariaLabel = t("The layers of LeNet-5, after Fig. 2 of the paper");
  const draw = () => {
    const width = Math.floor(svg.parentNode.clientWidth ?? svg.clientWidth);
    if (!width) return;
    const flow = width < widthOf(header.layers) ? "down" : "right";
    if (svg.dataset.flow !== flow || svg.drawnFor !== width) build(svg, header.layers, flow, width);
    svg.drawnFor = width;
    mark(svg.picked);
  };
  const mark = (name) => {
    svg.picked = name;
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
  svg.picked = header.picked;
  svg.resized?.disconnect();
  svg.resized = new ResizeObserver(draw);
  svg.resized.observe(svg);
  draw();
}

// What a layer looks like: so many squares, each a step behind the one before. Single units are a
// strip across the flow, as long as there are units.
function stackOf({ maps: count, size }, flow) {
  if (size > 1) return { count, step: count > 6 ? 3.4 : 5, width: size * UNIT, height: size * UNIT };
  const [thick, long] = [7, count * 1.3 + 6];
  return flow === "down"
    ? { count: 1, step: 0, width: Math.min(long, LEFT - 16), height: thick }
    : { count: 1, step: 0, width: thick, height: long };
}

const across = ({ width, step, count }) => width + step * (count - 1);
const down = ({ height, step, count }) => height + step * (count - 1);
const roomOf = (layer) => Math.max(across(stackOf(layer, "right")), 40) + ROOM.right;
const widthOf = (layers) => layers.reduce((sum, layer) => sum + roomOf(layer), 0);

function build(svg, layers, flow, width) {
  const focused = svg.querySelector(".layer:focus")?.dataset.name;
  svg.dataset.flow = flow;
  svg.replaceChildren();
  if (flow === "right") toTheRight(svg, layers);
  else downwards(svg, layers, width);
  svg.querySelector(`.layer[data-name="${focused}"]`)?.focus();
}

function toTheRight(svg, layers) {
  const stacks = layers.map((layer) => stackOf(layer, "right"));
  const tallest = Math.max(...stacks.map(down));
  const middle = NAMES + tallest / 2;
  const end = NAMES + tallest + 22;
  let x = 8;
  let last = null;
  for (const [place, layer] of layers.entries()) {
    const stack = stacks[place];
    const top = middle - down(stack) / 2;
    const group = addLayer(svg, layer, stack, x, top);
    add(group, "rect", { class: "hit", x: x - 4, y: 4, width: across(stack) + 30, height: end - 24 });
    addNames(group, layer, x, 16);
    if (last !== null) {
      add(svg, "path", { class: "sight", d: `M${last + 3} ${middle}H${x - 4}m-5 -3l5 3l-5 3` });
      const step = add(svg, "text", { class: "step", y: end, "text-anchor": "middle" });
      layer.step.forEach((line, i) => add(step, "tspan", { x: (last + x) / 2, dy: i ? LINE : 0 }, line));
    }
    last = x + across(stack);
    x += roomOf(layer);
  }
  const lines = Math.max(...layers.map(({ step }) => step.length));
  svg.setAttribute("viewBox", `0 0 ${widthOf(layers)} ${end + lines * LINE}`);
}

function downwards(svg, layers, width) {
  const middle = LEFT / 2 - 4;
  let y = 6;
  let last = null;
  for (const layer of layers) {
    const stack = stackOf(layer, "down");
    const high = Math.max(down(stack), 2 * LINE);
    const top = y + (high - down(stack)) / 2;
    const group = addLayer(svg, layer, stack, middle - across(stack) / 2, top);
    add(group, "rect", { class: "hit", x: 1, y: y - 5, width: width - 2, height: high + 10 });
    addNames(group, layer, LEFT, y + high / 2 - 2);
    if (last !== null) {
      add(svg, "path", { class: "sight", d: `M${middle} ${last + 4}V${top - 6}m-3 -5l3 5l3 -5` });
      add(svg, "text", { class: "step", x: LEFT, y: y - ROOM.down / 2 + 4 }, layer.step.join(" "));
    }
    last = top + down(stack);
    y += high + ROOM.down;
  }
  svg.setAttribute("viewBox", `0 0 ${width} ${y - ROOM.down + 10}`);
}

function addLayer(svg, layer, stack, x, y) {
  const group = add(svg, "g", {
    class: "layer",
    role: "button",
    tabindex: 0,
    "data-name": layer.name,
    "aria-label": t("{layer}: {shape}", { layer: layer.name, shape: layer.shape }),
  });
  for (let i = stack.count - 1; i >= 0; i--) {
    const place = { x: x + i * stack.step, y: y + i * stack.step };
    add(group, "rect", { ...place, width: stack.width, height: stack.height });
  }
  return group;
}

function addNames(group, layer, x, y) {
  add(group, "text", { class: "name", x, y }, layer.name);
  group.append(" "); // two words, also for who hears them
  add(group, "text", { class: "shape", x, y: y + LINE + 1 }, layer.shape);
}

function add(parent, tag, attributes, text = "") {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  parent.append(made);
  return made;
}
