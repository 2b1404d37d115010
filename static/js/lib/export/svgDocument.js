/** The sheet a picture is drawn on: an SVG file of one's own, with its words, and small pictures embedded in it. */

import { css } from '../plot/colorScale.js';
import { Pen, escaped, short } from './svgPen.js';

/** @typedef {import('../plot/palette.js').Palette} Palette */
/** @typedef {{file: Blob, text: string, width: number, height: number}} Svg */

const FONT = "Inter, 'Helvetica Neue', Arial, sans-serif";

/** @param {{width: number, height: number, paper: import('../plot/colorScale.js').Triple, title: string}} sheet @param {Pen} pen @returns {Svg} */
export function finished({ width, height, paper, title }, pen) {
  const back = new Pen();
  back.fillStyle = css(paper);
  back.moveTo(0, 0);
  for (const [x, y] of [[width, 0], [width, height], [0, height]]) back.lineTo(x, y);
  back.fill();
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}" role="img" font-family="${FONT}">`,
    `<title>${escaped(title)}</title>`,
    ...back.marks,
    ...pen.marks,
    '</svg>',
  ].join('\n');
  return { file: new Blob([text], { type: 'image/svg+xml' }), text, width, height };
}

/**
 * A picture of square pixels, as SVG embeds it. Its outermost points lie on the edges, so half a pixel is cut off.
 * @param {number} side in pixels
 * @param {{x: number, y: number, size: number, corner: number}} place
 * @param {(pixels: Uint32Array) => void} fill rows from above
 * @param {string} id of its frame
 */
export function embedded(side, { x, y, size, corner }, fill, id) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const image = new ImageData(side, side);
  fill(new Uint32Array(image.data.buffer));
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  const pixel = size / (side - 1);
  const box = (/** @type {number} */ at, /** @type {number} */ by) => short(at - by);
  const whole = short(size + pixel);
  return [
    `<clipPath id="${id}"><rect x="${short(x)}" y="${short(y)}" width="${short(size)}" height="${short(size)}" rx="${short(corner)}"/></clipPath>`,
    `<image x="${box(x, pixel / 2)}" y="${box(y, pixel / 2)}" width="${whole}" height="${whole}" clip-path="url(#${id})" href="${canvas.toDataURL('image/png')}"/>`,
  ].join('');
}
