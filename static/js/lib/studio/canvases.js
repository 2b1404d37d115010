/** Drawing fields into bitmaps: a sheet of raw pixels, scaled up smoothly, with the zero line on top. */

import { traceZero } from './contour.js';
import { css } from '../ramp.js';

/** @typedef {import('../ramp.js').Triple} Triple */
/** @typedef {(index: number) => number} Field */
/** @typedef {{x: number, y: number, size: number}} Place where a picture goes, in device pixels */

const CORNER = 0.12;

/** A canvas that keeps its size between pictures, and its context. @param {number} width @param {number} height */
function surface(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser gave the worker no 2d context');
  return { canvas, context };
}

/** Squares of raw pixels, one for each size asked for, used again and again. */
export function createSheet() {
  /** @type {Map<number, {canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D, image: ImageData}>} */
  const sheets = new Map();
  return {
    /**
     * @param {number} side
     * @param {(pixels: Uint32Array) => void} fill
     */
    draw(side, fill) {
      let sheet = sheets.get(side);
      if (!sheet) {
        sheet = { ...surface(side, side), image: new ImageData(side, side) };
        sheets.set(side, sheet);
      }
      fill(new Uint32Array(sheet.image.data.buffer));
      sheet.context.putImageData(sheet.image, 0, 0);
      return sheet.canvas;
    },
  };
}

/** A reusable canvas that gives its picture away as a bitmap. */
export function createEasel() {
  let { canvas, context } = surface(1, 1);
  return {
    /** @param {number} width @param {number} height */
    open(width, height) {
      if (canvas.width !== width || canvas.height !== height) ({ canvas, context } = surface(width, height));
      else context.clearRect(0, 0, width, height);
      return context;
    },
    finish: () => canvas.transferToImageBitmap(),
  };
}

/**
 * Scale a sheet into its place. Grid points lie on the picture's edges, so half a pixel is cut off all round.
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {OffscreenCanvas} sheet
 * @param {Place} place
 */
export function drawSheet(context, sheet, { x, y, size }) {
  const side = sheet.width;
  context.imageSmoothingEnabled = true;
  context.drawImage(sheet, 0.5, 0.5, side - 1, side - 1, x, y, size, size);
}

/**
 * Cut what follows to a rounded square; ends with restore().
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Place} place
 */
export function clipRounded(context, { x, y, size }) {
  context.save();
  context.beginPath();
  context.roundRect(x, y, size, size, size * CORNER);
  context.clip();
}

/**
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Field} field
 * @param {{side: number, stride: number, place: Place, ink: Triple, width: number, alpha: number}} how
 */
export function strokeZero(context, field, { side, stride, place, ink, width, alpha }) {
  const scale = place.size / (side - 1);
  const bottom = place.y + place.size;
  context.beginPath();
  traceZero(field, side, stride, (x0, y0, x1, y1) => {
    context.moveTo(place.x + x0 * scale, bottom - y0 * scale);
    context.lineTo(place.x + x1 * scale, bottom - y1 * scale);
  });
  context.lineWidth = width;
  context.strokeStyle = css(ink, alpha);
  context.stroke();
}
