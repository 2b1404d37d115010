/**
 * Where the gates of a computation graph stand: inputs on the left, each gate right of all that it reads.
 * A wire leaves its gate level, with room for a number above it and one below, and only then turns to where it goes.
 */

/** @typedef {import('../state/graphs.js').Graph} Graph */
/** @typedef {{x: number, y: number}} Spot */

const DOWN = 54;
const MARGIN = 34;
const BEFORE = 40;
const AFTER = 92;
const NARROW = 112;
const WIDE = 160;
const USUAL_WIDTH = 900;
const LEVEL = 84;

/**
 * A spot for every node, in pixels of the drawing; the fewer columns, the further apart.
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
  const last = Math.max(...columns);
  const across = Math.min(WIDE, Math.max(NARROW, USUAL_WIDTH / last));
  const spots = nodes.map((_, id) => ({ x: BEFORE + columns[id] * across, y: MARGIN + rows[id] * DOWN }));
  return { spots, width: BEFORE + last * across + AFTER, height: 2 * MARGIN + Math.max(...rows) * DOWN };
}

/** The path of a wire. @param {Spot} from @param {Spot} to */
export const course = (from, to) => `M${from.x},${from.y} H${Math.min(to.x, from.x + LEVEL)} L${to.x},${to.y}`;
