/**
 * The engine's numbers for the part that is chosen, each dated to its step: gradients, values, and E over one
 * parameter.
 */

/** @typedef {import('../types.js').Event} Event */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */

/**
 * @typedef {{
 *   step: number,
 *   parameter: string,
 *   value: number,
 *   loss: number | null,
 *   gradient: number | null,
 *   rate: number,
 *   values: number[],
 *   losses: (number | null)[],
 * }} Slice E over one parameter
 */
/**
 * @typedef {{step: number, layers: {dW: (number | null)[][], db: (number | null)[]}[]}} Gradients over all
 *   training rows
 */
/**
 * @typedef {{
 *   step: number,
 *   example: number,
 *   features: number[][],
 *   layers: {z: number[][], a: number[][]}[],
 * }} Answers of one example
 */
/**
 * @typedef {{
 *   part: Part | null,
 *   slice: Slice | null,
 *   gradients: Gradients | null,
 *   answers: Answers | null,
 * }} Probe
 */
/** @typedef {{type: 'probe', probe: Probe}} ProbeEvent */

/** @type {Probe} */
export const NO_PROBE = { part: null, slice: null, gradients: null, answers: null };

/** @param {Probe} probe @param {Event} event @returns {Probe} */
export function reduceProbe(probe, event) {
  if (event.type === 'joined' || (event.type === 'choose' && !event.part)) return NO_PROBE;
  return event.type === 'probe' ? event.probe : probe;
}
