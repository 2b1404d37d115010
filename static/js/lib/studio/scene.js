/**
 * What the worker is asked to draw, and from what. A scene is a network without its parameters: everything
 * that changes only when a person changes the set-up. A view is how it is looked at: sizes and colours.
 */

/** @typedef {import('./features.js').FeatureNode} FeatureNode */
/** @typedef {import('./grid.js').Plane} Plane */
/** @typedef {import('./grid.js').Standardization} Standardization */
/** @typedef {import('../parameters.js').LayerSpec} LayerSpec */
/** @typedef {import('../ramp.js').Triple} Triple */

/**
 * @typedef {object} Scene
 * @property {number} key a number of its own, so that an answer can be told from that of an older scene
 * @property {FeatureNode[][]} inputs the network's features in order
 * @property {(FeatureNode[] | null)[]} offers the features shown as input nodes; null: unknown, not drawn
 * @property {LayerSpec[]} layers
 * @property {Plane} plane
 * @property {Standardization | null} standardization
 * @property {'identity' | 'sigmoid' | 'softmax'} prediction
 * @property {number} classes 0: regression
 * @property {[number, number]} targets the outputs drawn as −1 and +1
 */

/**
 * @typedef {object} View
 * @property {number} board side of the boundary's picture, in device pixels
 * @property {number} tile side of a unit's picture
 * @property {number} enlarged side of the chosen unit's picture
 * @property {{layer: number, unit: number} | null} chosen
 * @property {boolean} discretize
 * @property {number} density device pixels per CSS pixel
 * @property {{negative: Triple, neutral: Triple, positive: Triple, ink: Triple, classes: Triple[]}} colours
 */

/** @typedef {{type: 'scene', scene: Scene}} SceneMessage */
/** @typedef {{type: 'paint', number: number, theta: Float32Array, view: View, sharp: boolean}} PaintMessage */
/**
 * @typedef {object} Pictures
 * @property {number} key the scene's
 * @property {number} number the request's
 * @property {ImageBitmap} board
 * @property {ImageBitmap} tiles one tile per unit, layer by layer, in rows of `perRow`
 * @property {ImageBitmap | null} offers one tile per feature on offer; null: as before
 * @property {ImageBitmap | null} chosen
 * @property {number} tile
 * @property {number} perRow
 * @property {number} side how many grid points a side the pictures were made from
 * @property {Float32Array} field what the network says on that grid, (outputs × side²), for reading under the pointer
 */

export const SHARPEST = 100;
const COARSEST = 20;
const BUDGET = 6e6;
const ACTIVATION_COST = 8;

/**
 * How many grid points a side: the sharpest unless the network is so large that moving pictures would lag.
 * @param {LayerSpec[]} layers
 * @param {number} inputs
 */
export function movingSide(layers, inputs) {
  let cost = 0;
  let width = inputs;
  for (const { units } of layers) {
    cost += units * (width + ACTIVATION_COST);
    width = units;
  }
  return Math.max(COARSEST, Math.min(SHARPEST, Math.floor(Math.sqrt(BUDGET / cost))));
}
