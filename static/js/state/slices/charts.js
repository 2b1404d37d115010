/** What else can stand in the plane's place, and the engine's numbers for it, each dated to its step. */

/** @typedef {import('../types.js').Event} Event */
/** @typedef {import('../../transport/frame.js').Score} Score */

/** @typedef {'boundary' | 'space' | 'errors' | 'weights' | 'distributions' | 'gradients'} ChartName */
/** @typedef {{low: number, high: number, counts: number[]}} Histogram */
/**
 * @typedef {{
 *   activations: Histogram,
 *   deltas: Histogram,
 *   dead: number[],
 *   saturated: number[],
 *   gradient_norm: number | null,
 * }} LayerDistribution
 */
/** @typedef {{step: number, epoch: number, examples: number, layers: LayerDistribution[]}} Distributions */
/** @typedef {Score & {confusion: number[][] | null, pairs: [number, number | null][] | null}} Evaluated */
/** @typedef {{step: number, epoch: number, train: Evaluated, test: Evaluated | null}} Evaluation */
/** @typedef {{step: number, epoch: number, norms: (number | null)[]}} NormRow one gradient norm per layer */
/**
 * @typedef {{distributions: Distributions | null, evaluation: Evaluation | null, norms: NormRow[]}} Charts
 */
/**
 * @typedef {{
 *   type: 'distributions',
 *   distributions: Distributions,
 * } | {type: 'evaluation', evaluation: Evaluation}} ChartEvent
 */

/** @type {ChartName[]} */
export const CHARTS = ['boundary', 'space', 'errors', 'weights', 'distributions', 'gradients'];

/** @type {Charts} */
export const NO_CHARTS = { distributions: null, evaluation: null, norms: [] };

const LONGEST = 1200;

/**
 * A smaller step, or another number of layers, ends what was before.
 * @param {NormRow[]} rows
 * @param {Distributions} told
 */
function append(rows, { step, epoch, layers }) {
  const norms = layers.map(({ gradient_norm: norm }) => norm);
  const kept = rows.filter((row) => row.step < step && row.norms.length === norms.length);
  const longer = [...kept, { step, epoch, norms }];
  return longer.length > LONGEST ? longer.filter((_, index) => index % 2 === 0) : longer;
}

/** @param {Charts} charts @param {Event} event @returns {Charts} */
export function reduceCharts(charts, event) {
  switch (event.type) {
    case 'joined':
      return NO_CHARTS;
    case 'distributions':
      return {
        ...charts,
        distributions: event.distributions,
        norms: append(charts.norms, event.distributions),
      };
    case 'evaluation':
      return { ...charts, evaluation: event.evaluation };
    default:
      return charts;
  }
}
