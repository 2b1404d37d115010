/** The line where a field is 0, by marching squares with linear interpolation along the cells' sides. */

/**
 * For each of the 16 ways a cell's corners can be above 0 (bits: this 1, right 2, upper right 4, up 8),
 * the sides the line crosses, in pairs. Sides: 0 below, 1 right, 2 above, 3 left. The two ambiguous cells
 * are cut as two separate corners.
 */
const CROSSINGS = [
  [], [3, 0], [0, 1], [3, 1], [1, 2], [3, 0, 1, 2], [0, 2], [3, 2],
  [2, 3], [2, 0], [0, 1, 2, 3], [2, 1], [1, 3], [1, 0], [0, 3], [],
];

/** @param {number} a @param {number} b the share of the way from a to b at which the field is 0 */
const crossing = (a, b) => a / (a - b || 1);

/**
 * Draw the zero line of a field into a path. Points come in grid units: column from the left, row from below.
 * @param {(index: number) => number} field
 * @param {number} side
 * @param {number} stride every how manieth grid point is looked at
 * @param {(x0: number, y0: number, x1: number, y1: number) => void} draw
 */
export function traceZero(field, side, stride, draw) {
  for (let row = 0; row + stride < side; row += stride) {
    for (let column = 0; column + stride < side; column += stride) {
      const here = field(row * side + column);
      const right = field(row * side + column + stride);
      const across = field((row + stride) * side + column + stride);
      const above = field((row + stride) * side + column);
      const sides = CROSSINGS[(here > 0 ? 1 : 0) | (right > 0 ? 2 : 0) | (across > 0 ? 4 : 0) | (above > 0 ? 8 : 0)];
      for (let pair = 0; pair < sides.length; pair += 2) {
        const spot = (/** @type {number} */ which) => {
          if (which === 0) return [column + stride * crossing(here, right), row];
          if (which === 1) return [column + stride, row + stride * crossing(right, across)];
          if (which === 2) return [column + stride * crossing(above, across), row + stride];
          return [column, row + stride * crossing(here, above)];
        };
        const [x0, y0] = spot(sides[pair]);
        const [x1, y1] = spot(sides[pair + 1]);
        draw(x0, y0, x1, y1);
      }
    }
  }
}
