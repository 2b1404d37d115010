/**
 * Color ramps, and values to pixels. Canvas rows run downwards and x2 upwards, so rows are turned over here,
 * once.
 */

import { SHADES, divergingRamp, mix, singleRamp } from '../../plot/colorScale.js';

/** @typedef {import('../scene.js').Colors} Colors */

const HALF = (SHADES - 1) / 2;

/** The shade of a value clamped to −1…1; what is not a number shows as 0. @param {number} value */
function shade(value) {
  if (value >= 1) return SHADES - 1;
  if (value <= -1) return 0;
  return Number.isNaN(value) ? HALF : ((value + 1) * HALF + 0.5) | 0;
}

/**
 * A field, every stride-th point of each axis, so that small pictures cost little.
 * @param {Float64Array} field (side × side)
 * @param {number} side
 * @param {number} stride
 * @param {Float64Array} thinned (small × small)
 */
export function subsample(field, side, stride, thinned) {
  let to = 0;
  for (let row = 0; row < side; row += stride) {
    for (let column = 0; column < side; column += stride) {
      thinned[to] = field[row * side + column];
      to += 1;
    }
  }
  return thinned;
}

/**
 * @param {Uint32Array} pixels (side × side)
 * @param {Float64Array} field (side × side) of −1…1
 * @param {number} side
 * @param {Uint32Array} ramp SHADES packed colours, −1 first
 */
export function colorField(pixels, field, side, ramp) {
  for (let row = 0; row < side; row += 1) {
    const line = (side - 1 - row) * side;
    const from = row * side;
    for (let column = 0; column < side; column += 1)
      pixels[line + column] = ramp[shade(field[from + column])];
  }
}

/**
 * Several classes: the strongest one's colour, the stronger the surer.
 * @param {Uint32Array} pixels
 * @param {Float64Array} values (classes × side²)
 * @param {number} side
 * @param {Uint32Array[]} ramps one per class
 * @param {(share: number) => number} strength 0…1
 */
export function colorClasses(pixels, values, side, ramps, strength) {
  const points = side * side;
  const classes = values.length / points;
  for (let k = 0; k < points; k += 1) {
    let best = 0;
    for (let c = 1; c < classes; c += 1) if (values[c * points + k] > values[best * points + k]) best = c;
    const row = Math.floor(k / side);
    const place = (side - 1 - row) * side + (k - row * side);
    pixels[place] =
      ramps[best % ramps.length][Math.round(strength(values[best * points + k]) * (SHADES - 1))];
  }
}

/**
 * How far class c is ahead of the best other one: its border is where this is 0.
 * @param {Float64Array} values (classes × points)
 * @param {number} points
 * @param {number} c
 */
export function classMargin(values, points, c) {
  const classes = values.length / points;
  return Float64Array.from({ length: points }, (_, k) => {
    let other = -Infinity;
    for (let d = 0; d < classes; d += 1) if (d !== c) other = Math.max(other, values[d * points + k]);
    return values[c * points + k] - other;
  });
}

/** @typedef {{signed: Uint32Array, classes: Uint32Array[]}} ColorRamps signed: as it lies under points */

const CALM = 0.62;

/** @param {Colors} colours @returns {ColorRamps} */
export function colorRamps({ fieldNegative, neutral, fieldPositive, classes }) {
  return {
    signed: divergingRamp(fieldNegative, neutral, fieldPositive),
    classes: classes.map((color) => singleRamp(neutral, mix(neutral, color, CALM))),
  };
}
