/** Canvases out of sight: raw pixels made smooth pictures, and pictures given away as bitmaps. */

import { css } from '../../plot/colorScale.js';
import { traceZero } from '../compute/contour.js';

/** @typedef {import('../../plot/colorScale.js').Triple} Triple */
/**
 * @typedef {{x: number, y: number, size: number}} Place where a picture goes, in device pixels: its upper
 *   left corner
 */
/** @typedef {ReturnType<typeof createBitmapTarget>} BitmapTarget */
/** @typedef {ReturnType<typeof createPixelCanvas>} PixelCanvas */

/** @param {number} width @param {number} height */
function surface(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gave the worker no 2d context');
  return { canvas, context };
}

/** Squares of raw pixels side by side, kept from picture to picture. */
export function createPixelCanvas() {
  let { canvas, context } = surface(1, 1);
  let image = new ImageData(1, 1);
  let pixels = new Uint32Array(image.data.buffer);
  let side = 1;
  return {
    /**
     * Fill each square and put them all on the canvas at once: square k begins at row k·side.
     * @param {number} count
     * @param {number} size of a square, in pixels
     * @param {(pixels: Uint32Array, square: number) => void} fill
     */
    draw(count, size, fill) {
      if (image.width !== size || image.height !== size * count) {
        ({ canvas, context } = surface(size, size * count));
        image = new ImageData(size, size * count);
        pixels = new Uint32Array(image.data.buffer);
      }
      side = size;
      for (let k = 0; k < count; k += 1) fill(pixels.subarray(k * size * size, (k + 1) * size * size), k);
      context.putImageData(image, 0, 0);
    },
    /**
     * Scale one square into its place. Grid points lie on the picture's edges, so half a pixel is cut off all
     * round.
     * @param {OffscreenCanvasRenderingContext2D} target
     * @param {number} square
     * @param {Place} place
     */
    place(target, square, { x, y, size }) {
      target.drawImage(canvas, 0.5, square * side + 0.5, side - 1, side - 1, x, y, size, size);
    },
  };
}

/** A canvas that gives its picture away and keeps its size. */
export function createBitmapTarget() {
  let { canvas, context } = surface(1, 1);
  return {
    /** @param {number} width @param {number} height */
    open(width, height) {
      if (canvas.width !== width || canvas.height !== height) ({ canvas, context } = surface(width, height));
      else context.clearRect(0, 0, width, height);
      return context;
    },
    finish: () => canvas.transferToImageBitmap(),
    /** The picture stays here, to be drawn from. */
    keep: () => canvas,
  };
}

/**
 * Add a field's zero line to a path.
 * @param {Path2D} path
 * @param {Float64Array} field
 * @param {number} side
 * @param {Place} place
 */
export function addZero(path, field, side, { x, y, size }) {
  const scale = size / (side - 1);
  const bottom = y + size;
  traceZero(field, side, (column, row, starts) => {
    if (starts) path.moveTo(x + column * scale, bottom - row * scale);
    else path.lineTo(x + column * scale, bottom - row * scale);
  });
}

/**
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Path2D} path
 * @param {{ink: Triple, width: number, alpha: number}} how
 */
export function strokePath(context, path, { ink, width, alpha }) {
  context.lineWidth = width;
  context.strokeStyle = css(ink, alpha);
  context.stroke(path);
}
