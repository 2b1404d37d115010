/** The plane as a square grid of points, and the network's features on it. */

import { evaluateFeature } from './features.js';

/** @typedef {{x1: [number, number], x2: [number, number]}} Plane */
/** @typedef {{mean: number[], scale: number[]}} Standardization */
/** @typedef {import('./features.js').FeatureNode} FeatureNode */

/**
 * Grid points with x2 ascending by rows and x1 by columns, ends included, as REST's boundary has them.
 * @param {Plane} plane
 * @param {number} side
 */
export function gridPoints({ x1, x2 }, side) {
  const across = new Float64Array(side * side);
  const up = new Float64Array(side * side);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      across[row * side + column] = x1[0] + ((x1[1] - x1[0]) * column) / (side - 1);
      up[row * side + column] = x2[0] + ((x2[1] - x2[0]) * row) / (side - 1);
    }
  }
  return { x1: across, x2: up };
}

/**
 * The features at points, as the network receives them: (features × points).
 * @param {FeatureNode[][]} features
 * @param {Record<string, Float64Array>} variables
 * @param {number} points
 * @param {Standardization | null} standardization
 * @param {import('./features.js').Operations} operations
 */
export function featureValues(features, variables, points, standardization, operations) {
  const values = new Float64Array(features.length * points);
  features.forEach((nodes, index) => {
    const raw = evaluateFeature(nodes, variables, points, operations);
    const mean = standardization?.mean[index] ?? 0;
    const scale = standardization?.scale[index] ?? 1;
    for (let k = 0; k < points; k += 1) values[index * points + k] = (raw[k] - mean) / scale;
  });
  return values;
}
