/** The weights: width says how large, colour and dash say which sign. */

import { traceLink } from '../../plot/diagramLayout.js';
import { parameterIndex } from '../../model/parameterLayout.js';
import { samePart } from '../../plot/diagramHitTest.js';
import { css } from '../../plot/colorScale.js';

/** @typedef {import('../../plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../../plot/diagramLayout.js').Link} Link */
/** @typedef {import('../../model/parameterLayout.js').Block} Block */
/** @typedef {import('../../plot/diagramHitTest.js').Part} Part */
/** @typedef {Pick<import('../scene.js').View, 'chosen' | 'pointed' | 'rem' | 'line' | 'colors'>} View */
/** @typedef {import('../scene.js').Colors} Colors */
/** @typedef {OffscreenCanvasRenderingContext2D} Context */

const THINNEST = 0.6;
const PER_UNIT = 1.7;
const WIDEST = 9;
const FULL = 1.5;
const FAINT = 0.16;
const CROWD = 400;

/** @param {number} weight @param {View} view */
function widthOf(weight, { rem, line }) {
  const size = Number.isFinite(weight) ? Math.abs(weight) : 0;
  return Math.max(line, Math.min(WIDEST, THINNEST + PER_UNIT * size) * (rem / 16));
}

/** Whether a link belongs to a part: is it, or leads into its unit. @param {Link} link @param {Part} part */
function concerns(link, part) {
  if (part.kind === 'link')
    return samePart(part, { layer: link.layer, unit: link.unit, input: link.input, kind: 'link' });
  return link.layer === part.layer && link.unit === part.unit;
}

/**
 * @param {Context} context
 * @param {Link} link
 * @param {number} weight
 * @param {number} width
 * @param {Colors} colors
 * @param {number} alpha
 */
function strokeLink(context, link, weight, width, colors, alpha) {
  const strength = 0.3 + 0.7 * Math.min(1, Math.abs(weight) / FULL);
  context.beginPath();
  traceLink(context, link);
  context.lineWidth = width;
  context.strokeStyle = css(weight < 0 ? colors.negative : colors.positive, alpha * strength);
  context.setLineDash(weight < 0 ? [3 + width * 1.1, 2.5 + width * 0.7] : []);
  context.stroke();
}

/** @param {Context} context @param {Link} link @param {number} width @param {Colors} colors */
function strokeHalo(context, link, width, colors) {
  context.beginPath();
  traceLink(context, link);
  context.setLineDash([]);
  context.lineWidth = width + 5;
  context.strokeStyle = css(colors.ink, 0.9);
  context.stroke();
  context.lineWidth = width + 2.5;
  context.strokeStyle = css(colors.paper);
  context.stroke();
}

/**
 * From the output on to the picture of it.
 * @param {Context} context
 * @param {Geometry} geometry
 * @param {Colors} colors
 */
function strokeOutlets(context, { columns, width }, colors) {
  const { units, size } = columns[columns.length - 1];
  context.beginPath();
  for (const { x, y } of units) {
    context.moveTo(x + size / 2, y);
    context.lineTo(width, y);
  }
  context.lineWidth = 1;
  context.strokeStyle = css(colors.hairline);
  context.stroke();
}

/**
 * In CSS pixels.
 * @param {Context} context
 * @param {Geometry} geometry
 * @param {ArrayLike<number>} theta
 * @param {Block[]} blocks
 * @param {View} view
 */
export function drawLinks(context, geometry, theta, blocks, view) {
  const { colors, chosen, pointed } = view;
  const crowded = geometry.links.length > CROWD ? 0.6 : 1;
  strokeOutlets(context, geometry, colors);
  /** @type {(() => void)[]} */
  const above = [];
  for (const link of geometry.links) {
    const weight = theta[parameterIndex(blocks, link.layer, link.unit, link.input)];
    const width = widthOf(weight, view);
    const lit = [chosen, pointed].some((part) => part?.kind === 'link' && concerns(link, part));
    const alpha = chosen && !concerns(link, chosen) ? FAINT : crowded;
    if (lit) {
      above.push(() => {
        strokeHalo(context, link, width, colors);
        strokeLink(context, link, weight, width, colors, 1);
      });
    } else strokeLink(context, link, weight, width, colors, alpha);
  }
  for (const draw of above) draw();
  context.setLineDash([]);
}
