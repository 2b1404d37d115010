/** The line where a field is 0, by marching squares with linear interpolation along the cells' sides. */

/**
 * For each of the 16 ways a cell's corners can be above 0 (bits: here 1, right 2, upper right 4, above 8),
 * the sides the line crosses, in pairs. Sides: 0 below, 1 right, 2 above, 3 left. The two ambiguous cells
 * are cut as two separate corners.
 */
const CROSSINGS = [
  [],
  [3, 0],
  [0, 1],
  [3, 1],
  [1, 2],
  [3, 0, 1, 2],
  [0, 2],
  [3, 2],
  [2, 3],
  [2, 0],
  [0, 1, 2, 3],
  [2, 1],
  [1, 3],
  [1, 0],
  [0, 3],
  [],
];

/** The share of the way from a to b at which the field is 0. @param {number} a @param {number} b */
const crossing = (a, b) => a / (a - b || 1);

/**
 * Walk the zero line of a field, piece by piece. Points come in grid units: column from the left, row from
 * below.
 * @param {Float64Array} field (side × side)
 * @param {number} side
 * @param {(x: number, y: number, starts: boolean) => void} visit
 */
export function traceZero(field, side, visit) {
  for (let row = 0; row + 1 < side; row += 1) {
    for (let column = 0; column + 1 < side; column += 1) {
      const at = row * side + column;
      const here = field[at];
      const right = field[at + 1];
      const across = field[at + side + 1];
      const above = field[at + side];
      const sides =
        CROSSINGS[(here > 0 ? 1 : 0) | (right > 0 ? 2 : 0) | (across > 0 ? 4 : 0) | (above > 0 ? 8 : 0)];
      for (let k = 0; k < sides.length; k += 1) {
        const starts = k % 2 === 0;
        if (sides[k] === 0) visit(column + crossing(here, right), row, starts);
        else if (sides[k] === 1) visit(column + 1, row + crossing(right, across), starts);
        else if (sides[k] === 2) visit(column + crossing(above, across), row + 1, starts);
        else visit(column, row + crossing(here, above), starts);
      }
    }
  }
}
