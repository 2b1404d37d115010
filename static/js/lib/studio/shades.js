/** The colour ramps of a view, made once per theme. */

import { divergingRamp, singleRamp } from '../ramp.js';

/** @typedef {import('./scene.js').View} View */
/** @typedef {{signed: Uint32Array, classes: Uint32Array[]}} Shades */

/** @returns {(colours: View['colours']) => Shades} */
export function createShades() {
  let known = '';
  /** @type {Shades} */
  let shades = { signed: new Uint32Array(), classes: [] };
  return (colours) => {
    const key = JSON.stringify(colours);
    if (key !== known) {
      const { negative, neutral, positive, classes } = colours;
      known = key;
      shades = {
        signed: divergingRamp(negative, neutral, positive),
        classes: classes.map((colour) => singleRamp(neutral, colour)),
      };
    }
    return shades;
  };
}
