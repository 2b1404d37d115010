/** Drawing many points on a plane: gathered by look, so that a thousand points are a few strokes. */

import { labelColor, markerOf, traceShape } from './markers.js';
import { css, mix } from './colorScale.js';

/** @typedef {import('../render/scene.js').Colors} Palette */
/** @typedef {import('./markers.js').Shape} Shape */
/** @typedef {{x1: [number, number], x2: [number, number]}} Plane */
/** @typedef {{x1: number, x2: number, label: number, hollow: boolean}} Mark */
/** @typedef {{task: string, classes: number, range: number}} Meaning */
/**
 * @typedef {{
 *   plane: Plane,
 *   width: number,
 *   height: number,
 *   radius: number,
 *   palette: Palette,
 *   meaning: Meaning,
 *   outlined: boolean,
 * }} How
 */

const SHADES = 16;

/** A value on the scale, in so many shades that few colours are needed. @param {Palette} palette */
function scaleOf(palette) {
  return (/** @type {number} */ value) => {
    const rounded = Math.round(value * SHADES) / SHADES;
    return mix(palette.neutral, rounded < 0 ? palette.negative : palette.positive, Math.abs(rounded));
  };
}

/** @param {Mark[]} marks @param {How} how */
function gather(marks, { plane, width, height, radius, palette, meaning }) {
  const scale = scaleOf(palette);
  /** @type {Map<string, {path: Path2D, color: string, hollow: boolean}>} */
  const groups = new Map();
  for (const { x1, x2, label, hollow } of marks) {
    const look = markerOf(meaning, label);
    const color = labelColor(look, palette, scale);
    const key = `${look.shape} ${color} ${hollow}`;
    const group = groups.get(key) ?? { path: new Path2D(), color, hollow };
    const x = ((x1 - plane.x1[0]) / (plane.x1[1] - plane.x1[0])) * width;
    const y = (1 - (x2 - plane.x2[0]) / (plane.x2[1] - plane.x2[0])) * height;
    traceShape(group.path, look.shape, x, y, radius);
    groups.set(key, group);
  }
  return groups.values();
}

/**
 * @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} context
 * @param {Mark[]} marks
 * @param {How} how
 */
export function drawPoints(context, marks, how) {
  const { palette, radius, outlined } = how;
  context.lineJoin = 'round';
  for (const { path, color, hollow } of gather(marks, how)) {
    if (outlined && !hollow) {
      context.strokeStyle = css(palette.paper);
      context.lineWidth = radius * 0.62;
      context.stroke(path);
    }
    context.fillStyle = hollow ? css(palette.paper, 0.8) : color;
    context.fill(path);
    if (hollow) {
      context.strokeStyle = color;
      context.lineWidth = radius * 0.42;
      context.stroke(path);
    }
  }
}
