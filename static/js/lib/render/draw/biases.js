/**
 * The biases, a mark on each unit's lower left corner: larger when it is larger, its sign by colour and by +
 * or −.
 */

import { parameterIndex } from '../../model/parameterLayout.js';
import { biasPosition, samePart } from '../../plot/diagramHitTest.js';
import { css } from '../../plot/colorScale.js';
import { isDimmed } from './dimming.js';

/** @typedef {import('../../plot/diagramLayout.js').Column} Column */
/** @typedef {import('../../plot/diagramLayout.js').Point} Point */
/** @typedef {import('../../model/parameterLayout.js').Block} Block */
/** @typedef {Pick<import('../scene.js').View, 'geometry' | 'chosen' | 'pointed' | 'rem' | 'colors'>} View */

const REACH = 0.16;
const LARGEST = 0.45;
const SIGNED = 3;
const FAINT = 0.25;
const TURN = 2 * Math.PI;

/**
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Point} spot
 * @param {number} radius
 * @param {string} color
 */
function disc(context, { x, y }, radius, color) {
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
  context.fillStyle = color;
  context.fill();
}

/**
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Point} spot
 * @param {number} radius
 * @param {boolean} positive
 * @param {string} color
 */
function sign(context, { x, y }, radius, positive, color) {
  const arm = radius * 0.55;
  context.beginPath();
  context.moveTo(x - arm, y);
  context.lineTo(x + arm, y);
  if (positive) {
    context.moveTo(x, y - arm);
    context.lineTo(x, y + arm);
  }
  context.lineWidth = Math.max(1, radius * 0.26);
  context.strokeStyle = color;
  context.stroke();
}

/**
 * In CSS pixels.
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Column} column of a layer
 * @param {ArrayLike<number>} theta
 * @param {Block[]} blocks
 * @param {View} view
 */
export function drawBiases(
  context,
  { layer, units, size },
  theta,
  blocks,
  { geometry, colors, chosen, pointed, rem },
) {
  const reach = Math.min(size * REACH, LARGEST * rem);
  units.forEach((centre, unit) => {
    const bias = theta[parameterIndex(blocks, layer, unit, -1)];
    const part = /** @type {const} */ ({ kind: 'bias', layer, unit, input: -1 });
    const lit = samePart(chosen, part) || samePart(pointed, part);
    const spot = biasPosition(centre, size);
    const radius = reach * (0.55 + 0.45 * Math.min(1, Math.abs(bias) / 2));
    context.globalAlpha = isDimmed(geometry, chosen, layer, unit) ? FAINT : 1;
    disc(context, spot, radius + (lit ? 3.5 : 1.5), css(lit ? colors.ink : colors.paper));
    disc(context, spot, radius, css(bias < 0 ? colors.negative : colors.positive));
    if (radius >= SIGNED) sign(context, spot, radius, bias >= 0, css(colors.paper));
  });
  context.globalAlpha = 1;
}
