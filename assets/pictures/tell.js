// What pointing at a cell of a picture tells; the browser's twin of lenet/figures/pictures.py.

import { number } from "../shared/words.js";

/** What pointing at a cell of a picture tells. */
export function tell(picture, [row, column]) {
  const { columns, decimals, field, origin, told, toldOutside, values } = picture;
  const index = row * columns + column;
  const filled = {
    row: row + origin[0],
    column: column + origin[1],
    index,
    value: number(values[index], decimals),
  };
  const text = !field || contains(field, row, column) ? told : toldOutside;
  return text.replace(/\{(row|column|index|value)\}/g, (_, name) => filled[name]);
}

const contains = ([top, left, height, width], row, column) =>
  row >= top && row < top + height && column >= left && column < left + width;
