/**
 * The network as vectors: links and biases drawn as on the page, the units' maps embedded as small pictures.
 */

import { layoutDiagram } from '../plot/diagramLayout.js';
import { blocksOf, offersOf } from '../model/selectors.js';
import { css } from '../plot/colorScale.js';
import { drawBiases } from '../render/draw/biases.js';
import { colorField, colorRamps } from '../render/draw/colors.js';
import { traceZero } from '../render/compute/contour.js';
import { drawLinks } from '../render/draw/links.js';
import { rowsOf } from '../render/draw/maps.js';
import { entryName, text } from '../format/i18n.js';
import { captionOf } from './caption.js';
import { unitFields } from './unitFields.js';
import { Outline, Pen, embeddedImage, svgDocument } from './svgDocument.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../plot/palette.js').Palette} Palette */

const SIDE = 64;
const REM = 16;
const HEIGHT = 480;
const PER_LAYER = 190;
const MARGIN = 120;
const FOOT = 40;
const CORNER = 0.12;
const ZERO = 0.45;

/** A formula as it is read: x₁², x₁x₂, sin(x₁). @param {string} formula */
function readFormula(formula) {
  const low = (/** @type {string} */ _, /** @type {string} */ digits) =>
    `x${[...digits].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('')}`;
  return formula
    .replace(/x(\d+)/g, low)
    .replace(/\^2\b/g, '²')
    .replace(/\^3\b/g, '³')
    .replace(/\*/g, '\u200a');
}

/**
 * @param {Pen} pen
 * @param {Float64Array} field
 * @param {{x: number, y: number, size: number}} place
 * @param {Uint32Array} ramp
 * @param {string} color
 */
function drawMap(pen, field, { x, y, size }, ramp, color) {
  const corner = size * CORNER;
  pen.marks.push(
    embeddedImage(
      SIDE,
      { x, y, size, corner },
      (pixels) => colorField(pixels, field, SIDE, ramp),
      `map${pen.marks.length}`,
    ),
  );
  const zero = new Outline();
  const scale = size / (SIDE - 1);
  traceZero(field, SIDE, (column, row, starts) =>
    zero[starts ? 'moveTo' : 'lineTo'](x + column * scale, y + size - row * scale),
  );
  Object.assign(pen, { lineWidth: 1, strokeStyle: color });
  pen.setLineDash([]);
  if (zero.d) pen.stroke(zero);
}

/**
 * Units without a plane to show what they answer: squares with an edge.
 * @param {Pen} pen
 * @param {{x: number, y: number, size: number}} place
 * @param {Palette} palette
 */
function drawBlank(pen, { x, y, size }, palette) {
  const square = new Outline();
  square.moveTo(x, y);
  for (const [dx, dy] of [
    [size, 0],
    [size, size],
    [0, size],
  ])
    square.lineTo(x + dx, y + dy);
  square.closePath();
  Object.assign(pen, { lineWidth: 1, strokeStyle: css(palette.ink), fillStyle: css(palette.neutral) });
  pen.setLineDash([]);
  pen.fill(square);
  pen.stroke(square);
}

/** @param {Pen} pen @param {State} state @param {Geometry} geometry @param {Palette} palette */
function drawWords(pen, state, { columns, offers, height }, palette) {
  const { catalog, network } = state;
  const quiet = css(palette.quiet);
  const top = (/** @type {import('../plot/diagramLayout.js').Column} */ { units, size }) =>
    Math.min(...units.map(({ y }) => y)) - size / 2 - 12;
  columns[0].units.forEach(({ x, y }, index) => {
    pen.write(x - columns[0].size / 2 - 10, y + 5, readFormula(offers[index].formula), {
      color: css(palette.ink),
      anchor: 'end',
    });
  });
  for (const column of columns.slice(1)) {
    const { units, activation } = network?.spec.layers[column.layer] ?? { units: 0, activation: '' };
    const entry = catalog?.activations.find(({ name }) => name === activation);
    const words = text('network.hidden', {
      units,
      activation: entry ? entryName('activation', entry) : activation,
    });
    pen.write(column.x, top(column), words, { color: quiet, size: 12, anchor: 'middle' });
  }
  pen.write(16, height + FOOT - 14, captionOf(state), { color: quiet, size: 12 });
}

/**
 * @param {State} state
 * @param {Float32Array} theta
 * @returns {Promise<import('./svgDocument.js').Svg | null>}
 */
export async function drawDiagram(state, theta) {
  const { catalog, network, palette } = state;
  if (!catalog || !network || !palette) return null;
  const { features, layers } = network.spec;
  const box = {
    width: MARGIN + PER_LAYER * layers.length,
    height: HEIGHT,
    rem: REM,
    coarse: false,
    plain: true,
    used: true,
  };
  const geometry = layoutDiagram(offersOf(catalog, features, true), layers, box);
  const fields = await unitFields(state, theta, SIDE);
  const view = { geometry, chosen: null, pointed: null, rem: REM, line: 0.6, colors: palette };
  const pen = new Pen();
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (/** @type {unknown} */ (pen));
  const blocks = blocksOf(network);
  drawLinks(context, geometry, theta, blocks, view);
  const maps = fields && [fields.inputs, ...fields.activations.map((layer) => rowsOf(layer, SIDE * SIDE))];
  const { signed } = colorRamps(palette);
  geometry.columns.forEach(({ units, size }, column) => {
    units.forEach(({ x, y }, unit) => {
      const place = { x: x - size / 2, y: y - size / 2, size };
      const field = maps?.[column][unit];
      if (field) drawMap(pen, field, place, signed, css(palette.ink, ZERO));
      else drawBlank(pen, place, palette);
    });
  });
  pen.setLineDash([]);
  for (const column of geometry.columns.slice(1)) drawBiases(context, column, theta, blocks, view);
  drawWords(pen, state, geometry, palette);
  return svgDocument(
    { width: geometry.width, height: geometry.height + FOOT, paper: palette.paper, title: captionOf(state) },
    pen,
  );
}
