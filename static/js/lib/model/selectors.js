/** What several views need to know of the state, worked out once per change. Pure functions. */

import { layoutDiagram } from '../plot/diagramLayout.js';
import { blocks, parameterCount, parameterIndex } from './parameterLayout.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../../state/types.js').Catalog} Catalog */
/** @typedef {import('../../state/types.js').LayerSpec} LayerSpec */
/** @typedef {import('../plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../plot/diagramLayout.js').Offer} Offer */
/** @typedef {import('../plot/diagramHitTest.js').Part} Part */

/**
 * A function of several values that works only when one of them is another than last time.
 * @template {unknown[]} Arguments
 * @template Result
 * @param {(...values: Arguments) => Result} make
 * @returns {(...values: Arguments) => Result}
 */
export function memoizeLast(make) {
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

/**
 * The features shown as inputs: the seven on offer, then any others the network uses; used: those alone.
 * @param {Catalog} catalog
 * @param {string[]} features
 * @param {boolean} used
 * @returns {Offer[]}
 */
export function offersOf({ features: offered }, features, used) {
  const formulas = used ? [] : offered.map(({ formula }) => formula);
  for (const formula of features) if (!formulas.includes(formula)) formulas.push(formula);
  return formulas.map((formula) => ({ formula, active: features.indexOf(formula) }));
}

/**
 * All of a network that the arrangement depends on, so that commands which change none of it move nothing.
 * @param {NetworkState} network
 */
function shapeOf({ spec }) {
  return JSON.stringify({
    features: spec.features,
    layers: spec.layers.map(({ units }) => ({ units, activation: '' })),
  });
}

/**
 * The arrangements in use, by what they depend on: a page may show several networks.
 * @type {Map<string, Geometry>}
 */
const arranged = new Map();
/** What each state of a network needs is said once. @type {WeakMap<NetworkState, string>} */
const shapes = new WeakMap();
const KEPT = 24;

/** @param {Catalog} catalog @param {string} shape @param {State['layoutSizes']} measures */
function arrange(catalog, shape, { width, height, rem, coarse, plain, used }) {
  const key = `${shape} ${width} ${height} ${rem} ${coarse} ${plain} ${used}`;
  const known = arranged.get(key);
  if (known) return known;
  const { features, layers } = JSON.parse(shape);
  const geometry = layoutDiagram(offersOf(catalog, features, used), layers, {
    width,
    height,
    rem,
    coarse,
    plain,
    used,
  });
  arranged.set(key, geometry);
  for (const oldest of arranged.keys()) if (arranged.size > KEPT) arranged.delete(oldest);
  return geometry;
}

/**
 * Where the diagram's parts stand; null until there is a network and a place to draw it.
 * @param {State} state
 * @returns {Geometry | null}
 */
export function diagramOf({ catalog, network, layoutSizes }) {
  if (!catalog || !network || layoutSizes.width === 0) return null;
  const shape = shapes.get(network) ?? shapeOf(network);
  shapes.set(network, shape);
  return arrange(catalog, shape, layoutSizes);
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
export function parameterValue(state, { layer, unit, input }) {
  const theta = thetaOf(state);
  if (!theta || !state.network) return NaN;
  return theta[parameterIndex(blocksOf(state.network), layer, unit, input)];
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

/** The smallest and the largest first target. @param {number[][]} y @returns {[number, number]} */
function extent(y) {
  let low = Infinity;
  let high = -Infinity;
  for (const [value] of y) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/**
 * The outputs drawn as −1 and +1: a two-class network's two targets, a regression's range.
 * @param {Pick<State, 'data' | 'network'>} state
 * @returns {[number, number]}
 */
export function targetsOf({ data, network }) {
  if (!network) return [-1, 1];
  const [low, high] = extent(data?.y ?? []);
  if (network.task === 'regression') {
    const size = Math.max(1, Math.abs(low), Math.abs(high));
    return Number.isFinite(size) ? [-size, size] : [-1, 1];
  }
  if (predictionOf(network) === 'sigmoid') return [0, 1];
  return low < high ? [low, high] : [-1, 1];
}

/**
 * What the loss makes of the output layer.
 * @param {NetworkState} network
 * @returns {'identity' | 'sigmoid' | 'softmax'}
 */
export function predictionOf({ spec }) {
  if (spec.loss === 'binary_cross_entropy') return 'sigmoid';
  return spec.loss === 'cross_entropy' ? 'softmax' : 'identity';
}

/**
 * The layers with one of them changed.
 * @param {LayerSpec[]} layers
 * @param {number} index
 * @param {Partial<LayerSpec>} change
 */
export const withLayer = (layers, index, change) =>
  layers.map((layer, at) => (at === index ? { ...layer, ...change } : layer));
