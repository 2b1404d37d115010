/** Data points: class by colour and by shape, training points filled, test points hollow. */

import { css } from './colorScale.js';

/** @typedef {import('../render/scene.js').Colors} Palette */
/** @typedef {import('./colorScale.js').Triple} Triple */
/**
 * @typedef {'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'star' | 'hexagon' | 'drop'
 *   | 'plus' | 'bar'} Shape
 */

/** @type {Shape[]} */
const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'plus', 'hexagon', 'drop', 'cross', 'star', 'bar'];
const TURN = 2 * Math.PI;

/**
 * @param {number} corners
 * @param {number} start the first corner's direction
 * @param {number} [inner] radius of corners between
 */
function star(corners, start, inner) {
  const count = inner ? 2 * corners : corners;
  return Array.from({ length: count }, (_, k) => {
    const angle = start + (k * TURN) / count;
    const radius = inner && k % 2 ? inner : 1;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** @type {Record<string, number[][]>} corners of each shape, for a radius of about 1 */
const OUTLINES = {
  square: [
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ],
  triangle: star(3, -TURN / 4).map(([x, y]) => [1.2 * x, 1.2 * y + 0.15]),
  diamond: star(4, 0).map(([x, y]) => [1.15 * x, 1.15 * y]),
  plus: star(4, 0, 0.45).map(([x, y]) => [1.2 * x, 1.2 * y]),
  hexagon: star(6, 0),
  drop: star(3, TURN / 4).map(([x, y]) => [1.2 * x, 1.2 * y - 0.15]),
  cross: star(4, TURN / 8, 0.45).map(([x, y]) => [1.2 * x, 1.2 * y]),
  star: star(5, -TURN / 4, 0.5).map(([x, y]) => [1.25 * x, 1.25 * y]),
  bar: [
    [-0.5, -1.1],
    [0.5, -1.1],
    [0.5, 1.1],
    [-0.5, 1.1],
  ],
};

/** @param {Path2D} path @param {Shape} shape @param {number} x @param {number} y @param {number} radius */
export function traceShape(path, shape, x, y, radius) {
  if (shape === 'circle') {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, TURN);
    return;
  }
  OUTLINES[shape].forEach(([dx, dy], index) => {
    if (index === 0) path.moveTo(x + dx * radius, y + dy * radius);
    else path.lineTo(x + dx * radius, y + dy * radius);
  });
  path.closePath();
}

/**
 * How a label looks. Two classes: −1 (or 0) an orange circle, +1 (or 1) a blue square. More: the class
 * palette.
 * Regression: always a circle, coloured on the scale.
 * @param {{task: string, classes: number, range: number}} data
 * @param {number} label
 * @returns {{shape: Shape, value: number, index: number}} value: −1…1 on the scale; index: class, or −1
 */
export function markerOf({ task, classes, range }, label) {
  if (task === 'regression')
    return { shape: 'circle', value: Math.max(-1, Math.min(1, label / range)), index: -1 };
  if (classes > 2) return { shape: SHAPES[label % SHAPES.length], value: 0, index: label };
  return label > 0 ? { shape: 'square', value: 1, index: -1 } : { shape: 'circle', value: -1, index: -1 };
}

/**
 * The colour of a label's look.
 * @param {{value: number, index: number}} look
 * @param {Palette} palette
 * @param {(value: number) => Triple} scale
 */
export function labelColor({ value, index }, palette, scale) {
  return css(index < 0 ? scale(value) : palette.classes[index % palette.classes.length]);
}
