/** The curves of kept runs, drawn beneath the one under way: quieter, with their number where they end. */

import { css } from '../../lib/plot/colorScale.js';

/** @typedef {import('../../../vendor/uPlot.esm.js')} Plot */
/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/runs.js').Run} Run */
/** @typedef {import('../../lib/plot/palette.js').Palette} Palette */

const LEAST = 1e-12;

/** Those to be seen. @param {State['runs']} runs @returns {Run[]} */
export function shownRuns({ last, kept }) {
  return [...(last ? [last] : []), ...kept].filter(({ shown }) => shown);
}

/**
 * The largest epoch, and the smallest and largest loss that can be drawn.
 * @param {Run[]} runs
 * @param {boolean} logarithmic
 */
export function extentOf(runs, logarithmic) {
  let [epoch, low, high] = [0, Infinity, -Infinity];
  for (const { rows } of runs) {
    for (const row of rows) {
      epoch = Math.max(epoch, row.epoch);
      for (const loss of [row.train, row.test]) {
        if (loss === null || !Number.isFinite(loss) || (logarithmic && loss <= LEAST)) continue;
        low = Math.min(low, loss);
        high = Math.max(high, loss);
      }
    }
  }
  return { epoch, low, high };
}

/** @param {Plot} plot @param {Run} run @param {'train' | 'test'} which @param {boolean} logarithmic */
function pathOf(plot, { rows }, which, logarithmic) {
  const path = new Path2D();
  let drawing = false;
  let end = { x: NaN, y: NaN };
  for (const row of rows) {
    const loss = row[which];
    if (loss === null || !Number.isFinite(loss) || (logarithmic && loss <= LEAST)) {
      drawing = false;
      continue;
    }
    end = { x: plot.valToPos(row.epoch, 'x', true), y: plot.valToPos(loss, 'y', true) };
    if (drawing) path.lineTo(end.x, end.y);
    else path.moveTo(end.x, end.y);
    drawing = true;
  }
  return { path, end };
}

/**
 * @param {Plot} plot
 * @param {Run[]} runs
 * @param {{palette: Palette, logarithmic: boolean, tiny: number}} look
 */
export function drawRuns(plot, runs, { palette, logarithmic, tiny }) {
  const { ctx: context, bbox } = plot;
  const density = window.devicePixelRatio || 1;
  context.save();
  context.beginPath();
  context.rect(bbox.left, bbox.top - density, bbox.width + 14 * density, bbox.height + 2 * density);
  context.clip();
  for (const run of runs) {
    const train = pathOf(plot, run, 'train', logarithmic);
    context.strokeStyle = css(palette.quiet, 0.75);
    context.lineWidth = density;
    context.setLineDash([]);
    context.stroke(train.path);
    context.setLineDash([5 * density, 4 * density]);
    context.stroke(pathOf(plot, run, 'test', logarithmic).path);
    context.setLineDash([]);
    context.font = `600 ${tiny * density}px "Inter Variable", sans-serif`;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.lineWidth = 3 * density;
    context.strokeStyle = css(palette.paper);
    context.fillStyle = css(palette.quiet);
    const words = run.number === 0 ? '\u21ba' : String(run.number);
    context.strokeText(words, train.end.x + 3 * density, train.end.y);
    context.fillText(words, train.end.x + 3 * density, train.end.y);
  }
  context.restore();
}

/**
 * A run's loss at an epoch: the newest recorded up to it; null before it began and after it ended.
 * @param {Run} run
 * @param {number} epoch
 */
export function lossAt({ rows }, epoch) {
  if (rows.length === 0 || epoch > rows[rows.length - 1].epoch) return null;
  return rows.findLast((row) => row.epoch <= epoch)?.train ?? null;
}
