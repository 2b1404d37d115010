/**
 * Numbers as people read them: fixed digits, a true minus, the language's separators, NaN and ∞ spelt out.
 */

import { text } from './i18n.js';

const MINUS = '\u2212';
const NOTHING = '\u2013';
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const RAISED_MINUS = '⁻';
const POWER = new RegExp(`·10(${RAISED_MINUS}?)([${RAISED}]+)$`);

/** @param {string} digits */
function dress(digits) {
  const [whole, fraction] = digits.replace('-', MINUS).split('.');
  return fraction === undefined ? whole : `${whole}${text('number.decimal')}${fraction}`;
}

/** A power of ten: 10⁻⁷. @param {number} power */
export const tenTo = (power) =>
  `10${power < 0 ? RAISED_MINUS : ''}${[...String(Math.abs(power))].map((digit) => RAISED[Number(digit)]).join('')}`;

/** @param {number} value */
function unusual(value) {
  if (Number.isNaN(value)) return text('number.none');
  return value > 0 ? '\u221e' : `${MINUS}\u221e`;
}

/**
 * A value with a fixed number of decimals; null, "there is none", is a dash.
 * @param {number | null | undefined} value
 * @param {number} digits
 */
export function fixed(value, digits) {
  if (value === null || value === undefined) return NOTHING;
  if (!Number.isFinite(value)) return unusual(value);
  const rounded = value.toFixed(digits);
  return dress(Number(rounded) === 0 ? (0).toFixed(digits) : rounded);
}

/**
 * A loss or a parameter: decimals while they say something, powers of ten beyond.
 * @param {number | null | undefined} value
 * @param {number} [digits] decimals of an ordinary value
 */
export function readable(value, digits = 3) {
  if (value === null || value === undefined || !Number.isFinite(value)) return fixed(value, digits);
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.5 * 10 ** -digits || size >= 1e5)) {
    const [mantissa, power] = value.toExponential(1).split('e');
    return `${dress(mantissa)}·${tenTo(Number(power))}`;
  }
  return fixed(value, size >= 1000 ? 0 : size >= 100 ? Math.min(1, digits) : digits);
}

/**
 * As short as it can be said exactly: what goes into a field.
 * @param {number} value
 * @param {number} [digits] significant ones, at most
 */
export function shortest(value, digits = 6) {
  if (!Number.isFinite(value)) return unusual(value);
  return dress(String(Number(value.toPrecision(digits))));
}

/** Digits in groups of three. @param {string} digits */
const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, text('number.group'));

/** A whole number in groups of three. @param {number} value */
export function whole(value) {
  if (!Number.isFinite(value)) return unusual(value);
  const digits = grouped(String(Math.floor(Math.abs(value))));
  return value < 0 ? MINUS + digits : digits;
}

/**
 * A counter of at least so many digits, in two parts: the zeros in front, and the number.
 * @param {number} value
 * @param {number} digits
 */
export function counted(value, digits) {
  const number = whole(value);
  const padded = grouped(String(Math.floor(value)).padStart(digits, '0'));
  return { zeros: padded.slice(0, padded.length - number.length), number };
}

/**
 * The power of ten that a number is, or is nearest to: 10⁻⁴; what is easily read stays as it is.
 * @param {number} value
 */
export function powerOfTen(value) {
  const power = Math.round(Math.log10(value));
  return Math.abs(power) < 4 ? shortest(value) : tenTo(power);
}

/** A share as a percentage. @param {number | null | undefined} share @param {number} [digits] */
export function percent(share, digits = 1) {
  if (share === null || share === undefined || Number.isNaN(share)) return NOTHING;
  const value = share * 100;
  return text('number.percent', { value: fixed(value, value === 100 ? 0 : digits) });
}

/**
 * What a person typed, as a number; NaN when it is none. Takes a decimal point or comma and either minus;
 * where both stand, the last one is the decimal. What is shown with a power of ten can be typed back.
 * @param {string} typed
 */
export function parseNumber(typed) {
  const written = typed
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replaceAll(MINUS, '-');
  const plain = written.replace(
    POWER,
    (_, sign, digits) => `e${sign && '-'}${[...digits].map((digit) => RAISED.indexOf(digit)).join('')}`,
  );
  if (plain === '') return NaN;
  if (plain.lastIndexOf(',') < plain.lastIndexOf('.')) return Number(plain.replace(/,/g, ''));
  return Number((plain.includes(',') ? plain.replace(/\./g, '') : plain).replace(',', '.'));
}
