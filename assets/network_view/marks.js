// What one unit sees and what it feeds, outlined over the picture; the rest is dimmed.

import { feeds, feedsMaps, sees, seesMaps } from "../engine/geometry.js";
import { tileHeight, tilesOf, tileWidth } from "./layout.js";

const DIM = 0.72;

/** Paints the marks of a unit { layer, map, row, column }, or wipes them for null. */
export function paintMarks(context, spec, layout, unit, theme) {
  context.clearRect(0, 0, layout.width, layout.height);
  if (!unit) return;
  const order = spec.layers.map((layer) => layer.key);
  const own = order.indexOf(unit.layer);
  spec.layers.forEach((layer, place) => {
    const { key } = layer;
    const earlier = place < own;
    const maps =
      place === own ? new Set([unit.map])
      : earlier ? seesMaps(spec, unit.layer, unit.map, key)
      : feedsMaps(spec, unit.layer, unit.map, key);
    if (key === "output") {
      markOutputs(context, spec, layout, maps, unit, theme);
      return;
    }
    const block =
      place === own ? { row: unit.row, column: unit.column, height: 1, width: 1 }
      : earlier ? sees(spec, unit.layer, unit.row, unit.column, key)
      : feeds(spec, unit.layer, unit.row, unit.column, key);
    const tiles = tilesOf(layout, key);
    if (tiles.length !== layer.maps) {
      markPicture(context, tiles[0], maps, layer, theme);
      return;
    }
    tiles.forEach((tile, map) => {
      if (!maps.has(map)) dim(context, tile, theme);
      else outline(context, tile, block, theme, place > own);
    });
  });
}

// C5 and F6: one picture whose cells are maps.
function markPicture(context, tile, maps, layer, theme) {
  if (maps.size === layer.maps) {
    outline(context, tile, { row: 0, column: 0, height: tile.rows, width: tile.columns }, theme);
    return;
  }
  for (const map of maps) {
    outline(context, tile, cellOf(tile, map), theme);
  }
}

function markOutputs(context, spec, layout, maps, unit, theme) {
  for (const output of layout.outputs) {
    const tile = { ...output.code, rows: spec.codeRows, columns: spec.codeColumns };
    if (!maps.has(output.digit)) dim(context, tile, theme);
    else if (unit.layer === "f6") outline(context, tile, cellOf(tile, unit.map), theme);
    else if (unit.layer === "output") {
      outline(context, tile, { row: 0, column: 0, height: tile.rows, width: tile.columns }, theme);
    }
  }
}

const cellOf = (tile, index) => ({
  row: Math.floor(index / tile.columns),
  column: index % tile.columns,
  height: 1,
  width: 1,
});

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

function dim(context, tile, theme) {
  context.save();
  context.globalAlpha = DIM;
  context.fillStyle = theme.page;
  context.fillRect(tile.x - 1, tile.y - 1, tileWidth(tile) + 2, tileHeight(tile) + 2);
  context.restore();
}
