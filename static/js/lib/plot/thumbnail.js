/** A data set at a glance. */

import { clearCanvas } from '../dom/element.js';
import { drawPoints } from './scatter.js';

/** @typedef {import('../../state/types.js').DatasetEntry} DatasetEntry */
/** @typedef {import('./palette.js').Palette} Palette */

const RADIUS = 1.35;
const FEW = 8;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {DatasetEntry} entry
 * @param {Palette} palette
 * @param {number} size
 */
export function drawThumbnail(canvas, entry, palette, size) {
  const marks = entry.thumbnail.map(([a, b, label]) => ({ x1: a, x2: b, label, hollow: false }));
  const range = Math.max(1e-9, ...entry.thumbnail.map(([, , label]) => Math.abs(label)));
  const few = new Set(entry.thumbnail.map(([a, b]) => `${a} ${b}`)).size <= FEW;
  drawPoints(clearCanvas(canvas, size, size), marks, {
    plane: entry.plane,
    width: size,
    height: size,
    radius: few ? 2.5 * RADIUS : RADIUS,
    palette,
    meaning: { task: entry.task, classes: entry.classes, range },
    outlined: false,
  });
}
