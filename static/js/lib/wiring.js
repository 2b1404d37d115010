/** Where the gates of a computation graph stand: inputs on the left, each gate right of all that it reads. */

/** @typedef {import('../state/graphs.js').Graph} Graph */
/** @typedef {{x: number, y: number}} Spot */

export const ACROSS = 110;
export const DOWN = 64;

/**
 * A spot for every node, in pixels of the drawing.
 * @param {Graph} graph
 * @returns {{spots: Spot[], width: number, height: number}}
 */
export function wire({ nodes }) {
  /** @type {number[]} */
  const columns = [];
  /** @type {number[]} */
  const rows = [];
  let leaves = 0;
  /** @type {Map<number, number[]>} rows taken in a column */
  const taken = new Map();
  for (const { inputs } of nodes) {
    const column = inputs.length === 0 ? 0 : 1 + Math.max(...inputs.map((id) => columns[id]));
    let row = inputs.length === 0 ? leaves++ : inputs.reduce((sum, id) => sum + rows[id], 0) / inputs.length;
    const others = taken.get(column) ?? [];
    while (others.some((other) => Math.abs(other - row) < 0.9)) row += 1;
    taken.set(column, [...others, row]);
    columns.push(column);
    rows.push(row);
  }
  const spots = nodes.map((_, id) => ({ x: 60 + columns[id] * ACROSS, y: 40 + rows[id] * DOWN }));
  return { spots, width: 150 + Math.max(...columns) * ACROSS, height: 80 + Math.max(...rows) * DOWN };
}
