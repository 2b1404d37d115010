/**
 * The plane's grid where a layer puts it: a sheet of squares, bent, with the decision line that runs over it.
 */

import { css } from '../../plot/colorScale.js';
import { traceZero } from '../compute/contour.js';

/** @typedef {import('../compute/grid.js').Plane} Plane */
/** @typedef {import('../scene.js').View} View */
/** @typedef {{across: Float64Array, up: Float64Array}} Spots */
/**
 * @typedef {{
 *   mesh: Spots,
 *   side: number,
 *   plane: Plane,
 *   view: View,
 *   pixels: Uint32Array,
 *   fields: Float64Array[],
 *   filled: boolean,
 * }} Mesh pixels: the plane's colours, rows from above; fields: whose zero lines are drawn
 */

const SQUARES = 20;

/** @param {Mesh} mesh */
function placer({ mesh, plane: { x1, x2 }, view: { board } }) {
  const across = board / (x1[1] - x1[0]);
  const up = board / (x2[1] - x2[0]);
  return {
    x: (/** @type {number} */ k) => (mesh.across[k] - x1[0]) * across,
    y: (/** @type {number} */ k) => board - (mesh.up[k] - x2[0]) * up,
  };
}

/**
 * The squares, gathered by colour.
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Mesh} mesh
 * @param {number[]} lines
 */
function fillSquares(context, mesh, lines) {
  const { side, pixels } = mesh;
  const { x, y } = placer(mesh);
  /** @type {Map<number, Path2D>} */
  const paths = new Map();
  for (let i = 0; i + 1 < lines.length; i += 1) {
    for (let j = 0; j + 1 < lines.length; j += 1) {
      const corners = [
        lines[i] * side + lines[j],
        lines[i] * side + lines[j + 1],
        lines[i + 1] * side + lines[j + 1],
        lines[i + 1] * side + lines[j],
      ];
      const row = side - 1 - Math.round((lines[i] + lines[i + 1]) / 2);
      const pixel = pixels[row * side + Math.round((lines[j] + lines[j + 1]) / 2)];
      const path = paths.get(pixel) ?? new Path2D();
      corners.forEach((k, index) => (index === 0 ? path.moveTo(x(k), y(k)) : path.lineTo(x(k), y(k))));
      path.closePath();
      paths.set(pixel, path);
    }
  }
  for (const [pixel, path] of paths) {
    context.fillStyle = css([pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255], 0.85);
    context.fill(path);
  }
}

/** @param {OffscreenCanvasRenderingContext2D} context @param {Mesh} mesh @param {number[]} lines */
function strokeLines(context, mesh, lines) {
  const { side, view } = mesh;
  const { x, y } = placer(mesh);
  context.beginPath();
  for (const line of lines) {
    for (let k = 0; k < side; k += 1) {
      if (k === 0) context.moveTo(x(line * side), y(line * side));
      else context.lineTo(x(line * side + k), y(line * side + k));
    }
    for (let k = 0; k < side; k += 1) {
      if (k === 0) context.moveTo(x(line), y(line));
      else context.lineTo(x(k * side + line), y(k * side + line));
    }
  }
  context.lineWidth = view.density;
  context.strokeStyle = css(view.colors.ink, 0.34);
  context.stroke();
}

/**
 * The decision line as it runs over the plane, carried along with it.
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {Mesh} mesh
 */
function strokeDecision(context, mesh) {
  const { side, view, fields } = mesh;
  const { x, y } = placer(mesh);
  context.beginPath();
  for (const field of fields) {
    traceZero(field, side, (column, row, starts) => {
      const here = Math.floor(row) * side + Math.floor(column);
      const next = Math.ceil(row) * side + Math.ceil(column);
      const share = column - Math.floor(column) + row - Math.floor(row);
      const at = /** @type {const} */ ([
        x(here) + share * (x(next) - x(here)),
        y(here) + share * (y(next) - y(here)),
      ]);
      if (starts) context.moveTo(...at);
      else context.lineTo(...at);
    });
  }
  context.lineWidth = 2 * view.density;
  context.strokeStyle = css(view.colors.ink);
  context.stroke();
}

/** @param {OffscreenCanvasRenderingContext2D} context @param {Mesh} mesh */
export function drawMesh(context, mesh) {
  const last = mesh.side - 1;
  const squares = Math.min(SQUARES, last);
  const lines = Array.from({ length: squares + 1 }, (_, index) => Math.round((index * last) / squares));
  if (mesh.filled) fillSquares(context, mesh, lines);
  strokeLines(context, mesh, lines);
  strokeDecision(context, mesh);
}
