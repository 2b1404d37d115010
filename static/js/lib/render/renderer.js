/**
 * Draws a scene for one set of parameters: the boundary, the diagram's maps and links, the chosen unit
 * enlarged.
 */

import { blocks as blocksOf } from '../model/parameterLayout.js';
import { paintBoundary } from './draw/boundary.js';
import { createBitmapTarget, createPixelCanvas } from './draw/canvases.js';
import { fits } from './compute/pointCloud.js';
import { predict } from './compute/forward.js';
import { createGridCache } from './compute/gridCache.js';
import { createLinksLayer, createMapsLayer, createOffersLayer } from './draw/layers.js';
import { drawEnlarged, rowsOf } from './draw/maps.js';
import { SHARPEST, movingSide } from './scene.js';
import { colorRamps } from './draw/colors.js';
import { createDeadUnits } from './compute/deadUnits.js';
import { createHiddenSpace } from './draw/hiddenSpace.js';

/** @typedef {import('./compute/gridCache.js').Evaluator} Evaluator */
/** @typedef {import('./scene.js').Scene} Scene */
/** @typedef {import('./scene.js').View} View */
/** @typedef {import('./scene.js').Cloud} Cloud */
/** @typedef {import('./scene.js').Pictures} Pictures */
/** @typedef {import('./scene.js').PaintMessage} PaintMessage */
/** @typedef {import('./draw/colors.js').ColorRamps} ColorRamps */
/**
 * @typedef {{scene: Scene, view: View, shades: ColorRamps, activations: Float64Array[], side: number}} Work
 */

const SETTLE_MS = 400;

/** The boundary's picture, and the enlarged one. */
function createBoards() {
  const sheets = { board: createPixelCanvas(), chosen: createPixelCanvas() };
  const targets = { board: createBitmapTarget(), chosen: createBitmapTarget() };
  return {
    /** @param {Work} work @param {Float64Array} values */
    board({ scene, view, shades, side }, values) {
      return paintBoundary(targets.board, { scene, view, values, side, shades, canvas: sheets.board });
    },
    /** A unit's answers in the board's place. @param {Work} work @param {Float64Array} field */
    unit({ view, shades, side }, field) {
      drawEnlarged(targets.board.open(view.board, view.board), field, side, {
        canvas: sheets.board,
        ramp: shades.signed,
        view: { ...view, enlarged: view.board },
      });
      return targets.board.finish();
    },
    /** @param {Work} work */
    chosen({ view, shades, activations, side }) {
      const { chosen, enlarged } = view;
      const layer = chosen?.kind === 'unit' ? activations[chosen.layer] : undefined;
      const field = layer && chosen ? rowsOf(layer, side * side)[chosen.unit] : undefined;
      if (!field) return null;
      drawEnlarged(targets.chosen.open(enlarged, enlarged), field, side, {
        canvas: sheets.chosen,
        ramp: shades.signed,
        view,
      });
      return targets.chosen.finish();
    },
  };
}

/** @param {Evaluator} evaluator */
export function createRenderer(evaluator) {
  const offers = createOffersLayer();
  const maps = createMapsLayer(offers);
  const links = createLinksLayer();
  const boards = createBoards();
  const space = createHiddenSpace(evaluator);
  /** @type {{scene: Scene, ground: ReturnType<typeof createGridCache> | null} | null} */
  let stage = null;
  /** @type {{view: View, shades: ColorRamps} | null} */
  let appearance = null;
  let offersPainted = false;
  /** @type {Cloud | null} */
  let cloud = null;
  /** @type {{scene: Scene, cloud: Cloud, silent: ReturnType<typeof createDeadUnits>} | null} */
  let listened = null;
  let heard = -Infinity;

  /**
   * Which units do nothing any more, a few times a second.
   * @param {Scene} scene
   * @param {Float32Array} theta
   * @param {boolean} sharp
   */
  function listen(scene, theta, sharp) {
    const now = performance.now();
    if (!cloud || !fits(scene, cloud) || (!sharp && now - heard < SETTLE_MS)) return null;
    if (listened?.scene !== scene || listened.cloud !== cloud)
      listened = { scene, cloud, silent: createDeadUnits(scene, cloud, evaluator) };
    heard = now;
    return listened.silent(theta);
  }

  /** What is pointed at, as a field over the plane; null: nothing, or no unit. @param {Work} work */
  function pointedField({ view, activations, side }) {
    const { pointed } = view;
    if (pointed?.kind !== 'unit' || !stage?.ground) return null;
    if (pointed.layer < 0) return stage.ground.offers(side)[pointed.unit] ?? null;
    const layer = activations[pointed.layer];
    return layer ? (rowsOf(layer, side * side)[pointed.unit] ?? null) : null;
  }

  /** @param {Cloud} next */
  function setCloud(next) {
    cloud = next;
    space.setCloud(next);
  }

  /** @param {Scene} scene */
  function setScene(scene) {
    const { plane } = scene;
    stage = { scene, ground: plane && createGridCache({ ...scene, plane }, evaluator) };
    offersPainted = false;
  }

  /** @param {View} view */
  function setView(view) {
    appearance = { view, shades: colorRamps(view.colors) };
    offersPainted = false;
  }

  /** Null before there is a scene and a view. @param {PaintMessage} message @returns {Pictures | null} */
  function paint({ theta, sharp, links: withLinks }) {
    if (!stage || !appearance) return null;
    const { scene, ground } = stage;
    const { view, shades } = appearance;
    const side = sharp ? SHARPEST : movingSide(scene.layers, scene.inputs.length);
    const points = side * side;
    const blocks = blocksOf(scene.inputs.length, scene.layers);
    if (ground && !offersPainted) offers.paint(ground.offers(SHARPEST), SHARPEST, view, shades.signed);
    offersPainted = true;
    const activations = ground?.activationsOf(theta, side) ?? [];
    const fields = activations.flatMap((layer) => rowsOf(layer, points));
    const values = ground && predict(activations[activations.length - 1], scene.prediction, points);
    const work = { scene, view, shades, activations, side };
    const pointed = view.plain ? pointedField(work) : null;
    return {
      board:
        !values || !view.plain ? null : pointed ? boards.unit(work, pointed) : boards.board(work, values),
      enlarged: pointed && view.pointed,
      silent: listen(scene, theta, sharp),
      space: space.paint({ ...work, values, theta }),
      maps: maps.paint(ground && { fields, side }, theta, blocks, view, shades.signed),
      links: withLinks ? links.paint(theta, blocks, view) : null,
      chosen: boards.chosen(work),
      side,
      field: Float32Array.from(values ?? []),
    };
  }

  return { setScene, setView, setCloud, paint };
}
