/** The two layers of the diagram that change as it learns: maps with their biases above, links below. */

import { drawBiases } from './biases.js';
import { isDimmed } from './dimming.js';
import { createBitmapTarget, createPixelCanvas } from './canvases.js';
import { drawWeightLabels } from './weightLabels.js';
import { drawLinks } from './links.js';
import { drawLocks } from './locks.js';
import { drawMaps } from './maps.js';
import { css } from '../../plot/colorScale.js';

/** @typedef {import('./canvases.js').Place} Place */
/** @typedef {import('../scene.js').View} View */
/** @typedef {import('../../plot/diagramLayout.js').Column} Column */
/** @typedef {import('../../model/parameterLayout.js').Block} Block */
/** @typedef {{fields: Float64Array[], side: number}} Maps one field (side × side) per unit, layer by layer */

const OFF = 0.32;
const FADED = 0.62;

/**
 * Where a column's units lie, in device pixels.
 * @param {Column} column
 * @param {number} density
 * @returns {Place[]}
 */
function placesOf({ units, size }, density) {
  return units.map(({ x, y }) => ({
    x: Math.round((x - size / 2) * density),
    y: Math.round((y - size / 2) * density),
    size: Math.round(size * density),
  }));
}

/** The diagram's size in device pixels. @param {View} view @returns {[number, number]} */
const sizeOf = ({ geometry, density }) => [
  Math.round(geometry.width * density),
  Math.round(geometry.height * density),
];

/** The features on offer, which look the same until the set-up or the theme changes. */
export function createOffersLayer() {
  const canvas = createPixelCanvas();
  const target = createBitmapTarget();
  return {
    /**
     * @param {(Float64Array | null)[]} fields null: unknown
     * @param {number} side
     * @param {View} view
     * @param {Uint32Array} ramp
     */
    paint(fields, side, view, ramp) {
      const context = target.open(...sizeOf(view));
      const places = placesOf(view.geometry.columns[0], view.density);
      const known = fields.flatMap((field, index) => (field ? [{ field, place: places[index] }] : []));
      const drawn = known.map(({ field }) => field);
      drawMaps(
        context,
        drawn,
        known.map(({ place }) => place),
        side,
        { canvas, ramp, view },
      );
    },
    /** Those not used, faintly. @param {OffscreenCanvasRenderingContext2D} context @param {View} view */
    place(context, { geometry, density }) {
      placesOf(geometry.columns[0], density).forEach(({ x, y, size }, index) => {
        context.globalAlpha = geometry.offers[index].active < 0 ? OFF : 1;
        context.drawImage(target.keep(), x, y, size, size, x, y, size, size);
      });
      context.globalAlpha = 1;
    },
  };
}

/**
 * Lay paper over the maps of what the chosen part has nothing to do with. In CSS pixels.
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {View} view
 */
function fade(context, { geometry, chosen, colors }) {
  context.globalCompositeOperation = 'source-atop';
  context.fillStyle = css(colors.paper, FADED);
  for (const { layer, units, size } of geometry.columns) {
    units.forEach(({ x, y }, unit) => {
      if (isDimmed(geometry, chosen, layer, unit)) context.fillRect(x - size / 2, y - size / 2, size, size);
    });
  }
  context.globalCompositeOperation = 'source-over';
}

/** @param {ReturnType<typeof createOffersLayer>} offers */
export function createMapsLayer(offers) {
  const canvas = createPixelCanvas();
  const target = createBitmapTarget();
  return {
    /**
     * @param {Maps | null} maps null: there is no plane to draw them over
     * @param {Float32Array} theta
     * @param {Block[]} blocks
     * @param {View} view
     * @param {Uint32Array} ramp
     */
    paint(maps, theta, blocks, view, ramp) {
      const { geometry, density } = view;
      const context = target.open(...sizeOf(view));
      const columns = geometry.columns.slice(1);
      if (maps) {
        const places = columns.flatMap((column) => placesOf(column, density));
        drawMaps(context, maps.fields, places, maps.side, { canvas, ramp, view });
        offers.place(context, view);
      }
      context.setTransform(density, 0, 0, density, 0, 0);
      fade(context, view);
      for (const column of columns) drawBiases(context, column, theta, blocks, view);
      drawLocks(context, view);
      drawWeightLabels(context, theta, blocks, view);
      context.resetTransform();
      return target.finish();
    },
  };
}

export function createLinksLayer() {
  const target = createBitmapTarget();
  return {
    /** @param {Float32Array} theta @param {Block[]} blocks @param {View} view */
    paint(theta, blocks, view) {
      const { density } = view;
      const context = target.open(...sizeOf(view));
      context.setTransform(density, 0, 0, density, 0, 0);
      drawLinks(context, view.geometry, theta, blocks, view);
      context.resetTransform();
      return target.finish();
    },
  };
}
