/**
 * The plane as a picture: what the network says all over it embedded, contour, points and axes as vectors.
 */

import { targetsOf } from '../model/selectors.js';
import { shortest } from '../format/number.js';
import { labelColor, markerOf, traceShape } from '../plot/markers.js';
import { css, mix } from '../plot/colorScale.js';
import { colorPixels } from '../render/draw/boundary.js';
import { traceZero } from '../render/compute/contour.js';
import { predict } from '../render/compute/forward.js';
import { SHARPEST } from '../render/scene.js';
import { colorRamps } from '../render/draw/colors.js';
import { ticksOf } from '../plot/ticks.js';
import { captionOf } from './caption.js';
import { unitFields } from './unitFields.js';
import { Outline, Pen, embeddedImage, svgDocument } from './svgDocument.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../plot/palette.js').Palette} Palette */
/** @typedef {{x1: [number, number], x2: [number, number]}} Plane */

const SIZE = 480;
const LEFT = 56;
const TOP = 16;
const RIGHT = 20;
const BOTTOM = 76;
const RADIUS = 3.2;
const MANY = 700;

/** Where a place of the plane lies on the sheet. @param {Plane} plane */
function placing({ x1, x2 }) {
  return {
    x: (/** @type {number} */ value) => LEFT + (SIZE * (value - x1[0])) / (x1[1] - x1[0]),
    y: (/** @type {number} */ value) => TOP + SIZE - (SIZE * (value - x2[0])) / (x2[1] - x2[0]),
  };
}

/** @param {Pen} pen @param {Float64Array[]} fields @param {Palette} palette */
function drawContour(pen, fields, palette) {
  const scale = SIZE / (SHARPEST - 1);
  const zero = new Outline();
  for (const field of fields) {
    traceZero(field, SHARPEST, (column, row, starts) =>
      zero[starts ? 'moveTo' : 'lineTo'](LEFT + column * scale, TOP + SIZE - row * scale),
    );
  }
  Object.assign(pen, { lineWidth: 1.5, strokeStyle: css(palette.ink, 0.75) });
  if (zero.d) pen.stroke(zero);
}

/** @param {Pen} pen @param {State} state @param {Plane} plane @param {Palette} palette */
function drawPoints(pen, state, plane, palette) {
  const { data, ui } = state;
  if (!data) return;
  const { x, y } = placing(plane);
  const [, range] = targetsOf(state);
  const radius = data.x.length > MANY ? RADIUS * 0.8 : RADIUS;
  const scale = (/** @type {number} */ value) =>
    mix(palette.neutral, value < 0 ? palette.negative : palette.positive, Math.abs(value));
  data.x.forEach(([x1, x2], index) => {
    const hollow = data.split[index] === 'test';
    const outside = x1 < plane.x1[0] || x1 > plane.x1[1] || x2 < plane.x2[0] || x2 > plane.x2[1];
    if (outside || (hollow && !ui.testPoints)) return;
    const shown = markerOf({ task: data.task, classes: data.classes, range }, data.labels[index]);
    const ink = labelColor(shown, palette, scale);
    const outline = new Outline();
    traceShape(/** @type {Path2D} */ (/** @type {unknown} */ (outline)), shown.shape, x(x1), y(x2), radius);
    Object.assign(pen, {
      lineWidth: radius * (hollow ? 0.42 : 0.6),
      strokeStyle: hollow ? ink : css(palette.paper),
      fillStyle: hollow ? css(palette.paper, 0.8) : ink,
    });
    if (!hollow) pen.stroke(outline);
    pen.fill(outline);
    if (hollow) pen.stroke(outline);
  });
}

/** @param {Pen} pen @param {Plane} plane @param {Palette} palette */
function drawAxes(pen, plane, palette) {
  const { x, y } = placing(plane);
  const bottom = TOP + SIZE;
  const look = { color: css(palette.quiet), size: 12 };
  const marks = new Outline();
  for (const tick of ticksOf(plane.x1)) {
    marks.moveTo(x(tick), bottom);
    marks.lineTo(x(tick), bottom + 4);
    pen.write(x(tick), bottom + 18, shortest(tick, 3), { ...look, anchor: 'middle' });
  }
  for (const tick of ticksOf(plane.x2)) {
    marks.moveTo(LEFT, y(tick));
    marks.lineTo(LEFT - 4, y(tick));
    pen.write(LEFT - 8, y(tick) + 4, shortest(tick, 3), { ...look, anchor: 'end' });
  }
  Object.assign(pen, { lineWidth: 1, strokeStyle: css(palette.quiet) });
  pen.stroke(marks);
  pen.write(LEFT + SIZE / 2, bottom + 36, 'x₁', { ...look, size: 14, anchor: 'middle' });
  pen.write(18, TOP + SIZE / 2, 'x₂', { ...look, size: 14, anchor: 'middle', turned: true });
}

/**
 * @param {State} state
 * @param {Float32Array} theta
 * @returns {Promise<import('./svgDocument.js').Svg | null>}
 */
export async function drawBoundary(state, theta) {
  const { palette, ui } = state;
  const fields = await unitFields(state, theta, SHARPEST);
  if (!fields || !palette) return null;
  const { scene, activations } = fields;
  const values = predict(activations[activations.length - 1], scene.prediction, SHARPEST * SHARPEST);
  const pen = new Pen();
  const place = { x: LEFT, y: TOP, size: SIZE, corner: 0 };
  /** @type {import('../render/draw/canvases.js').PixelCanvas['draw']} */
  const draw = (_count, side, fill) =>
    void pen.marks.push(embeddedImage(side, place, (pixels) => fill(pixels, 0), 'plane'));
  const parted = colorPixels({
    scene,
    view: ui,
    values,
    side: SHARPEST,
    shades: colorRamps(palette),
    canvas: { draw },
  });
  drawContour(pen, parted, palette);
  drawPoints(pen, state, scene.plane, palette);
  drawAxes(pen, scene.plane, palette);
  pen.write(LEFT, TOP + SIZE + 62, captionOf(state), { color: css(palette.quiet), size: 12 });
  return svgDocument(
    {
      width: LEFT + SIZE + RIGHT,
      height: TOP + SIZE + BOTTOM,
      paper: palette.paper,
      title: captionOf(state),
    },
    pen,
  );
}
