/** What the hidden space shows: which layer's, and the examples in it. */

import { targetsOf } from './selectors.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../render/scene.js').Cloud} Cloud */

const MOST = 1000;

/**
 * The layer looked at, counting from 0: the one chosen, else the last hidden one; null: another view is open.
 * @param {State} state
 * @returns {number | null}
 */
export function spaceLayer({ ui, network }) {
  if (ui.chart !== 'space' || !network) return null;
  const last = Math.max(0, network.spec.layers.length - 2);
  return ui.spaceLayer !== null && ui.spaceLayer <= last ? ui.spaceLayer : last;
}

/**
 * Up to a thousand of the examples.
 * @param {State['data']} data
 * @param {State['network']} network
 * @param {boolean} testPoints
 * @returns {Cloud | null}
 */
export function cloudOf(data, network, testPoints) {
  if (!data || !network) return null;
  const [, range] = targetsOf({ data, network });
  const shown = data.x.flatMap((_, row) => (testPoints || data.split[row] === 'train' ? [row] : []));
  const rows = shown.filter(
    (_, index) =>
      Math.floor((index * MOST) / shown.length) !== Math.floor(((index - 1) * MOST) / shown.length),
  );
  return {
    x: rows.map((row) => data.x[row]),
    labels: rows.map((row) => Number(data.labels[row])),
    hollow: rows.map((row) => data.split[row] === 'test'),
    task: data.task,
    range,
  };
}
