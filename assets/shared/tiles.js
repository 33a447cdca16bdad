// Pictures of units on a page, and which unit is where.
//
// A tile is one picture: { layer, map, first, rows, columns, x, y, scale, single }, in CSS
// pixels. `map` is its only map, or where each cell is a map of a single unit (`single`) the
// first of them; `first` is the index of its first unit in the layer's flat array; `scale` is
// the side of a unit.

export const tileWidth = (tile) => tile.columns * tile.scale;
export const tileHeight = (tile) => tile.rows * tile.scale;
export const tilesOf = ({ tiles }, layer) => tiles.filter((tile) => tile.layer === layer);

/** Every tile of a layer as { layer, map, first, rows, columns, single }, with no place yet. */
export function tilesFor(layer, [rows, columns] = shapeOf(layer)) {
  const single = layer.size === 1;
  return Array.from({ length: single ? 1 : layer.maps }, (_, map) => ({
    layer: layer.key,
    map,
    first: map * rows * columns,
    rows,
    columns,
    single,
  }));
}

/** [rows, columns] of a layer's tiles: those of a map, or of all maps where each is one unit. */
export const shapeOf = (layer) => (layer.size === 1 ? layer.picture : [layer.size, layer.size]);

/** The unit { layer, map, row, column } at a point, or null. */
export function unitAt({ tiles }, x, y) {
  for (const tile of tiles) {
    const row = Math.floor((y - tile.y) / tile.scale);
    const column = Math.floor((x - tile.x) / tile.scale);
    if (row < 0 || row >= tile.rows || column < 0 || column >= tile.columns) continue;
    return tile.single
      ? { layer: tile.layer, map: tile.map + row * tile.columns + column, row: 0, column: 0 }
      : { layer: tile.layer, map: tile.map, row, column };
  }
  return null;
}

/** The tile with a unit in it, and the unit's block there: { tile, block }. */
export function tileOf(layout, { layer, map, row, column }) {
  const tiles = tilesOf(layout, layer);
  const tile = tiles[0].single ? tiles[0] : tiles[map];
  return { tile, block: tile.single ? cellOf(tile, map) : { row, column, height: 1, width: 1 } };
}

/** The middle of a unit on the page: { x, y }. */
export function centreOf(layout, unit) {
  const { tile, block } = tileOf(layout, unit);
  return {
    x: tile.x + (block.column + 0.5) * tile.scale,
    y: tile.y + (block.row + 0.5) * tile.scale,
  };
}

/** The block of one map in a tile of single units. */
export const cellOf = (tile, map) => ({
  row: Math.floor(map / tile.columns),
  column: map % tile.columns,
  height: 1,
  width: 1,
});

/** The part of a block that is inside of a layer, for what is seen of it beside the padding. */
export function inside({ row, column, height, width }, { size }) {
  const [top, left] = [Math.max(row, 0), Math.max(column, 0)];
  return {
    row: top,
    column: left,
    height: Math.min(row + height, size) - top,
    width: Math.min(column + width, size) - left,
  };
}

/** The block that is all of a tile. */
export const allOf = ({ rows, columns }) => ({ row: 0, column: 0, height: rows, width: columns });

/** The smallest rectangle around some tiles: { x, y, width, height }. */
export function boundsOf(tiles) {
  const x = Math.min(...tiles.map((tile) => tile.x));
  const y = Math.min(...tiles.map((tile) => tile.y));
  return {
    x,
    y,
    width: Math.max(...tiles.map((tile) => tile.x + tileWidth(tile))) - x,
    height: Math.max(...tiles.map((tile) => tile.y + tileHeight(tile))) - y,
  };
}
