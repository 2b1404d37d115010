/** Response maps: what each unit answers all over the plane, and one of them enlarged. */

import { addZero, strokePath } from './canvases.js';
import { colorField, subsample } from './colors.js';

/** @typedef {import('../scene.js').View} View */
/** @typedef {import('./canvases.js').Place} Place */
/** @typedef {import('./canvases.js').PixelCanvas} PixelCanvas */
/** @typedef {{canvas: PixelCanvas, ramp: Uint32Array, view: View}} Tools */

const GRID = 48;
const CORNER = 0.12;

/** The rows of a (units × points) array. @param {Float64Array} values @param {number} points */
export function rowsOf(values, points) {
  return Array.from({ length: values.length / points }, (_, row) =>
    values.subarray(row * points, (row + 1) * points),
  );
}

/**
 * Cut the squares' corners off, all at once.
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Place[]} places
 */
function roundCorners(context, places) {
  const corners = new Path2D();
  for (const { x, y, size } of places) {
    corners.rect(x - 1, y - 1, size + 2, size + 2);
    corners.roundRect(x, y, size, size, size * CORNER);
  }
  context.globalCompositeOperation = 'destination-out';
  context.fill(corners, 'evenodd');
  context.globalCompositeOperation = 'source-over';
}

/**
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Float64Array[]} fields (side × side) each
 * @param {Place[]} places one for each field
 * @param {number} side
 * @param {Tools} tools
 */
export function drawMaps(context, fields, places, side, { canvas, ramp, view }) {
  const stride = Math.max(1, Math.floor(side / GRID));
  const small = Math.floor((side - 1) / stride) + 1;
  const zeros = new Path2D();
  const thinned = new Float64Array(small * small);
  canvas.draw(fields.length, small, (pixels, index) => {
    const field = stride === 1 ? fields[index] : subsample(fields[index], side, stride, thinned);
    colorField(pixels, field, small, ramp);
    addZero(zeros, field, small, places[index]);
  });
  places.forEach((place, index) => canvas.place(context, index, place));
  strokePath(context, zeros, { ink: view.colors.ink, width: view.density, alpha: 0.45 });
  roundCorners(context, places);
}

/**
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Float64Array} field
 * @param {number} side
 * @param {Tools} tools
 */
export function drawEnlarged(context, field, side, { canvas, ramp, view }) {
  const place = { x: 0, y: 0, size: view.enlarged };
  canvas.draw(1, side, (pixels) => colorField(pixels, field, side, ramp));
  canvas.place(context, 0, place);
  const zero = new Path2D();
  addZero(zero, field, side, place);
  strokePath(context, zero, { ink: view.colors.ink, width: view.density, alpha: 0.6 });
}
