/** What several views need to know of the state, worked out once per change. Pure functions. */

import { layOut } from './geometry.js';
import { blocks, parameterCount, place } from './parameters.js';

/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../state/types.js').Catalog} Catalog */
/** @typedef {import('./geometry.js').Geometry} Geometry */
/** @typedef {import('./geometry.js').Offer} Offer */
/** @typedef {import('./pointing.js').Part} Part */

/**
 * A function of several values that works only when one of them is another than last time.
 * @template {unknown[]} Arguments
 * @template Result
 * @param {(...values: Arguments) => Result} make
 * @returns {(...values: Arguments) => Result}
 */
export function remembered(make) {
  /** @type {Arguments | null} */
  let known = null;
  /** @type {Result} */
  let result;
  return (...values) => {
    if (known === null || values.some((value, index) => value !== known?.[index])) {
      result = make(...values);
      known = values;
    }
    return result;
  };
}

/** The features shown as inputs: the seven on offer, then any others the network uses. @param {Catalog} catalog @param {string[]} features @returns {Offer[]} */
export function offersOf({ features: offered }, features) {
  const formulas = offered.map(({ formula }) => formula);
  for (const formula of features) if (!formulas.includes(formula)) formulas.push(formula);
  return formulas.map((formula) => ({ formula, active: features.indexOf(formula) }));
}

/** All that the arrangement depends on, so that commands which change none of it move nothing. */
const shapeOf = remembered((/** @type {NetworkState} */ { spec }) =>
  JSON.stringify({ features: spec.features, layers: spec.layers.map(({ units }) => ({ units, activation: '' })) }),
);

const arrange = remembered(
  (
    /** @type {Catalog} */ catalog,
    /** @type {string} */ shape,
    /** @type {number} */ width,
    /** @type {number} */ height,
    /** @type {number} */ rem,
  ) => {
    const { features, layers } = JSON.parse(shape);
    return layOut(offersOf(catalog, features), layers, { width, height, rem });
  },
);

/** Where the diagram's parts stand; null until there is a network and a place to draw it. @param {State} state @returns {Geometry | null} */
export function diagramOf({ catalog, network, measures }) {
  if (!catalog || !network || measures.width === 0) return null;
  return arrange(catalog, shapeOf(network), measures.width, measures.height, measures.rem);
}

/** @param {NetworkState} network */
export function blocksOf({ spec }) {
  return blocks(spec.features.length, spec.layers);
}

/** The newest parameters, unless they are still those of another shape. @param {State} state */
export function thetaOf({ network, frame }) {
  if (!network || !frame) return null;
  return frame.theta.length === parameterCount(blocksOf(network)) ? frame.theta : null;
}

/** The value of a weight or bias. @param {State} state @param {Part} part */
export function valueOf(state, { layer, unit, input }) {
  const theta = thetaOf(state);
  if (!theta || !state.network) return NaN;
  return theta[place(blocksOf(state.network), layer, unit, input)];
}

/** A unit's tile among the pictures: features on offer count from 0, units layer by layer. @param {NetworkState} network @param {number} layer @param {number} unit */
export function tileIndex({ spec }, layer, unit) {
  if (layer < 0) return unit;
  return spec.layers.slice(0, layer).reduce((sum, { units }) => sum + units, 0) + unit;
}

/** What the dataset is; undefined for own data. @param {State} state */
export function datasetOf({ catalog, network }) {
  return catalog?.datasets.find(({ name }) => name === network?.spec.data.name);
}

/** Updates in one pass over the training data. @param {State} state */
export function stepsPerEpoch({ network, data }) {
  const rows = data?.split.filter((split) => split === 'train').length ?? 0;
  return Math.max(1, Math.ceil(rows / Math.max(1, network?.spec.batch_size ?? 1)));
}

/** The outputs drawn as −1 and +1: a two-class network's two targets, a regression's range. @param {Pick<State, 'data' | 'network'>} state @returns {[number, number]} */
export function targetsOf({ data, network }) {
  if (!data || !network) return [-1, 1];
  if (data.task === 'classification' && data.classes <= 2) {
    if (predictionOf(network) === 'sigmoid') return [0, 1];
    let low = Infinity;
    let high = -Infinity;
    for (const [y] of data.y) {
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
    return low < high ? [low, high] : [-1, 1];
  }
  let size = 0;
  for (const [y] of data.y) size = Math.max(size, Math.abs(y));
  const range = size > 1 ? size : 1;
  return [-range, range];
}

/** What the loss makes of the output layer. @param {NetworkState} network @returns {'identity' | 'sigmoid' | 'softmax'} */
export function predictionOf({ spec }) {
  if (spec.loss === 'binary_cross_entropy') return 'sigmoid';
  return spec.loss === 'cross_entropy' ? 'softmax' : 'identity';
}
