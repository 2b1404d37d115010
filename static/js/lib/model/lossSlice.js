/**
 * E as a curve over one weight: its range, reading it between its points, and where one step of descent
 * leads.
 */

const USUAL = 5;
const ROOM = 0.9;
const FINEST = 1e-12;

/** How far from 0 the service goes. */
export const MAX_WEIGHT = 1e6;

/**
 * How far from 0 the curve goes on both sides: to 5, or further when the weight is there.
 * @param {number} value
 */
export function sliceRange(value) {
  const size = Math.abs(value);
  if (!(size > USUAL * ROOM) || !Number.isFinite(size)) return USUAL;
  const power = 10 ** Math.floor(Math.log10(size));
  return [1, 2, 5, 10, 20].map((factor) => factor * power).find((reach) => reach * ROOM >= size) ?? size * 2;
}

/**
 * The curve's height between its points; null where it has none.
 * @param {{values: number[], losses: (number | null)[]}} slice
 * @param {number} value
 */
export function lossAt({ values, losses }, value) {
  const after = values.findIndex((other) => other >= value);
  const index = Math.max(1, after < 0 ? values.length - 1 : after);
  const [low, high] = [losses[index - 1], losses[index]];
  if (low === null || high === null) return null;
  const share = (value - values[index - 1]) / (values[index] - values[index - 1]);
  return low + share * (high - low);
}

/**
 * The lowest and the highest of the curve, with a little room.
 * @param {(number | null)[]} losses
 * @returns {[number, number]}
 */
export function lossRange(losses) {
  const known = losses.filter((loss) => loss !== null);
  if (!known.length) return [0, 1];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const size = Math.max(high - low, FINEST, FINEST * high);
  return [low - 0.06 * size, high + 0.1 * size];
}

/**
 * By how much a step is drawn larger so that it can be seen: a power of ten, 1 when it can be seen as it is.
 * @param {number} step @param {number} least what can be seen
 */
export function enlargement(step, least) {
  const size = Math.abs(step);
  if (!(size > 0) || size >= least || !Number.isFinite(size)) return 1;
  return 10 ** Math.ceil(Math.log10(least / size));
}

/**
 * The rate at which one step leads to a value.
 * @param {number} value
 * @param {number} gradient
 * @param {number} next
 */
export const rateTo = (value, gradient, next) => (value - next) / gradient;
