/** The colour ramps of a view, made once per theme. */

import { divergingRamp, mix, singleRamp } from '../../plot/colorScale.js';

/** @typedef {import('../scene.js').Colours} Colours */
/** @typedef {{signed: Uint32Array, classes: Uint32Array[]}} Shades signed: as it lies under points */

const CALM = 0.62;

/** @param {Colours} colours @returns {Shades} */
export function shadesOf({ fieldNegative, neutral, fieldPositive, classes }) {
  return {
    signed: divergingRamp(fieldNegative, neutral, fieldPositive),
    classes: classes.map((colour) => singleRamp(neutral, mix(neutral, colour, CALM))),
  };
}
