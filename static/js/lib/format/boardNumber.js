/** Numbers on the board: four significant digits with a true minus, or all there are; as words and as TeX. */

import { tenTo, whole } from './number.js';
import { text } from './i18n.js';

const DIGITS = 4;
const SMALLEST = 1e-4;
const LARGEST = 1e6;
const LITTLE = 1e-3;

/**
 * @param {number} value
 * @param {boolean} exact
 * @returns {{digits: string, power: number | null}} digits with "-" and "."
 */
function written(value, exact) {
  const size = Math.abs(value);
  const wide = size !== 0 && (size < SMALLEST || size >= LARGEST);
  const [digits, power] = (
    wide
      ? exact
        ? value.toExponential()
        : value.toExponential(DIGITS - 1)
      : exact
        ? String(value)
        : value.toPrecision(DIGITS)
  ).split('e');
  const nothingCut = Math.abs(Number(digits) * 10 ** Number(power ?? 0) - value) <= 1e-12 * size;
  const short = !exact && nothingCut && digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  return { digits: short, power: power === undefined ? null : Number(power) };
}

/** @param {number | null | undefined} value @returns {value is number} */
const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

/** What stands for a value that is to be found. */
const HIDDEN = '?';

/** In words: "−0.02274", "4.386·10⁻⁵". @param {number | null | undefined} value @param {boolean} [exact] */
export function formatNumber(value, exact = false) {
  if (!isNumber(value)) return value === undefined ? HIDDEN : text('number.none');
  const { digits, power } = written(value, exact);
  const plain = digits.replace('-', '\u2212').replace('.', text('number.decimal'));
  return power === null ? plain : `${plain}·${tenTo(power)}`;
}

/** In a sentence: a whole number in groups of three, any other in four digits. @param {number} value */
export const formatValue = (value) => (Number.isSafeInteger(value) ? whole(value) : formatNumber(value));

/** An error: one digit of what is as good as nothing, two of what is not. @param {number | null} value */
export function formatBriefly(value) {
  if (value === null) return formatNumber(value);
  if (value === 0) return '0';
  const [digits, power] = value.toExponential(value < LITTLE ? 0 : 1).split('e');
  return formatNumber(Number(`${digits}e${power}`));
}

/** TeX with the language's own sign before decimals. @param {string} tex */
export function withOwnDecimals(tex) {
  const sign = text('number.decimal');
  return sign === '.' ? tex : tex.replace(/(\d)\.(?=\d)/g, `$1{${sign}}`);
}

/**
 * The number itself in TeX, that knows its exact value.
 * @param {number | null | undefined} value
 * @param {boolean} exact
 */
export function numberTex(value, exact) {
  if (value === undefined) return String.raw`\boxed{${HIDDEN}}`;
  if (!isNumber(value)) return String.raw`\text{${text('number.none')}}`;
  const { digits, power } = written(value, exact);
  const plain = withOwnDecimals(digits);
  const shown = power === null ? plain : String.raw`${plain}\cdot10^{${power}}`;
  return String.raw`\htmlData{exact=${value}}{${shown}}`;
}

/**
 * As a factor or a term: negative numbers in brackets.
 * @param {number | null | undefined} value
 * @param {boolean} exact
 */
export function bracketedTex(value, exact) {
  const inner = numberTex(value, exact);
  return isNumber(value) && value < 0 ? `(${inner})` : inner;
}

/** TeX as it is copied: without what only this page understands. @param {string} tex */
export function plainTex(tex) {
  return tex.replace(/\\htmlData\{[^{}]*\}\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1');
}
