/** The pictures that can be saved. To add one, write it and add it here. */

import { drawBoundary } from './boundary.js';
import { drawDiagram } from './diagram.js';
import { rasterize } from './raster.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('./svgDocument.js').Svg} Svg */
/** @typedef {keyof typeof DRAWINGS} Drawing */

/** null: there is nothing to draw it from. */
const DRAWINGS = { diagram: drawDiagram, boundary: drawBoundary };

/**
 * @param {Drawing} drawing
 * @param {'svg' | 'png'} form
 * @param {State} state
 * @param {Float32Array} theta
 * @returns {Promise<Blob | null>}
 */
export async function exportPicture(drawing, form, state, theta) {
  const svg = await DRAWINGS[drawing](state, theta);
  return svg && (form === 'svg' ? svg.file : rasterize(svg));
}
