/**
 * Lights up in the diagram what the microscope looks at: a veil over everything, with holes for the unit and
 * links concerned.
 */

import { clearCanvas, element, requireElement } from '../../lib/dom/element.js';
import { traceLink } from '../../lib/plot/diagramLayout.js';
import { diagramOf } from '../../lib/model/selectors.js';
import { biasPosition } from '../../lib/plot/diagramHitTest.js';
import { css } from '../../lib/plot/colorScale.js';
import { highlightOf, unitsOfTrace, walkOf } from '../../lib/trace/walk.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../lib/plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../../lib/trace/walk.js').Highlight} Highlight */
/** @typedef {import('../../lib/plot/palette.js').Palette} Palette */

const VEIL = 0.78;
const TURN = 2 * Math.PI;

/** @param {Highlight} light @param {Geometry} geometry */
function linksOf({ into, outOf }, { links }) {
  return links.filter(
    ({ layer, unit, input }) =>
      into.some((lit) => lit.layer === layer && lit.unit === unit) ||
      outOf.some((lit) => lit.layer === layer - 1 && lit.unit === input),
  );
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Highlight} light
 * @param {Geometry} geometry
 * @param {Palette} palette
 * @param {number} rem
 */
function cutHoles(context, light, geometry, palette, rem) {
  const lit = linksOf(light, geometry);
  context.globalCompositeOperation = 'destination-out';
  context.lineCap = 'butt';
  context.strokeStyle = context.fillStyle = 'black';
  context.lineWidth = 0.5 * rem;
  for (const link of lit) {
    context.beginPath();
    traceLink(context, link);
    context.stroke();
  }
  const first = light.into.some(({ layer }) => layer === 0) ? geometry.columns[0] : null;
  for (const { layer, unit } of light.units) {
    const column = geometry.columns[layer + 1];
    const centre = column?.units[unit];
    if (!centre) continue;
    const half = column.size / 2;
    context.fillRect(centre.x - half, centre.y - half, column.size, column.size);
    const spot = biasPosition(centre, column.size);
    context.beginPath();
    context.arc(spot.x, spot.y, 0.55 * rem, 0, TURN);
    context.fill();
  }
  for (const { from } of lit) {
    const column = geometry.columns.find(({ x, size }) => Math.abs(x + size / 2 - from.x) < 1);
    if (column) context.fillRect(from.x - column.size, from.y - column.size / 2, column.size, column.size);
  }
  if (first) {
    geometry.offers.forEach(({ active }, index) => {
      if (active >= 0)
        context.fillRect(0, first.units[index].y - first.size / 2, first.x - first.size / 2, first.size);
    });
  }
  context.globalCompositeOperation = 'source-over';
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 0.16 * rem;
  for (const { layer, unit } of light.units) {
    const column = geometry.columns[layer + 1];
    const centre = column?.units[unit];
    if (!centre) continue;
    const half = column.size / 2 + 0.15 * rem;
    context.beginPath();
    context.roundRect(centre.x - half, centre.y - half, 2 * half, 2 * half, 0.3 * rem);
    context.stroke();
  }
}

/** @param {HTMLElement} root the diagram's content */
export function createHighlight(root) {
  const canvas = element('canvas', { class: 'layer light', 'aria-hidden': 'true' });
  root.insertBefore(canvas, requireElement(root, '.heads', HTMLElement));
  let drawn = '';
  /** @type {Geometry | null} */
  let drawnOn = null;

  return {
    /** @param {State} state */
    update(state) {
      const { microscope, palette, layoutSizes } = state;
      const geometry = diagramOf(state);
      const { trace, at, notation, open, changed, panel } = microscope;
      const stop = open && !changed && panel === 'walk' ? walkOf(trace, notation)[at] : undefined;
      canvas.hidden = !stop || !geometry || !palette;
      root.toggleAttribute('data-lit', !canvas.hidden);
      if (!stop || !trace || !geometry || !palette) {
        drawnOn = null;
        return;
      }
      const key = JSON.stringify([at, notation, trace.example, trace.step, palette.paper, layoutSizes.rem]);
      if (key === drawn && geometry === drawnOn) return;
      drawn = key;
      drawnOn = geometry;
      const context = clearCanvas(canvas, geometry.width, geometry.height);
      context.fillStyle = css(palette.paper, VEIL);
      context.fillRect(0, geometry.headHeight, geometry.width, geometry.height);
      cutHoles(context, highlightOf(stop, unitsOfTrace(trace)), geometry, palette, layoutSizes.rem);
    },
    destroy() {
      canvas.remove();
    },
  };
}
