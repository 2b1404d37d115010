/** Every unit's response map, and its bias on the lower left corner. */

import { clearCanvas } from '../../lib/element.js';
import { blocksOf, thetaOf, tileIndex } from '../../lib/network.js';
import { place } from '../../lib/parameters.js';
import { biasSpot, samePart } from '../../lib/pointing.js';
import { css } from '../../lib/ramp.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').Pictures} Pictures */
/** @typedef {import('../../lib/geometry.js').Geometry} Geometry */
/** @typedef {import('../../lib/geometry.js').Column} Column */
/** @typedef {import('../../lib/geometry.js').Point} Point */
/** @typedef {import('../../lib/palette.js').Palette} Palette */

const OFF = 0.32;
const TURN = 2 * Math.PI;

/** @param {CanvasRenderingContext2D} context @param {Pictures} pictures @param {ImageBitmap} sheet @param {number} index @param {Point} centre @param {number} size */
function drawTile(context, { tile, perRow }, sheet, index, { x, y }, size) {
  const left = (index % perRow) * tile;
  const top = Math.floor(index / perRow) * tile;
  if (left >= sheet.width || top >= sheet.height) return;
  context.drawImage(sheet, left, top, tile, tile, x - size / 2, y - size / 2, size, size);
}

/**
 * A bias: larger when it is larger, its sign by colour and by + or −.
 * @param {CanvasRenderingContext2D} context
 * @param {number} bias
 * @param {Point} spot
 * @param {number} reach the largest radius
 * @param {{palette: Palette, lit: boolean}} how
 */
function drawBias(context, bias, spot, reach, { palette, lit }) {
  const radius = reach * (0.55 + 0.45 * Math.min(1, Math.abs(bias) / 2));
  context.beginPath();
  context.arc(spot.x, spot.y, radius + (lit ? 3.5 : 1.5), 0, TURN);
  context.fillStyle = css(lit ? palette.ink : palette.paper);
  context.fill();
  context.beginPath();
  context.arc(spot.x, spot.y, radius, 0, TURN);
  context.fillStyle = css(bias < 0 ? palette.negative : palette.positive);
  context.fill();
  if (radius < 3) return;
  const arm = radius * 0.55;
  context.beginPath();
  context.moveTo(spot.x - arm, spot.y);
  context.lineTo(spot.x + arm, spot.y);
  if (bias >= 0) {
    context.moveTo(spot.x, spot.y - arm);
    context.lineTo(spot.x, spot.y + arm);
  }
  context.lineWidth = Math.max(1, radius * 0.26);
  context.strokeStyle = css(palette.paper);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {State} state @param {Column} column */
function drawBiases(context, state, column) {
  const { network, palette, selection, measures } = state;
  const theta = thetaOf(state);
  if (!network || !theta || !palette) return;
  const list = blocksOf(network);
  const reach = Math.min(column.size * 0.16, 0.45 * measures.rem);
  column.units.forEach((centre, unit) => {
    const bias = theta[place(list, column.layer, unit, -1)];
    const part = /** @type {const} */ ({ kind: 'bias', layer: column.layer, unit, input: -1 });
    const lit = samePart(selection.chosen, part) || samePart(selection.pointed, part);
    drawBias(context, bias, biasSpot(centre, column.size), reach, { palette, lit });
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {State} state
 * @param {Geometry} geometry
 */
export function drawMaps(canvas, state, geometry) {
  const { network, pictures } = state;
  const context = clearCanvas(canvas, geometry.width, geometry.height);
  if (!network) return;
  for (const column of geometry.columns) {
    column.units.forEach((centre, unit) => {
      if (!pictures) return;
      const input = column.layer < 0;
      const sheet = input ? pictures.offers : pictures.tiles;
      context.globalAlpha = input && geometry.offers[unit].active < 0 ? OFF : 1;
      if (sheet) drawTile(context, pictures, sheet, tileIndex(network, column.layer, unit), centre, column.size);
    });
    context.globalAlpha = 1;
    if (column.layer >= 0) drawBiases(context, state, column);
  }
}
