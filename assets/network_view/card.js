// Hovering a map's number shows the map's parameters: its kernels with the maps they read, or
// its coefficient, and its bias. Hovering a code shows its squared differences from F6.

import { explain } from "../engine/explain.js";
import { tileHeight, tilesOf } from "../shared/tiles.js";
import { smallPicture } from "./paint.js";
import { number } from "./text.js";

/** Numbers beside the maps of every layer that shows them one by one. */
export function writeMapNames(parent, spec, layout, hover) {
  parent.replaceChildren();
  for (const layer of spec.layers) {
    const tiles = tilesOf(layout, layer.key);
    if (tiles.length < 2) continue;
    tiles.forEach((tile, map) => {
      const name = document.createElement("button");
      name.type = "button";
      name.tabIndex = -1; // the maps are reached through their layer
      name.textContent = String(map);
      name.ariaLabel = `${layer.name} map ${map}: show its parameters`;
      name.dataset.map = `${layer.key} ${map}`;
      // Beside the map where there are edges between the layers, else on its corner.
      const [left, top] = layout.mapNumbers === "beside"
        ? [tile.x - 17, tile.y + tileHeight(tile) / 2 - 8]
        : [tile.x, tile.y];
      name.style.transform = `translate(${left}px, ${top}px)`;
      name.onpointerenter = () => hover({ layer: layer.key, map });
      name.onpointerleave = () => hover(null);
      name.onfocus = name.onpointerenter;
      name.onblur = name.onpointerleave;
      parent.append(name);
    });
  }
}

/** The card for { layer, map }, or nothing for null. */
export function writeCard(parent, spec, layout, parameters, trace, target, theme) {
  parent.hidden = !target;
  if (!target) return;
  const layer = spec.layers.find(({ key }) => key === target.layer);
  parent.replaceChildren(...(layer.kind === "RBF"
    ? codeCard(spec, parameters, trace, layer, target.map, theme)
    : mapCard(spec, parameters, layer, target.map, theme)));
  // A code's card stands left of F6, with which it compares the code.
  const anchor =
    layer.kind === "RBF" ? tilesOf(layout, "f6")[0] : tilesOf(layout, layer.key)[target.map];
  const left = Math.min(Math.max(0, anchor.x - parent.offsetWidth - 24), layout.width);
  const top = Math.min(anchor.y, layout.height - parent.offsetHeight);
  parent.style.transform = `translate(${left}px, ${Math.max(0, top)}px)`;
}

function mapCard(spec, parameters, layer, map, theme) {
  const before = spec.layers[spec.layers.indexOf(layer) - 1];
  const bias = parameters[`${layer.key}.bias`].values[map];
  const lines = [heading(`${layer.name}[${map}]`)];
  if (layer.kind === "sub-sampling") {
    const coefficient = parameters[`${layer.key}.coefficient`].values[map];
    const source = before.reads[map].map((n) => spec.layers[spec.layers.indexOf(before) - 1].name + `[${n}]`);
    lines.push(
      line(`adds 2\u00d72 neighbours of ${before.name}[${map}]`),
      line(`coefficient ${number(coefficient, 4)}`),
      line(`bias ${number(bias, 4)}`),
    );
    if (before.key === "c3") lines.push(line(`${before.name}[${map}] reads ${source.join(", ")}`));
    return lines;
  }
  const weight = parameters[`${layer.key}.weight`].values;
  const area = layer.kernel ** 2;
  const first = layer.reads.slice(0, map).reduce((sum, reads) => sum + reads.length, 0);
  const kernels = layer.reads[map].map((_, i) => weight.subarray((first + i) * area, (first + i + 1) * area));
  const limit = Math.max(...kernels.flatMap((kernel) => Array.from(kernel, Math.abs)));
  const row = document.createElement("div");
  row.className = "kernels";
  kernels.forEach((kernel, i) => {
    const cell = document.createElement("figure");
    cell.append(
      smallPicture(kernel, layer.kernel, layer.kernel, limit, theme.scale.diverging, 9),
      line(before.maps > 1 ? `${before.name}[${layer.reads[map][i]}]` : before.name),
    );
    row.append(cell);
  });
  lines.push(row, line(`kernels from \u2212${number(limit, 2)} to ${number(limit, 2)}, bias ${number(bias, 4)}`));
  return lines;
}

function codeCard(spec, parameters, trace, layer, map, theme) {
  const { terms: [own] } = explain(spec, parameters, trace, { layer: layer.key, map, row: 0, column: 0 });
  const limit = Math.max(...own.products);
  return [
    heading(`${layer.name}[${map}]: (F6 \u2212 code of ${spec.classes[map]})\u00b2`),
    smallPicture(own.products, own.rows, own.columns, limit, theme.scale.diverging, 13),
    line(`84 squared differences, up to ${number(limit, 2)}`),
    line(`add up to ${number(own.sum, 4)}`),
  ];
}

function heading(text) {
  const made = document.createElement("div");
  made.className = "name";
  made.textContent = text;
  return made;
}

function line(text) {
  const made = document.createElement("div");
  made.textContent = text;
  return made;
}
