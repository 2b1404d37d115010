/** The weights: width says how large, colour and dash say which sign. Drawn at most 20 times a second. */

import { clearCanvas } from '../../lib/element.js';
import { traceLink } from '../../lib/geometry.js';
import { blocksOf, thetaOf } from '../../lib/network.js';
import { place } from '../../lib/parameters.js';
import { samePart } from '../../lib/pointing.js';
import { css } from '../../lib/ramp.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../lib/geometry.js').Geometry} Geometry */
/** @typedef {import('../../lib/geometry.js').Link} Link */
/** @typedef {import('../../lib/pointing.js').Part} Part */
/** @typedef {import('../../lib/palette.js').Palette} Palette */

export const PERIOD = 50;
const THINNEST = 0.6;
const PER_UNIT = 1.7;
const WIDEST = 9;
const FAINT = 0.16;
const CROWD = 400;

/** @param {number} weight @param {number} rem */
function widthOf(weight, rem) {
  return Math.min(WIDEST, THINNEST + PER_UNIT * Math.abs(weight)) * (rem / 16);
}

/** Whether a link belongs to what is chosen or pointed at. @param {Link} link @param {Part} part */
function concerns(link, part) {
  if (part.kind === 'link') return samePart(part, { ...link, kind: 'link' });
  return link.layer === part.layer && link.unit === part.unit;
}

/** @param {CanvasRenderingContext2D} context @param {Link} link @param {number} weight @param {number} width @param {Palette} palette @param {number} alpha */
function strokeLink(context, link, weight, width, palette, alpha) {
  const strength = 0.3 + 0.7 * Math.min(1, Math.abs(weight) / 1.5);
  context.beginPath();
  traceLink(context, link);
  context.lineWidth = width;
  context.strokeStyle = css(weight < 0 ? palette.negative : palette.positive, alpha * strength);
  context.setLineDash(weight < 0 ? [3 + width * 1.1, 2.5 + width * 0.7] : []);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Link} link @param {number} width @param {Palette} palette */
function strokeHalo(context, link, width, palette) {
  context.beginPath();
  traceLink(context, link);
  context.setLineDash([]);
  context.lineWidth = width + 5;
  context.strokeStyle = css(palette.ink, 0.9);
  context.stroke();
  context.lineWidth = width + 2.5;
  context.strokeStyle = css(palette.paper);
  context.stroke();
}

/** From the output on to the picture of it. @param {CanvasRenderingContext2D} context @param {Geometry} geometry @param {Palette} palette */
function strokeOutlets(context, { columns, width }, palette) {
  const { units, size } = columns[columns.length - 1];
  context.setLineDash([]);
  context.lineWidth = 1;
  context.strokeStyle = css(palette.hairline);
  context.beginPath();
  for (const { x, y } of units) {
    context.moveTo(x + size / 2, y);
    context.lineTo(width, y);
  }
  context.stroke();
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {State} state
 * @param {Geometry} geometry
 */
export function drawLinks(canvas, state, geometry) {
  const { network, palette, selection, measures } = state;
  const theta = thetaOf(state);
  const context = clearCanvas(canvas, geometry.width, geometry.height);
  if (!network || !palette || !theta) return;
  const list = blocksOf(network);
  const focus = selection.chosen && selection.chosen.layer >= 0 ? selection.chosen : null;
  const crowded = geometry.links.length > CROWD ? 0.6 : 1;
  strokeOutlets(context, geometry, palette);
  /** @type {(() => void)[]} */
  const above = [];
  for (const link of geometry.links) {
    const weight = theta[place(list, link.layer, link.unit, link.input)];
    const width = Number.isFinite(weight) ? widthOf(weight, measures.rem) : THINNEST;
    const pointed = selection.pointed?.kind === 'link' && concerns(link, selection.pointed);
    const chosen = focus?.kind === 'link' && concerns(link, focus);
    const alpha = (focus && !concerns(link, focus) ? FAINT : 1) * crowded;
    const stroke = () => strokeLink(context, link, weight, width, palette, pointed || chosen ? 1 : alpha);
    if (pointed || chosen) {
      above.push(() => {
        strokeHalo(context, link, width, palette);
        stroke();
      });
    } else stroke();
  }
  for (const draw of above) draw();
  context.setLineDash([]);
}
