/**
 * An SVG document and the pen that draws it: the pen has a canvas's methods, so what draws the page's
 * canvases draws vectors too.
 */

import { css } from '../plot/colorScale.js';

/** @typedef {import('../plot/palette.js').Palette} Palette */

/** @typedef {{stroke?: string, fill?: string, width?: number}} Ink */

const TURN = 2 * Math.PI;

/** @param {number} value to a hundredth */
export const rounded = (value) => String(Math.round(value * 100) / 100);

/** @param {string} words */
export const escapeXml = (words) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * A colour as every program that reads SVG knows it.
 * @param {string} name of the attribute
 * @param {string} color as `css` writes it
 */
function colorAttribute(name, color) {
  const [red, green, blue, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  const hex = [red, green, blue].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('');
  return `${name}="#${hex}"${alpha < 1 ? ` ${name}-opacity="${rounded(alpha)}"` : ''}`;
}

/** What can be drawn of a canvas's path. */
export class Outline {
  d = '';

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.d += `M${rounded(x)},${rounded(y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.d += `L${rounded(x)},${rounded(y)}`;
  }

  /** @param {number[]} corners */
  bezierCurveTo(...corners) {
    this.d += `C${corners.map(rounded).join(',')}`;
  }

  /**
   * A whole circle, from its right.
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {number} _start
   * @param {number} end
   */
  arc(x, y, radius, _start, end) {
    if (end !== TURN) throw new Error('only whole circles are drawn');
    const half = (/** @type {number} */ to) =>
      `A${rounded(radius)},${rounded(radius)} 0 0 1 ${rounded(to)},${rounded(y)}`;
    this.d += `M${rounded(x + radius)},${rounded(y)}${half(x - radius)}${half(x + radius)}Z`;
  }

  closePath() {
    this.d += 'Z';
  }
}

/** The part of a canvas's context that the diagram's links and biases are drawn with. */
export class Pen extends Outline {
  lineWidth = 1;
  strokeStyle = '';
  fillStyle = '';
  /** @type {number[]} */
  dash = [];
  /** @type {string[]} */
  marks = [];

  beginPath() {
    this.d = '';
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  /** @param {Outline} [outline] */
  stroke(outline = this) {
    const dash = this.dash.length > 0 ? ` stroke-dasharray="${this.dash.map(rounded).join(' ')}"` : '';
    const ink = `stroke-width="${rounded(this.lineWidth)}" ${colorAttribute('stroke', this.strokeStyle)}${dash}`;
    this.marks.push(`<path d="${outline.d}" fill="none" ${ink}/>`);
  }

  /** @param {Outline} [outline] */
  fill(outline = this) {
    this.marks.push(`<path d="${outline.d}" ${colorAttribute('fill', this.fillStyle)}/>`);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {string} words
   * @param {{
   *   color: string,
   *   size?: number,
   *   anchor?: 'start' | 'middle' | 'end',
   *   weight?: number,
   *   turned?: boolean,
   * }} how turned: read from below upwards
   */
  write(x, y, words, { color, size = 14, anchor = 'start', weight = 400, turned = false }) {
    const place = turned
      ? `transform="translate(${rounded(x)} ${rounded(y)}) rotate(-90)"`
      : `x="${rounded(x)}" y="${rounded(y)}"`;
    const letters = `text-anchor="${anchor}" font-size="${size}" font-weight="${weight}"`;
    this.marks.push(`<text ${place} ${letters} ${colorAttribute('fill', color)}>${escapeXml(words)}</text>`);
  }
}

/** @typedef {{file: Blob, text: string, width: number, height: number}} Svg */

const FONT = "Inter, 'Helvetica Neue', Arial, sans-serif";

/**
 * @param {{
 *   width: number,
 *   height: number,
 *   paper: import('../plot/colorScale.js').Triple,
 *   title: string,
 * }} sheet
 * @param {Pen} pen
 * @returns {Svg}
 */
export function svgDocument({ width, height, paper, title }, pen) {
  const back = new Pen();
  back.fillStyle = css(paper);
  back.moveTo(0, 0);
  back.lineTo(width, 0);
  back.lineTo(width, height);
  back.lineTo(0, height);
  back.fill();
  const [w, h] = [rounded(width), rounded(height)];
  const size = `width="${w}" height="${h}" viewBox="0 0 ${w} ${h}"`;
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="${FONT}">`,
    `<title>${escapeXml(title)}</title>`,
    ...back.marks,
    ...pen.marks,
    '</svg>',
  ].join('\n');
  return { file: new Blob([text], { type: 'image/svg+xml' }), text, width, height };
}

/**
 * A picture of square pixels, as SVG embeds it. Its outermost points lie on the edges, so half a pixel is cut
 * off.
 * @param {number} side in pixels
 * @param {{x: number, y: number, size: number, corner: number}} place
 * @param {(pixels: Uint32Array) => void} fill rows from above
 * @param {string} id of its frame
 */
export function embeddedImage(side, { x, y, size, corner }, fill, id) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const image = new ImageData(side, side);
  fill(new Uint32Array(image.data.buffer));
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  const pixel = size / (side - 1);
  const box = (/** @type {number} */ at, /** @type {number} */ by) => rounded(at - by);
  const [whole, inner] = [rounded(size + pixel), rounded(size)];
  const frame = `x="${rounded(x)}" y="${rounded(y)}" width="${inner}" height="${inner}" rx="${rounded(corner)}"`;
  const place = `x="${box(x, pixel / 2)}" y="${box(y, pixel / 2)}" width="${whole}" height="${whole}"`;
  return [
    `<clipPath id="${id}"><rect ${frame}/></clipPath>`,
    `<image ${place} clip-path="url(#${id})" href="${canvas.toDataURL('image/png')}"/>`,
  ].join('');
}
