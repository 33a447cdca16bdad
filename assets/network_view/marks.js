// What one unit sees and what it feeds, outlined over the picture; the rest is dimmed.

import { feeds, feedsMaps, sees, seesMaps } from "../engine/geometry.js";
import { allOf, cellOf, inside, tileHeight, tilesOf, tileWidth } from "../shared/tiles.js";
import { wipe } from "../shared/paint.js";

/** Paints the marks of a unit { layer, map, row, column }, or wipes them for null. */
export function paintMarks(context, spec, layout, unit, theme) {
  wipe(context, Boolean(unit));
  if (!unit) return;
  const own = spec.layers.findIndex(({ key }) => key === unit.layer);
  spec.layers.forEach((layer, place) => {
    const { key } = layer;
    const earlier = place < own;
    const maps =
      place === own ? new Set([unit.map])
      : earlier ? seesMaps(spec, unit.layer, unit.map, key)
      : feedsMaps(spec, unit.layer, unit.map, key);
    if (place === spec.layers.length - 1) {
      markOutputs(context, spec, layout, maps, unit, theme);
      return;
    }
    const block =
      place === own ? { row: unit.row, column: unit.column, height: 1, width: 1 }
      : earlier ? inside(sees(spec, unit.layer, unit.row, unit.column, key), layer)
      : feeds(spec, unit.layer, unit.row, unit.column, key);
    for (const tile of tilesOf(layout, key)) {
      if (tile.single) markPicture(context, tile, maps, theme);
      else if (!maps.has(tile.map)) dim(context, tile, theme);
      else outline(context, tile, block, theme, place > own);
    }
  });
}

// A picture whose cells are maps.
function markPicture(context, tile, maps, theme) {
  if (maps.size === tile.rows * tile.columns) outline(context, tile, allOf(tile), theme);
  else for (const map of maps) outline(context, tile, cellOf(tile, map), theme);
}

// A code has a place for each unit of the layer before the output.
function markOutputs(context, spec, layout, maps, unit, theme) {
  const [before, last] = spec.layers.slice(-2);
  for (const { box, code, digit } of layout.outputs) {
    if (!maps.has(digit)) dimBox(context, code ? boxOf(code) : box, theme);
    else if (!code) continue;
    else if (unit.layer === before.key) outline(context, code, cellOf(code, unit.map), theme);
    else if (unit.layer === last.key) outline(context, code, allOf(code), theme);
  }
}

/**
 * Tells of an edge whether it brings a unit its input; none does for null.
 *
 * Of a unit whose map reads only one map, the edges into that map count too where they are
 * several: so a unit of S4 shows its row of Table I.
 */
export function edgesInto(spec, unit) {
  if (!unit) return () => false;
  const into = (edge, layer, map) => edge.layer === layer && (edge.whole || edge.map === map);
  const place = spec.layers.findIndex(({ key }) => key === unit.layer);
  const [only, ...others] = place > 0 ? spec.layers[place].reads[unit.map] : [];
  const before = spec.layers[place - 1];
  const further = before && !others.length && before.reads[only].length > 1;
  return (edge) =>
    into(edge, unit.layer, unit.map) || Boolean(further && into(edge, before.key, only));
}

/** Outlines a block of a tile's units in the accent colour. */
export function outline(context, tile, block, theme, thin = false) {
  const x = tile.x + block.column * tile.scale;
  const y = tile.y + block.row * tile.scale;
  const width = block.width * tile.scale;
  const height = block.height * tile.scale;
  // A page-coloured line on either side keeps the accent legible on any activation.
  context.strokeStyle = theme.page;
  context.lineWidth = thin ? 2.5 : 4;
  context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
  context.strokeStyle = theme.accent;
  context.lineWidth = thin ? 1 : 2;
  context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
}

const boxOf = (tile) => ({ x: tile.x, y: tile.y, width: tileWidth(tile), height: tileHeight(tile) });
const dim = (context, tile, theme) => dimBox(context, boxOf(tile), theme);

function dimBox(context, { x, y, width, height }, theme) {
  context.save();
  context.globalAlpha = theme.shade;
  context.fillStyle = theme.page;
  context.fillRect(x - 1, y - 1, width + 2, height + 2);
  context.restore();
}
