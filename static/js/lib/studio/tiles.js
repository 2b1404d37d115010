/** Response maps: many small ones in one bitmap, and one enlarged. */

import { clipRounded, drawSheet, strokeZero } from './canvases.js';
import { colourField } from './colouring.js';

/** @typedef {import('./scene.js').View} View */
/** @typedef {import('./canvases.js').Field} Field */
/** @typedef {ReturnType<typeof import('./canvases.js').createSheet>} Sheet */
/** @typedef {ReturnType<typeof import('./canvases.js').createEasel>} Easel */
/** @typedef {{sheet: Sheet, easel: Easel, ramp: Uint32Array, view: View}} Tools */

export const PER_ROW = 16;
const GRID = 48;

/** Rows of a (units × points) array as fields. @param {Float64Array} values @param {number} points @returns {Field[]} */
export function fieldsOf(values, points) {
  return Array.from({ length: values.length / points }, (_, row) => {
    const from = row * points;
    return (/** @type {number} */ k) => values[from + k];
  });
}

/** A field on every stride-th grid point of each axis. @param {Field} field @param {number} side @param {number} stride @param {number} small @returns {Field} */
function thinned(field, side, stride, small) {
  if (stride === 1) return field;
  return (k) => field(Math.floor(k / small) * stride * side + (k % small) * stride);
}

/**
 * @param {Field[]} fields
 * @param {number} side
 * @param {Tools} tools
 */
export function paintTiles(fields, side, { sheet, easel, ramp, view }) {
  const { tile, density, colours } = view;
  const stride = Math.max(1, Math.floor(side / GRID));
  const small = Math.floor((side - 1) / stride) + 1;
  const columns = Math.max(1, Math.min(PER_ROW, fields.length));
  const context = easel.open(columns * tile, Math.max(1, Math.ceil(fields.length / PER_ROW)) * tile);
  fields.forEach((whole, index) => {
    const field = thinned(whole, side, stride, small);
    const place = { x: (index % PER_ROW) * tile, y: Math.floor(index / PER_ROW) * tile, size: tile };
    clipRounded(context, place);
    drawSheet(context, sheet.draw(small, (pixels) => colourField(pixels, field, small, ramp)), place);
    strokeZero(context, field, { side: small, stride: 1, place, ink: colours.ink, width: density, alpha: 0.45 });
    context.restore();
  });
  return easel.finish();
}

/** @param {Field} field @param {number} side @param {Tools} tools */
export function paintEnlarged(field, side, { sheet, easel, ramp, view }) {
  const size = view.enlarged;
  const place = { x: 0, y: 0, size };
  const context = easel.open(size, size);
  drawSheet(context, sheet.draw(side, (pixels) => colourField(pixels, field, side, ramp)), place);
  strokeZero(context, field, { side, stride: 1, place, ink: view.colours.ink, width: view.density, alpha: 0.6 });
  return easel.finish();
}
