/**
 * The decision boundary: what the network says all over the plane, and the line where it changes its mind.
 */

import { addZero, strokePath } from './canvases.js';
import { colorClasses, colorField, classMargin } from './colors.js';

/** @typedef {import('../scene.js').Scene} Scene */
/** @typedef {import('../scene.js').View} View */
/** @typedef {import('./colors.js').ColorRamps} ColorRamps */
/** @typedef {import('./canvases.js').PixelCanvas} PixelCanvas */
/** @typedef {import('./canvases.js').BitmapTarget} BitmapTarget */
/**
 * @typedef {{
 *   scene: Scene,
 *   view: View,
 *   values: Float64Array,
 *   side: number,
 *   shades: ColorRamps,
 *   canvas: Pick<PixelCanvas, 'draw' | 'place'>,
 * }} Work values: (outputs × side²)
 */
/**
 * @typedef {Omit<Work, 'view' | 'canvas'> & {
 *   view: Pick<View, 'discretize'>,
 *   canvas: Pick<PixelCanvas, 'draw'>,
 * }} Coloring
 */

const SURE = 0.8;

/** How a class's share of at least chance shows. @param {number} classes @param {boolean} discretize */
function strengthOf(classes, discretize) {
  const chance = 1 / classes;
  return (/** @type {number} */ p) =>
    discretize ? SURE : Math.max(0, Math.min(1, (p - chance) / (1 - chance)));
}

/** The pixels of several classes, and the fields whose zero lines part them. @param {Coloring} work */
function classPicture({ scene, view, values, side, shades, canvas }) {
  const strength = strengthOf(scene.classes, view.discretize);
  canvas.draw(1, side, (pixels) => colorClasses(pixels, values, side, shades.classes, strength));
  return Array.from({ length: scene.classes }, (_, c) => classMargin(values, side * side, c));
}

/**
 * The pixels of one output, drawn so that its two targets are −1 and +1, and the field they came from.
 * @param {Coloring} work
 */
function signedPicture({ scene, view, values, side, shades, canvas }) {
  const [low, high] = scene.targets;
  const signed = new Float64Array(side * side);
  for (let k = 0; k < signed.length; k += 1) signed[k] = (2 * values[k] - low - high) / (high - low);
  const shown = view.discretize ? signed.map(Math.sign) : signed;
  canvas.draw(1, side, (pixels) => colorField(pixels, shown, side, shades.signed));
  return [signed];
}

/** The pixels, into the sheet, and the fields whose zero lines part them. @param {Coloring} work */
export function colorPixels(work) {
  return work.scene.classes > 2 ? classPicture(work) : signedPicture(work);
}

/**
 * The picture over a whole square canvas; its fields are handed back.
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Work} work
 */
export function paintField(context, work) {
  const { view, side, canvas } = work;
  const place = { x: 0, y: 0, size: view.board };
  const fields = colorPixels(work);
  canvas.place(context, 0, place);
  const path = new Path2D();
  for (const field of fields) addZero(path, field, side, place);
  strokePath(context, path, {
    ink: view.colors.ink,
    width: Math.max(1.25, view.line) * view.density,
    alpha: 0.75,
  });
  return fields;
}

/** @param {BitmapTarget} target @param {Work} work */
export function paintBoundary(target, work) {
  paintField(target.open(work.view.board, work.view.board), work);
  return target.finish();
}
