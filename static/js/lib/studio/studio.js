/** Draws a scene for one set of parameters: the boundary, every unit's response map, the chosen one enlarged. */

import { blocks } from '../parameters.js';
import { paintBoard } from './board.js';
import { createEasel, createSheet } from './canvases.js';
import { evaluateFeature } from './features.js';
import { forward, predict } from './forward.js';
import { featureValues, gridPoints } from './grid.js';
import { SHARPEST, movingSide } from './scene.js';
import { createShades } from './shades.js';
import { PER_ROW, fieldsOf, paintEnlarged, paintTiles } from './tiles.js';

/** @typedef {import('./scene.js').Scene} Scene */
/** @typedef {import('./scene.js').View} View */
/** @typedef {import('./scene.js').Pictures} Pictures */
/** @typedef {import('./forward.js').Application} Application */
/** @typedef {import('./features.js').Operations} Operations */
/** @typedef {{applications: Record<string, Application>, operations: Operations}} Evaluator rendered from the engine's registries */
/** @typedef {{x: Float64Array, offers: (Float64Array | null)[]}} Grid */

/** The features all over the plane; they do not depend on the parameters. @param {Scene} scene @param {number} side @param {Operations} operations @returns {Grid} */
function makeGrid(scene, side, operations) {
  const points = side * side;
  const variables = gridPoints(scene.plane, side);
  return {
    x: featureValues(scene.inputs, variables, points, scene.standardization, operations),
    offers: scene.offers.map((nodes) => nodes && evaluateFeature(nodes, variables, points, operations)),
  };
}

/** @param {Evaluator} evaluator */
export function createStudio({ applications, operations }) {
  const sheet = createSheet();
  const easels = { board: createEasel(), tiles: createEasel(), offers: createEasel(), chosen: createEasel() };
  const shadesOf = createShades();
  /** @type {Map<number, Grid>} */
  let grids = new Map();
  /** @type {Scene | null} */
  let scene = null;
  let offersDrawn = '';

  /** @param {Scene} now @param {number} side */
  function gridOf(now, side) {
    const grid = grids.get(side) ?? makeGrid(now, side, operations);
    grids.set(side, grid);
    return grid;
  }

  /** Null while they look as they did. @param {Scene} now @param {View} view */
  function paintOffers(now, view) {
    const looks = JSON.stringify([now.key, view.tile, view.colours]);
    if (looks === offersDrawn) return null;
    offersDrawn = looks;
    const nothing = new Float64Array(SHARPEST * SHARPEST);
    const fields = gridOf(now, SHARPEST).offers.flatMap((values) => fieldsOf(values ?? nothing, nothing.length));
    const tools = { sheet, easel: easels.offers, ramp: shadesOf(view.colours).signed, view };
    return paintTiles(fields, SHARPEST, tools);
  }

  /** @param {Float64Array[]} layers @param {number} side @param {View} view */
  function paintChosen(layers, side, view) {
    const { chosen } = view;
    const field = chosen && fieldsOf(layers[chosen.layer] ?? new Float64Array(), side * side)[chosen.unit];
    if (!field) return null;
    return paintEnlarged(field, side, { sheet, easel: easels.chosen, ramp: shadesOf(view.colours).signed, view });
  }

  return {
    /** @param {Scene} next */
    setScene(next) {
      scene = next;
      grids = new Map();
    },

    /**
     * Null before there is a scene.
     * @param {Float32Array} theta
     * @param {View} view
     * @param {boolean} sharp as fine as it gets, however long that takes
     * @returns {Omit<Pictures, 'number'> | null}
     */
    paint(theta, view, sharp) {
      if (!scene) return null;
      const side = sharp ? SHARPEST : movingSide(scene.layers, scene.inputs.length);
      const points = side * side;
      const shades = shadesOf(view.colours);
      const activate = scene.layers.map(({ activation }) => applications[activation]);
      const { x } = gridOf(scene, side);
      const layers = forward(x, theta, blocks(scene.inputs.length, scene.layers), points, activate);
      const values = predict(layers[layers.length - 1], scene.prediction, points);
      const units = layers.flatMap((layer) => fieldsOf(layer, points));
      return {
        key: scene.key,
        board: paintBoard(easels.board, { scene, view, values, side, shades, sheet }),
        tiles: paintTiles(units, side, { sheet, easel: easels.tiles, ramp: shades.signed, view }),
        offers: paintOffers(scene, view),
        chosen: paintChosen(layers, side, view),
        field: Float32Array.from(values),
        tile: view.tile,
        perRow: PER_ROW,
        side,
      };
    },
  };
}
