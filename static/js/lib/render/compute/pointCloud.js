/** The examples as a layer sees them, and what the layers after it say all over its space. */

import { blocks as blocksOf } from '../../model/parameterLayout.js';
import { forward, predict, allocateActivations } from './forward.js';
import { featureValues, gridPoints } from './grid.js';

/** @typedef {import('./gridCache.js').Evaluator} Evaluator */
/** @typedef {import('./grid.js').Plane} Plane */
/** @typedef {import('../scene.js').Cloud} Cloud */
/** @typedef {import('../scene.js').Scene} Scene */

/** A table turned into columns x1, x2, … @param {number[][]} rows */
export function columnsOf(rows) {
  const names = (rows[0] ?? []).map((_, index) => `x${index + 1}`);
  return Object.fromEntries(names.map((name, index) => [name, Float64Array.from(rows, (row) => row[index])]));
}

/**
 * Whether the examples have every input that the features read: other data and their network come one after
 * the other.
 * @param {Scene} scene
 * @param {Cloud} cloud
 */
export function fits({ inputs }, { x }) {
  const names = Object.keys(columnsOf(x.slice(0, 1)));
  return (
    x.length === 0 ||
    inputs.flat().every(({ operation, name = '' }) => operation !== 'variable' || names.includes(name))
  );
}

/** @param {Scene} scene @param {Cloud} cloud @param {Evaluator} evaluator */
export function createPointCloud(scene, cloud, { applications, operations }) {
  const blocks = blocksOf(scene.inputs.length, scene.layers);
  const activations = scene.layers.map(({ activation }) => applications[activation]);
  const count = cloud.x.length;
  const x = featureValues(scene.inputs, columnsOf(cloud.x), count, scene.standardization, operations);
  const room = allocateActivations(blocks, count);
  return {
    /** (units × examples) @param {Float32Array} theta @param {number} layer */
    seen: (theta, layer) => forward(room, x, theta, blocks, count, activations)[layer],
    /**
     * What the network says where a layer of one or two units answers so: (outputs × side²).
     * @param {Float32Array} theta
     * @param {number} layer
     * @param {Plane} plane of the layer's answers
     * @param {number} side
     */
    saying(theta, layer, plane, side) {
      const points = side * side;
      const grid = gridPoints(plane, side);
      const units = scene.layers[layer].units;
      const a = new Float64Array(units * points);
      a.set(grid.x1);
      if (units === 2) a.set(grid.x2, points);
      const after = blocks.slice(layer + 1);
      const outputs =
        forward(allocateActivations(after, points), a, theta, after, points, activations.slice(layer + 1)).at(
          -1,
        ) ?? a;
      return predict(outputs, scene.prediction, points);
    },
  };
}
