/** What every unit answers all over the plane, for a picture that is made once. */

import { createGridCache } from '../render/compute/gridCache.js';
import { sceneOf } from '../render/renderClient.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../render/compute/gridCache.js').Evaluator} Evaluator */

/** @returns {Promise<Evaluator>} */
const evaluator = () => import(String(new URL('../../../../evaluator.js', import.meta.url)));

/**
 * @param {State} state
 * @param {Float32Array} theta
 * @param {number} side grid points a side
 */
export async function unitFields({ catalog, network, data }, theta, side) {
  const scene = sceneOf(catalog, network, data, true);
  if (!scene?.plane) return null;
  const whole = { ...scene, key: 0, plane: scene.plane };
  const ground = createGridCache(whole, await evaluator());
  return { scene: whole, activations: ground.activationsOf(theta, side), inputs: ground.offers(side) };
}
