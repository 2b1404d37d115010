/** Numbers on a graph as the slides print them. */

import { fixed } from './number.js';
import { numberTex, formatNumber } from './boardNumber.js';

const NOTHING_BELOW = 0.005;
const WHOLE = 1e-9;
const DIGITS = 2;

/** @param {number} value */
const isSmall = (value) => value !== 0 && Math.abs(value) < NOTHING_BELOW;

/** @param {number} value */
const shortened = (value) => Number(value.toPrecision(DIGITS));

/**
 * Two decimals, none where there are none, powers of ten where two decimals would be 0.
 * @param {number | null} value
 */
export function roundedNumber(value) {
  if (value === null) return '';
  if (isSmall(value)) return formatNumber(shortened(value));
  return Math.abs(value - Math.round(value)) < WHOLE ? fixed(value, 0) : fixed(value, DIGITS);
}

/** The same in TeX. @param {number | null} value */
export function roundedTex(value) {
  return value !== null && isSmall(value)
    ? numberTex(shortened(value), false)
    : roundedNumber(value)
        .replace(/\u2212/g, '-')
        .replace(',', '{,}');
}
