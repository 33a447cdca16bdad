// What a unit sees, square in square, while it is pointed at; a click tells Python which unit.

import { feeds, feedsMaps, placeOf, sees, seesMaps, unitName } from "../engine/geometry.js";
import { titleOf } from "../engine/kinds.js";
import { colour } from "../shared/scale.js";
import { readTheme, whenPrinted } from "../shared/theme.js";
import { allOf, cellOf, unitAt } from "../shared/tiles.js";
import { asList, number, t } from "../shared/words.js";
import { layOutFields } from "./fields_layout.js";

/** Shows the trace and the picked unit that the latest data hold. */
export function mount({ parentElement, header, values, setTriggerValue }, { spec, palettes }) {
  const root = parentElement.querySelector(".fields");
  const byKey = Object.fromEntries(spec.layers.map((layer) => [layer.key, layer]));
  const trace = {};
  let at = 0;
  for (const { key, maps, size } of spec.layers) {
    trace[key] = values.subarray(at, (at += maps * size * size));
  }
  const view = { root, spec, byKey, trace, picked: header.picked, hovered: null };
  const part = (name) => root.querySelector(name);
  root.ariaLabel = t(
    "The layers of the network. Arrow keys walk the units, Enter picks one.",
  );

  const mark = () => paintMarks(view, part(".marks"), view.hovered ?? view.picked, part(".description"));
  const draw = () => {
    const width = Math.floor(root.clientWidth);
    if (!width) return;
    view.theme = readTheme(root, palettes);
    view.layout = layOutFields(spec, width);
    part(".picture").style.height = `${view.layout.height}px`;
    part(".titles").replaceChildren(
      ...view.layout.titles.map(({ text, x, y }) => {
        const title = document.createElement("div");
        title.textContent = text;
        title.style.left = `${x}px`;
        title.style.top = `${y}px`;
        return title;
      }),
    );
    paintMaps(view, part(".maps"));
    mark();
  };
  const hover = (unit) => {
    view.hovered = unit;
    mark();
  };
  const pick = (unit) => {
    if (!unit) return;
    view.picked = unit;
    hover(null);
    setTriggerValue("picked", unit);
  };
  const picture = part(".picture");
  const under = (event) => {
    const box = picture.getBoundingClientRect();
    return unitAt(view.layout, event.clientX - box.left, event.clientY - box.top);
  };
  picture.onpointermove = (event) => hover(under(event));
  picture.onpointerleave = () => hover(null);
  picture.onclick = (event) => pick(under(event));
  root.onkeydown = (event) => {
    const meant = view.hovered ?? view.picked;
    if (event.key === "Enter") pick(meant);
    else if (event.key === "Escape") hover(null);
    else if (event.key.startsWith("Arrow")) hover(walk(byKey[meant.layer], meant, event.key));
    else return;
    event.preventDefault();
  };
  root.resized?.disconnect();
  root.resized = new ResizeObserver(draw);
  root.resized.observe(root);
  root.view = view; // for whoever wants to ask the picture what it shows
  draw();
  root.printed?.();
  root.printed = whenPrinted(draw);
  return () => root.printed();
}

// The next unit in the direction of an arrow key; rows run on from one map into the next.
function walk(layer, unit, key) {
  const across = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -layer.size, ArrowDown: layer.size };
  const index = (unit.map * layer.size + unit.row) * layer.size + unit.column + across[key];
  const count = layer.maps * layer.size ** 2;
  return { layer: layer.key, ...placeOf(layer, (index + count) % count) };
}

function fitted(canvas, { width, height }) {
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(devicePixelRatio, devicePixelRatio);
  return context;
}

function paintMaps({ spec, layout, theme, trace }, canvas) {
  const context = fitted(canvas, layout);
  context.imageSmoothingEnabled = false;
  const middle = (spec.background + spec.ink) / 2;
  for (const tile of layout.tiles) {
    const small = document.createElement("canvas");
    small.width = tile.columns;
    small.height = tile.rows;
    const image = small.getContext("2d").createImageData(tile.columns, tile.rows);
    const pixels = new Uint32Array(image.data.buffer);
    const grey = tile.layer === spec.layers[0].key;
    for (let i = 0; i < pixels.length; i++) {
      const value = trace[tile.layer][tile.first + i];
      pixels[i] = grey
        ? colour(theme.scale.grey, value - middle, spec.ink - middle)
        : colour(theme.scale.diverging, value, spec.amplitude);
    }
    small.getContext("2d").putImageData(image, 0, 0);
    context.drawImage(small, tile.x, tile.y, tile.columns * tile.scale, tile.rows * tile.scale);
    context.strokeStyle = theme.edge;
    context.strokeRect(tile.x - 0.5, tile.y - 0.5, tile.columns * tile.scale + 1, tile.rows * tile.scale + 1);
  }
}

function paintMarks(view, canvas, unit, description) {
  const { spec, byKey, layout, theme } = view;
  const context = fitted(canvas, layout);
  const order = spec.layers.map(({ key }) => key);
  const own = order.indexOf(unit.layer);
  const visible = (tile) => {
    const place = order.indexOf(tile.layer);
    if (place === own) return { maps: new Set([unit.map]), block: one(unit) };
    return place < own
      ? {
          maps: seesMaps(spec, unit.layer, unit.map, tile.layer),
          block: sees(spec, unit.layer, unit.row, unit.column, tile.layer),
        }
      : {
          maps: feedsMaps(spec, unit.layer, unit.map, tile.layer),
          block: feeds(spec, unit.layer, unit.row, unit.column, tile.layer),
        };
  };
  for (const tile of layout.tiles) {
    const { maps, block } = visible(tile);
    if (tile.single && maps.size < tile.rows * tile.columns) {
      for (const map of maps) outline(context, tile, cellOf(tile, map), theme);
    } else if (tile.single) {
      outline(context, tile, allOf(tile), theme);
    } else if (!maps.has(tile.map)) {
      shade(context, tile, null, theme);
    } else {
      if (order.indexOf(tile.layer) < own) shade(context, tile, block, theme);
      outline(context, tile, block, theme);
    }
  }
  nest(context, view, unit, order.slice(1, own));
  const input = spec.layers[0].key;
  const field = sees(spec, unit.layer, unit.row, unit.column, input);
  const name = unitName(byKey[unit.layer], unit.map, unit.row, unit.column);
  const { size } = byKey[unit.layer];
  const value = view.trace[unit.layer][(unit.map * size + unit.row) * size + unit.column];
  description.textContent =
    unit.layer === input ? pixelInWords(spec, unit) : fieldInWords(name, value, field);
  view.root.dataset.unit = name;
  view.root.dataset.field = JSON.stringify([field.row, field.column, field.height]);
}

// Inside the field on the input: that of one unit of every layer between, the middle one.
function nest(context, { spec, layout, theme }, unit, between) {
  for (const key of between) {
    const { row, column, height, width } = sees(spec, unit.layer, unit.row, unit.column, key);
    const middle = [row + Math.floor((height - 1) / 2), column + Math.floor((width - 1) / 2)];
    context.setLineDash([4, 3]);
    outline(context, layout.tiles[0], sees(spec, key, ...middle, spec.layers[0].key), theme, 1);
    context.setLineDash([]);
  }
}

const fieldInWords = (name, value, { row, column, height, width }) =>
  t(
    "{unit} is {value} and sees {height}\u00d7{width} pixels: rows {top} to {bottom}, " +
      "columns {left} to {right}.",
    {
      unit: name,
      value: number(value, 4),
      height,
      width,
      top: row,
      bottom: row + height - 1,
      left: column,
      right: column + width - 1,
    },
  );

function pixelInWords(spec, { row, column }) {
  const counts = spec.layers.slice(1).map((layer) => {
    const { key } = layer;
    const block = feeds(spec, spec.layers[0].key, row, column, key);
    const units = block.height * block.width * feedsMaps(spec, spec.layers[0].key, 0, key).size;
    return `${titleOf(layer)} ${number(units)}`;
  });
  return t("Pixel ({row},{column}) is seen by so many units: {counts}.", {
    row,
    column,
    counts: asList(counts),
  });
}

const one = ({ row, column }) => ({ row, column, height: 1, width: 1 });

function outline(context, tile, block, theme, thickness = 2) {
  const place = [
    tile.x + block.column * tile.scale - 0.5,
    tile.y + block.row * tile.scale - 0.5,
    block.width * tile.scale + 1,
    block.height * tile.scale + 1,
  ];
  // A page-coloured line on either side keeps the accent legible on any activation.
  context.strokeStyle = theme.page;
  context.lineWidth = thickness * 2;
  context.strokeRect(...place);
  context.strokeStyle = theme.accent;
  context.lineWidth = thickness;
  context.strokeRect(...place);
}

// Everything in a tile but the block, or the whole tile.
function shade(context, tile, block, theme) {
  context.save();
  context.beginPath();
  context.rect(tile.x, tile.y, tile.columns * tile.scale, tile.rows * tile.scale);
  if (block) {
    const { x, y, scale } = tile;
    context.rect(x + block.column * scale, y + block.row * scale, block.width * scale, block.height * scale);
  }
  context.globalAlpha = theme.shade;
  context.fillStyle = theme.page;
  context.fill("evenodd");
  context.restore();
}
