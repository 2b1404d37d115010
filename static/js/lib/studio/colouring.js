/** Values to pixels. Canvas rows run downwards and x2 upwards, so rows are turned over here, once. */

import { SHADES } from '../ramp.js';

/** @typedef {Uint32Array} Ramp SHADES packed colours, −1 first */

/** @param {number} value @returns {number} the shade of a value clamped to −1…1; NaN shows as 0 */
const shade = (value) => {
  const clamped = value > 1 ? 1 : value >= -1 ? value : value < -1 ? -1 : 0;
  return Math.round((clamped + 1) * ((SHADES - 1) / 2));
};

/**
 * @param {Uint32Array} pixels (side × side)
 * @param {(index: number) => number} field −1…1
 * @param {number} side
 * @param {Ramp} ramp
 */
export function colourField(pixels, field, side, ramp) {
  for (let row = 0; row < side; row += 1) {
    const line = (side - 1 - row) * side;
    for (let column = 0; column < side; column += 1) {
      pixels[line + column] = ramp[shade(field(row * side + column))];
    }
  }
}

/**
 * Several classes: the strongest one's colour, the stronger the surer.
 * @param {Uint32Array} pixels
 * @param {Float64Array} values (classes × side²)
 * @param {number} side
 * @param {Ramp[]} ramps one per class
 * @param {(share: number) => number} strength 0…1
 */
export function colourClasses(pixels, values, side, ramps, strength) {
  const points = side * side;
  const classes = values.length / points;
  for (let row = 0; row < side; row += 1) {
    const line = (side - 1 - row) * side;
    for (let column = 0; column < side; column += 1) {
      const k = row * side + column;
      let best = 0;
      for (let c = 1; c < classes; c += 1) if (values[c * points + k] > values[best * points + k]) best = c;
      pixels[line + column] = ramps[best % ramps.length][Math.round(strength(values[best * points + k]) * (SHADES - 1))];
    }
  }
}

/** How far class c is ahead of the best other one: its border is where this is 0. @param {Float64Array} values @param {number} points @param {number} c @returns {(k: number) => number} */
export function lead(values, points, c) {
  const classes = values.length / points;
  return (k) => {
    let other = -Infinity;
    for (let d = 0; d < classes; d += 1) if (d !== c) other = Math.max(other, values[d * points + k]);
    return values[c * points + k] - other;
  };
}
