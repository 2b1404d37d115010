/**
 * Units that do nothing any more over the training examples, as the engine's `silent_units` tells them: a
 * dead one's
 * slope is 0 for every example, a flat one's nearly 0 for nearly all. Slopes by differences: these are only
 * drawn.
 */

import { blocks as blocksOf } from '../../model/parameterLayout.js';
import { allocateActivations, weightedSum } from './forward.js';
import { featureValues } from './grid.js';
import { columnsOf } from './pointCloud.js';

/** @typedef {import('./gridCache.js').Evaluator} Evaluator */
/** @typedef {import('../scene.js').Cloud} Cloud */
/** @typedef {import('../scene.js').Scene} Scene */
/** @typedef {'' | 'dead' | 'flat'} Silence */

const FLAT = 0.05;
const MOST = 0.95;
const H = 1e-4;
const REACH = 6;
const PIECES = 120;

/** @typedef {(values: Float64Array, from: number, to: number) => void} Application */

/** |g′(z)| by central differences. @param {Application} apply @param {Float64Array} z */
function slopes(apply, z) {
  const above = z.map((value) => value + H);
  const below = z.map((value) => value - H);
  apply(above, 0, z.length);
  apply(below, 0, z.length);
  return above.map((value, k) => Math.abs(value - below[k]) / (2 * H));
}

/** The steepest the activation gets around 0. @param {Application} apply */
function steepest(apply) {
  return Math.max(
    ...slopes(
      apply,
      Float64Array.from({ length: PIECES + 1 }, (_, k) => (2 * REACH * k) / PIECES - REACH),
    ),
  );
}

/** @param {Float64Array} steep of one unit, an example each @param {number} greatest @returns {Silence} */
function deadUnitOf(steep, greatest) {
  if (steep.every((slope) => slope === 0)) return 'dead';
  let flat = 0;
  for (const slope of steep) if (slope < FLAT * greatest) flat += 1;
  return flat >= MOST * steep.length ? 'flat' : '';
}

/** @param {Scene} scene @param {Cloud} cloud @param {Evaluator} evaluator */
export function createDeadUnits(scene, cloud, { applications, operations }) {
  const blocks = blocksOf(scene.inputs.length, scene.layers);
  const rows = cloud.x.filter((_, row) => !cloud.hollow[row]);
  const count = rows.length;
  const x =
    count > 0
      ? featureValues(scene.inputs, columnsOf(rows), count, scene.standardization, operations)
      : new Float64Array();
  const room = allocateActivations(blocks, count);
  const greatest = scene.layers.map(({ activation }) => steepest(applications[activation]));

  /** Layer by layer, a word per unit. @param {Float32Array} theta @returns {Silence[][]} */
  return (theta) =>
    blocks.map((block, layer) => {
      const z = room[layer];
      if (count === 0) return [];
      weightedSum(z, layer === 0 ? x : room[layer - 1], theta, block, count);
      const steep = slopes(applications[scene.layers[layer].activation], z);
      applications[scene.layers[layer].activation](z, 0, z.length);
      return Array.from({ length: block.units }, (_, unit) =>
        deadUnitOf(steep.subarray(unit * count, (unit + 1) * count), greatest[layer]),
      );
    });
}
