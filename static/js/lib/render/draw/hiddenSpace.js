/**
 * A layer's hidden space: the plane's grid and the examples where the layer puts them. Two units are the two
 * axes, one
 * is a line, more are seen along their two principal components. Where one or two units span all of it, the
 * ground is
 * coloured with what the layers after them say, and the decision line on it is theirs.
 */

import { drawPoints } from '../../plot/scatter.js';
import { css } from '../../plot/colorScale.js';
import { colorPixels, paintField } from './boundary.js';
import { createBitmapTarget, createPixelCanvas } from './canvases.js';
import { createPointCloud, fits } from '../compute/pointCloud.js';
import { project, principalComponents } from '../compute/pca.js';
import { drawMesh } from './mesh.js';

/** @typedef {import('../compute/pca.js').Components} Components */
/** @typedef {import('../compute/gridCache.js').Evaluator} Evaluator */
/** @typedef {import('../scene.js').Cloud} Cloud */
/** @typedef {import('../scene.js').Scene} Scene */
/** @typedef {import('../scene.js').Space} Space */
/** @typedef {import('../scene.js').View} View */
/** @typedef {import('./colors.js').ColorRamps} ColorRamps */
/**
 * @typedef {{
 *   scene: Scene,
 *   view: View,
 *   shades: ColorRamps,
 *   activations: Float64Array[],
 *   values: Float64Array | null,
 *   side: number,
 *   theta: Float32Array,
 * }} Work
 */
/** @typedef {{across: Float64Array, up: Float64Array}} Spots */
/** @typedef {[number, number]} Range */
/** @typedef {{kind: Space['kind'], shares: Range, spots: Spots, mesh: Spots | null}} Seen */

const GROUND = 60;
const RADIUS = 0.16;
const MARGIN = 0.08;
const LOOSE = 0.55;
const GOLDEN = 0.618034;

/** @param {Float64Array[]} arrays @returns {Range} */
function extent(arrays) {
  let low = Infinity;
  let high = -Infinity;
  for (const values of arrays) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return Number.isFinite(high - low) ? [low, high] : [-1, 1];
}

/**
 * A range around what is there; the last one stays while it fits, so that the axes stand still.
 * @param {Float64Array[]} arrays
 * @param {Range | undefined} before
 * @returns {Range}
 */
function rangeOf(arrays, before) {
  const [low, high] = extent(arrays);
  const size = Math.max(high - low, 1e-6);
  if (before && low >= before[0] && high <= before[1] && size > LOOSE * (before[1] - before[0]))
    return before;
  return [low - MARGIN * size, high + MARGIN * size];
}

/**
 * A line's examples, spread across it so that they can be told apart.
 * @param {Float64Array} values
 * @returns {Spots}
 */
function onLine(values) {
  return { across: values, up: values.map((_, index) => (((index + 1) * GOLDEN) % 1) * 1.2 - 0.6) };
}

/** @param {Float64Array} values (2 × points) @returns {Spots} */
const onAxes = (values) => ({
  across: values.subarray(0, values.length / 2),
  up: values.subarray(values.length / 2),
});

/** @param {Evaluator} evaluator */
export function createHiddenSpace(evaluator) {
  const target = createBitmapTarget();
  const canvas = createPixelCanvas();
  /** @type {Cloud | null} */
  let cloud = null;
  /** @type {{scene: Scene, of: Cloud, cloud: ReturnType<typeof createPointCloud>} | null} */
  let known = null;
  /** @type {{key: string, components: Components | null, across?: Range, up?: Range}} */
  let before = { key: '', components: null };

  /** @param {Scene} scene @param {Cloud} of */
  function cloudOf(scene, of) {
    if (known?.scene !== scene || known.of !== of)
      known = { scene, of, cloud: createPointCloud(scene, of, evaluator) };
    return known.cloud;
  }

  /**
   * @param {Float64Array} values (units × examples)
   * @param {Float64Array | undefined} grid (units × side²)
   * @param {number} units
   * @returns {Seen}
   */
  function look(values, grid, units) {
    if (units === 1) return { kind: 'unit', shares: [1, 0], spots: onLine(values), mesh: null };
    if (units === 2)
      return { kind: 'units', shares: [1, 1], spots: onAxes(values), mesh: grid ? onAxes(grid) : null };
    const components = principalComponents(values, units, before.components);
    before.components = components;
    const place = (/** @type {Float64Array} */ a) => ({
      across: project(a, components, 0),
      up: project(a, components, 1),
    });
    return {
      kind: 'components',
      shares: components.shares,
      spots: place(values),
      mesh: grid ? place(grid) : null,
    };
  }

  /**
   * @param {OffscreenCanvasRenderingContext2D} context
   * @param {Work} work
   * @param {Seen} seen
   * @param {{x1: Range, x2: Range}} plane
   * @param {Cloud} of
   */
  function draw(context, { view, scene, shades, values, side }, { kind, spots, mesh }, plane, of) {
    /** @type {{pixels: Uint32Array, fields: Float64Array[]} | null} */
    let coloredMesh = null;
    if (mesh && values) {
      let pixels = new Uint32Array(0);
      const kept = {
        draw: (
          /** @type {number} */ _,
          /** @type {number} */ size,
          /** @type {(pixels: Uint32Array, square: number) => void} */ fill,
        ) => {
          pixels = new Uint32Array(size * size);
          fill(pixels, 0);
        },
        place() {},
      };
      coloredMesh = { fields: colorPixels({ scene, view, values, side, shades, canvas: kept }), pixels };
    }
    if (mesh && coloredMesh)
      drawMesh(context, { mesh, side, plane, view, ...coloredMesh, filled: kind === 'components' });
    const marks = Array.from(spots.across, (x1, row) => ({
      x1,
      x2: spots.up[row],
      label: of.labels[row],
      hollow: of.hollow[row],
    }));
    const radius = RADIUS * view.rem * view.density;
    const meaning = { task: of.task, classes: scene.classes, range: of.range };
    drawPoints(context, marks, {
      plane,
      width: view.board,
      height: view.board,
      radius,
      palette: view.colors,
      meaning,
      outlined: true,
    });
  }

  return {
    /** @param {Cloud} next */
    setCloud(next) {
      cloud = next;
    },
    /** @param {Work} work @returns {Space | null} */
    paint(work) {
      const { scene, view, theta, activations, shades } = work;
      if (view.space === null || !cloud || cloud.x.length === 0 || !fits(scene, cloud)) return null;
      const layer = view.space;
      const { units } = scene.layers[layer];
      const examples = cloudOf(scene, cloud);
      if (before.key !== `${scene.key} ${layer}`) before = { key: `${scene.key} ${layer}`, components: null };
      const seen = look(examples.seen(theta, layer), activations[layer], units);
      const { spots, mesh, kind, shares } = seen;
      const across = rangeOf(mesh ? [spots.across, mesh.across] : [spots.across], before.across);
      const up =
        kind === 'unit'
          ? /** @type {Range} */ ([-1, 1])
          : rangeOf(mesh ? [spots.up, mesh.up] : [spots.up], before.up);
      Object.assign(before, { across, up });
      const plane = { x1: across, x2: up };
      const context = target.open(view.board, view.board);
      context.fillStyle = css(view.colors.neutral);
      context.fillRect(0, 0, view.board, view.board);
      if (units <= 2)
        paintField(context, {
          scene,
          view,
          shades,
          canvas,
          side: GROUND,
          values: examples.saying(theta, layer, plane, GROUND),
        });
      draw(context, work, seen, plane, cloud);
      return { picture: target.finish(), kind, layer, shares, across, up };
    },
  };
}
