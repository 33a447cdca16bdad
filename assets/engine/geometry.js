// What a unit sees and what it feeds; the browser's twin of the methods of lenet/spec.py.
// Blocks are { row, column, height, width } in units of a layer.

/**
 * The block of `earlier` that a unit of `layer` depends on. With padding it can reach beyond the
 * edges of the map: rows and columns below zero, or beyond the last, are padding.
 */
export function sees(spec, layer, row, column, earlier) {
  let block = { row, column, height: 1, width: 1 };
  for (const { stride, kernel, padding } of path(spec, earlier, layer).reverse()) {
    block = {
      row: block.row * stride - padding,
      column: block.column * stride - padding,
      height: (block.height - 1) * stride + kernel,
      width: (block.width - 1) * stride + kernel,
    };
  }
  return block;
}

/** The maps of `earlier` that a unit of map `map` depends on, as a Set. */
export function seesMaps(spec, layer, map, earlier) {
  let maps = new Set([map]);
  for (const { reads } of path(spec, earlier, layer).reverse()) {
    maps = new Set([...maps].flatMap((k) => reads[k]));
  }
  return maps;
}

/** The block of `later` that depends on a unit; smaller near the edges of a map. */
export function feeds(spec, layer, row, column, later) {
  let rows = [row, row];
  let columns = [column, column];
  for (const step of path(spec, layer, later)) {
    rows = reached(step, rows);
    columns = reached(step, columns);
  }
  return {
    row: rows[0],
    column: columns[0],
    height: rows[1] - rows[0] + 1,
    width: columns[1] - columns[0] + 1,
  };
}

/** The maps of `later` that depend on a unit of map `map`, as a Set. */
export function feedsMaps(spec, layer, map, later) {
  let maps = new Set([map]);
  for (const { reads } of path(spec, layer, later)) {
    maps = new Set(reads.flatMap((read, k) => (read.some((n) => maps.has(n)) ? [k] : [])));
  }
  return maps;
}

/** How a unit is called: "C3[9] (4,7)", or "C5[17]" where a map is one unit. */
export function unitName(layer, map, row, column) {
  return layer.size === 1 ? `${layer.name}[${map}]` : `${layer.name}[${map}] (${row},${column})`;
}

/** { map, row, column } of a unit's index in its layer's flat array. */
export function placeOf(layer, index) {
  const area = layer.size * layer.size;
  const within = index % area;
  return {
    map: Math.floor(index / area),
    row: Math.floor(within / layer.size),
    column: within % layer.size,
  };
}

// The layers after `from` up to and including `to`.
function path(spec, from, to) {
  const order = spec.layers.map((layer) => layer.key);
  return spec.layers.slice(order.indexOf(from) + 1, order.indexOf(to) + 1);
}

function reached({ kernel, stride, padding, size }, [first, last]) {
  return [
    Math.max(0, -Math.floor((kernel - 1 - first - padding) / stride)),
    Math.min(size - 1, Math.floor((last + padding) / stride)),
  ];
}
