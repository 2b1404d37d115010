/** The decision boundary: what the network says all over the plane, and the line where it changes its mind. */

import { drawSheet, strokeZero } from './canvases.js';
import { colourClasses, colourField, lead } from './colouring.js';

/** @typedef {import('./scene.js').Scene} Scene */
/** @typedef {import('./scene.js').View} View */
/** @typedef {import('./shades.js').Shades} Shades */
/** @typedef {import('./tiles.js').Sheet} Sheet */
/** @typedef {import('./tiles.js').Easel} Easel */
/** @typedef {{scene: Scene, view: View, values: Float64Array, side: number, shades: Shades, sheet: Sheet}} Work */

const SURE = 0.8;

/** The lines between classes and the field of each point. @param {OffscreenCanvasRenderingContext2D} context @param {Work} work */
function paintClasses(context, { scene, view, values, side, shades, sheet }) {
  const chance = 1 / scene.classes;
  const strength = (/** @type {number} */ p) =>
    view.discretize ? SURE : Math.max(0, Math.min(1, (p - chance) / (1 - chance)));
  const pixels = (/** @type {Uint32Array} */ target) =>
    colourClasses(target, values, side, shades.classes, strength);
  drawSheet(context, sheet.draw(side, pixels), { x: 0, y: 0, size: view.board });
  for (let c = 0; c < scene.classes; c += 1) strokeZero(context, lead(values, side * side, c), line(view, side));
}

/** @param {OffscreenCanvasRenderingContext2D} context @param {Work} work */
function paintSigned(context, { scene, view, values, side, shades, sheet }) {
  const [low, high] = scene.targets;
  const signed = (/** @type {number} */ k) => (2 * values[k] - low - high) / (high - low);
  const shown = view.discretize ? (/** @type {number} */ k) => Math.sign(signed(k)) : signed;
  const pixels = (/** @type {Uint32Array} */ target) => colourField(target, shown, side, shades.signed);
  drawSheet(context, sheet.draw(side, pixels), { x: 0, y: 0, size: view.board });
  strokeZero(context, signed, line(view, side));
}

/** @param {View} view @param {number} side */
function line(view, side) {
  const place = { x: 0, y: 0, size: view.board };
  return { side, stride: 1, place, ink: view.colours.ink, width: 1.25 * view.density, alpha: 0.75 };
}

/** @param {Easel} easel @param {Work} work */
export function paintBoard(easel, work) {
  const context = easel.open(work.view.board, work.view.board);
  if (work.scene.classes > 2) paintClasses(context, work);
  else paintSigned(context, work);
  return easel.finish();
}
