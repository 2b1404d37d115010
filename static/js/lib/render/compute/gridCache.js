/**
 * The ground a scene stands on: a grid over its plane with the features on it, made once for each fineness.
 */

import { blocks as blocksOf } from '../../model/parameterLayout.js';
import { evaluateFeature } from './features.js';
import { forward, allocateActivations } from './forward.js';
import { featureValues, gridPoints } from './grid.js';

/** @typedef {import('./features.js').Operations} Operations */
/** @typedef {import('./forward.js').Application} Application */
/** @typedef {import('./grid.js').Plane} Plane */
/** @typedef {import('../scene.js').Scene} Scene */
/**
 * @typedef {{applications: Record<string, Application>, operations: Operations}} Evaluator rendered from the
 *   engine's registries
 */

/**
 * @param {Scene & {plane: Plane}} scene
 * @param {Evaluator} evaluator
 */
export function createGridCache(scene, { applications, operations }) {
  const blocks = blocksOf(scene.inputs.length, scene.layers);
  const activations = scene.layers.map(({ activation }) => applications[activation]);
  /** @type {Map<number, {x: Float64Array, room: Float64Array[]}>} */
  const grids = new Map();

  /** @param {number} side */
  function gridOf(side) {
    const points = side * side;
    const grid = grids.get(side) ?? {
      x: featureValues(
        scene.inputs,
        gridPoints(scene.plane, side),
        points,
        scene.standardization,
        operations,
      ),
      room: allocateActivations(blocks, points),
    };
    grids.set(side, grid);
    return grid;
  }

  return {
    /**
     * Every layer's activations, (units × side²) each; overwritten by the next call.
     * @param {Float32Array} theta
     * @param {number} side
     */
    activationsOf(theta, side) {
      const { x, room } = gridOf(side);
      return forward(room, x, theta, blocks, side * side, activations);
    },
    /** The features on offer; null where their formula is not known. @param {number} side */
    offers(side) {
      const variables = gridPoints(scene.plane, side);
      return scene.offers.map((nodes) => nodes && evaluateFeature(nodes, variables, side * side, operations));
    },
  };
}
