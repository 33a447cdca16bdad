// Hovering a map's number shows the map's parameters: its kernels with the maps they read, or
// its coefficient, and its bias. Hovering a code shows its squared differences from the layer
// that is compared with it.

import { explain } from "../engine/explain.js";
import { tileHeight, tilesOf } from "../shared/tiles.js";
import { asList, number, t, tn } from "../shared/words.js";
import { smallPicture } from "../shared/paint.js";

/** Numbers beside the maps of every layer that shows them one by one. */
export function writeMapNames(parent, spec, layout, hover) {
  parent.replaceChildren();
  if (!layout.mapNumbers) return;
  for (const layer of spec.layers) {
    const tiles = tilesOf(layout, layer.key);
    if (tiles.length < 2) continue;
    for (const tile of tiles) {
      const { map } = tile;
      const name = document.createElement("button");
      name.type = "button";
      name.tabIndex = -1; // the maps are reached through their layer
      name.textContent = number(map);
      name.ariaLabel = t("{layer} map {map}: show its parameters", { layer: layer.name, map });
      name.dataset.map = `${layer.key} ${map}`;
      const top = tile.y + tileHeight(tile) / 2 - 8 * layout.text;
      name.style.transform = `translate(${tile.x - 17 * layout.text}px, ${top}px)`;
      name.onpointerenter = () => hover({ layer: layer.key, map });
      name.onpointerleave = () => hover(null);
      name.onfocus = name.onpointerenter;
      name.onblur = name.onpointerleave;
      parent.append(name);
    }
  }
}

/** The card for { layer, map }, or nothing for null. */
export function writeCard(parent, spec, layout, parameters, trace, target, theme) {
  parent.hidden = !target;
  if (!target) return;
  const place = spec.layers.findIndex(({ key }) => key === target.layer);
  const layer = spec.layers[place];
  const isOutput = place === spec.layers.length - 1;
  parent.replaceChildren(...(isOutput
    ? outputCard(spec, parameters, trace, layer, target.map, theme)
    : mapCard(spec, parameters, layer, target.map, theme)));
  // An output's card stands left of the layer that it reads.
  const anchor = isOutput
    ? tilesOf(layout, spec.layers[place - 1].key)[0]
    : tilesOf(layout, layer.key)[target.map];
  const left = Math.min(Math.max(0, anchor.x - parent.offsetWidth - 24), layout.width);
  const top = Math.min(anchor.y, layout.height - parent.offsetHeight);
  parent.style.transform = `translate(${left}px, ${Math.max(0, top)}px)`;
}

// What there is to say of a map follows from the parameters it has.
function mapCard(spec, parameters, layer, map, theme) {
  const of = (name) => parameters[`${layer.key}.${name}`]?.values;
  const title = heading(`${layer.name}[${map}]`);
  if (of("weight")) return [title, ...kernelLines(spec, of, layer, map, theme)];
  return [title, ...neighbourLines(spec, of, layer, map)];
}

function kernelLines(spec, of, layer, map, theme) {
  const before = spec.layers[spec.layers.indexOf(layer) - 1];
  const area = layer.kernel ** 2;
  const first = layer.reads.slice(0, map).reduce((sum, reads) => sum + reads.length, 0);
  const kernels = layer.reads[map].map((_, i) =>
    of("weight").subarray((first + i) * area, (first + i + 1) * area),
  );
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
  const range = t("kernels from {low} to {high}, bias {bias}", {
    low: number(-limit, 2),
    high: number(limit, 2),
    bias: number(of("bias")[map], 4),
  });
  return [row, line(range)];
}

function neighbourLines(spec, of, layer, map) {
  const place = spec.layers.indexOf(layer);
  const before = spec.layers[place - 1];
  const where = { side: layer.kernel, source: `${before.name}[${layer.reads[map][0]}]` };
  const coefficient = of("coefficient")?.[map];
  const bias = of("bias")?.[map];
  const lines =
    coefficient === undefined
      ? [line(t("the largest of {side}\u00d7{side} neighbours of {source}", where))]
      : [
          line(t("adds {side}\u00d7{side} neighbours of {source}", where)),
          line(t("coefficient {value}", { value: number(coefficient, 4) })),
          line(t("bias {value}", { value: number(bias, 4) })),
        ];
  const sources = before.reads[layer.reads[map][0]];
  if (sources.length > 1) {
    const earlier = spec.layers[place - 2].name;
    const maps = asList(sources.map((n) => `${earlier}[${n}]`));
    lines.push(line(t("{source} reads {maps}", { source: where.source, maps })));
  }
  return lines;
}

function outputCard(spec, parameters, trace, layer, map, theme) {
  const unit = { layer: layer.key, map, row: 0, column: 0 };
  const { terms: [own], value } = explain(spec, parameters, trace, unit);
  const before = spec.layers[spec.layers.indexOf(layer) - 1].name;
  const name = `${layer.name}[${map}]`;
  const limit = Math.max(...own.products.map(Math.abs));
  const table = spec.codes ? theme.scale.unsigned : theme.scale.diverging;
  const shown = smallPicture(own.products, own.rows, own.columns, limit, table, 13);
  const count = own.products.length;
  if (!spec.codes) {
    const words = { output: name, layer: before, class: spec.classes[map] };
    return [
      heading(t("{output}: {layer} \u00d7 the weights of {class}", words)),
      shown,
      line(tn("{count} product", "{count} products", count, { count: number(count) })),
      line(t("penalty {value}", { value: number(value, 4) })),
    ];
  }
  const words = { output: name, layer: before, class: spec.classes[map] };
  return [
    heading(t("{output}: ({layer} \u2212 code of {class})\u00b2", words)),
    shown,
    line(
      tn(
        "{count} squared difference, up to {limit}",
        "{count} squared differences, up to {limit}",
        count,
        { count: number(count), limit: number(limit, 2) },
      ),
    ),
    line(t("add up to {sum}", { sum: number(own.sum, 4) })),
  ];
}

function heading(text) {
  const made = line(text);
  made.className = "name";
  return made;
}

function line(text) {
  const made = document.createElement("div");
  made.textContent = text;
  return made;
}
