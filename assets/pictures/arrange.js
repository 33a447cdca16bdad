// How large the cells of pictures are, and where their rows are broken, in a room of some width.

export const GAP = 12; // between two pictures, in CSS pixels
export const SIGN = 26; // of a sign and its margin
const LETTER = 7; // of a title, which breaks where it is longer than a short one
const SHORT = 44;
const HEAD = 40; // of a table's rows
const BETWEEN = 2; // its cells' paddings

/** The width of a stack of pictures in cells. */
export const cellsAcross = (stack) =>
  Math.max(...stack.map(({ columns, magnify }) => columns * magnify));

/** Whether a sign stands before a stack. */
export const hasSign = (stack) => stack.some(({ sign }) => sign);

/** What is not cells of a line of stacks: gaps and signs. */
const besides = (line) => GAP * (line.length - 1) + SIGN * line.filter(hasSign).length;

/**
 * { cell, lines }: the side of a cell in CSS pixels, and each row's stacks in lines. Rows are
 * broken only where their cells would be smaller than `least`, all into as few lines as will do,
 * and evenly: no line has many pictures and the next one a single one.
 */
export function arrange({ rows, cell, least }, width) {
  const longest = Math.max(...rows.map((row) => row.length));
  for (let times = 1; ; times++) {
    const lines = rows.map((row) => broken(row, times));
    const fits = Math.min(
      ...lines.flat().map((line) => (width - besides(line)) / sum(line.map(cellsAcross))),
    );
    const side = crisp(Math.min(fits, largest(cell, width)));
    const titled = lines.flat().every((line) => widthOf(line, side) <= width);
    if ((fits >= least && titled) || times >= longest) return { cell: side, lines };
  }
}

/** The width in CSS pixels that a picture has at least, for its title. */
export const leastWidth = ({ title }) => Math.min(SHORT, LETTER * title.length);

const widthOf = (line, cell) =>
  besides(line) +
  sum(line.map((stack) => Math.max(cell * cellsAcross(stack), ...stack.map(leastWidth))));

function broken(row, times) {
  const each = Math.ceil(row.length / Math.min(times, row.length));
  return Array.from({ length: Math.ceil(row.length / each) }, (_, line) =>
    row.slice(line * each, (line + 1) * each),
  );
}

// Cells of whole pixels are all of one size; of less than three a remainder would be lost.
const crisp = (cell) => (cell >= 3 ? Math.floor(cell) : Math.floor(cell * 4) / 4);

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Whether a table of pictures has to be turned, and how large its cells then are. */
export function arrangeTable({ rows, cell, least }, width) {
  const side = cellsAcross(rows.flat().find((stack) => stack.length));
  const fits = (columns) => ((width - HEAD) / columns - BETWEEN) / side;
  const turned = fits(rows[0].length) < least;
  const room = fits(turned ? rows.length : rows[0].length);
  return { turned, cell: crisp(Math.min(room, largest(cell, width))) };
}

// Where there is very much room, pictures may be larger than they are on most screens.
const largest = (cell, width) => cell * Math.max(1, Math.min(2, width / 900));
