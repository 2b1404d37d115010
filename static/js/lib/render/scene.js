/**
 * What the worker is asked to draw, and from what. A scene is a network without its parameters: everything
 * that changes only when a person changes the set-up. A view is how it is looked at: sizes and colours.
 */

/** @typedef {import('./compute/features.js').FeatureNode} FeatureNode */
/** @typedef {import('./compute/grid.js').Plane} Plane */
/** @typedef {import('./compute/grid.js').Standardization} Standardization */
/** @typedef {import('../plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../model/parameterLayout.js').LayerSpec} LayerSpec */
/** @typedef {import('../plot/diagramHitTest.js').Part} Part */
/** @typedef {import('../plot/colorScale.js').Triple} Triple */

/**
 * @typedef {object} Scene
 * @property {number} key a number of its own, so that an answer can be told from that of an older scene
 * @property {FeatureNode[][]} inputs the network's features in order
 * @property {(FeatureNode[] | null)[]} offers the features shown as input nodes; null: unknown, not drawn
 * @property {LayerSpec[]} layers
 * @property {Plane | null} plane null: not two inputs, so nothing to draw maps over
 * @property {Standardization | null} standardization
 * @property {'identity' | 'sigmoid' | 'softmax'} prediction
 * @property {number} classes 0: regression
 * @property {[number, number]} targets the outputs drawn as −1 and +1
 */

/**
 * @typedef {object} Colors
 * @property {Triple} negative
 * @property {Triple} neutral
 * @property {Triple} positive
 * @property {Triple} fieldNegative
 * @property {Triple} fieldPositive
 * @property {Triple} ink
 * @property {Triple} paper
 * @property {Triple} hairline
 * @property {Triple[]} classes
 */

/**
 * @typedef {object} View
 * @property {Geometry} geometry of the diagram, in CSS pixels
 * @property {number} board side of the boundary's picture, in device pixels
 * @property {number} enlarged side of the chosen unit's picture, in device pixels
 * @property {Part | null} chosen
 * @property {Part | null} pointed
 * @property {'all' | 'one' | 'none'} figures whose weights stand there as numbers
 * @property {string} decimal what parts whole from fraction
 * @property {import('../model/frozen.js').LayerFrozen[] | null} frozen
 * @property {boolean} discretize
 * @property {boolean} plain the boundary is shown
 * @property {number | null} space the layer whose hidden space is shown; null: none is
 * @property {number} density device pixels per CSS pixel
 * @property {number} rem
 * @property {number} line the thinnest line that means something, in CSS pixels
 * @property {Colors} colors
 */

/**
 * The examples, for the hidden space.
 * @typedef {{x: number[][], labels: number[], hollow: boolean[], task: string, range: number}} Cloud
 */
/**
 * @typedef {object} Space a layer's space as it is drawn
 * @property {ImageBitmap} picture
 * @property {'unit' | 'units' | 'components'} kind
 * @property {number} layer
 * @property {[number, number]} shares of the variance, of the two components
 * @property {[number, number]} across
 * @property {[number, number]} up
 */

/** @typedef {{type: 'scene', scene: Scene}} SceneMessage */
/** @typedef {{type: 'cloud', cloud: Cloud}} CloudMessage */
/** @typedef {{type: 'view', view: View}} ViewMessage */
/**
 * @typedef {{type: 'paint', theta: Float32Array, sharp: boolean, links: boolean}} PaintMessage links: paint
 *   those too
 */
/**
 * @typedef {object} Pictures
 * @property {ImageBitmap | null} board
 * @property {{layer: number, unit: number} | null} enlarged the unit whose answers the board shows, while it
 *   is pointed at; layer −1: an input on offer
 * @property {('' | 'dead' | 'flat')[][] | null} silent layer by layer, the units that do nothing any more;
 *   null: as before
 * @property {ImageBitmap} maps every response map and bias in its place on the diagram
 * @property {ImageBitmap | null} links null: as before
 * @property {ImageBitmap | null} chosen
 * @property {Space | null} space
 * @property {number} side how many grid points a side the pictures were made from
 * @property {Float32Array} field what the network says on that grid, (outputs × side²), for reading under the
 *   pointer
 */

export const SHARPEST = 100;
const COARSEST = 28;
const BUDGET = 5e6;
const ACTIVATION_COST = 12;

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
