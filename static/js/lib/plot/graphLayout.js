/**
 * Where the gates of a computation graph stand: inputs on the left, each gate right of all that it reads, a
 * constant close to its gate.
 * A wire leaves its gate level, with room for a number above it and one below, and only then turns to where
 * it goes.
 */

/** @typedef {import('../../state/pages/graphWalk.js').Graph} Graph */
/** @typedef {{x: number, y: number}} NodePosition */

const DOWN = 48;
const MARGIN = 28;
const BEFORE = 24;
const AFTER = 88;
const NARROW = 112;
const WIDE = 160;
const USUAL_WIDTH = 760;
const LEVEL = 84;
const APART = 0.9;

/**
 * How far right each node stands: a gate right of all that it reads, a constant just left of its gate.
 * @param {Graph} graph
 */
function columnsOf({ nodes }) {
  /** @type {number[]} */
  const columns = [];
  for (const { inputs } of nodes)
    columns.push(inputs.length === 0 ? 0 : 1 + Math.max(...inputs.map((input) => columns[input])));
  return nodes.map(({ id, operation }) => {
    const users = operation === 'constant' ? nodes.filter(({ inputs }) => inputs.includes(id)) : [];
    return users.length === 0 ? columns[id] : Math.min(...users.map((user) => columns[user.id])) - 1;
  });
}

/**
 * How far down each node stands: inputs one below the other, a gate amid what it reads, a constant beside
 * what it is reckoned with.
 * @param {Graph} graph
 * @param {number[]} columns
 */
function rowsOf({ nodes }, columns) {
  /** @type {number[]} */
  const rows = [];
  /** @param {number} id @param {number} wanted @param {number} [way] to go where the place is taken */
  const put = (id, wanted, way = 1) => {
    const others = Object.keys(rows).filter((other) => columns[Number(other)] === columns[id]);
    rows[id] = wanted;
    while (others.some((other) => Math.abs(rows[Number(other)] - rows[id]) < APART)) rows[id] += way;
  };
  let leaves = 0;
  for (const { id, inputs } of nodes) {
    const [placed] = inputs.filter((input) => input in rows);
    for (const input of inputs.filter((other) => !(other in rows))) {
      const way = input < placed ? -1 : 1;
      put(input, rows[placed] + way, way);
    }
    if (inputs.length > 0) put(id, inputs.reduce((sum, input) => sum + rows[input], 0) / inputs.length);
    else if (columns[id] === 0) put(id, leaves++);
  }
  return rows;
}

/**
 * A spot for every node, in pixels of the drawing; the fewer columns, the further apart.
 * @param {Graph} graph
 * @returns {{spots: NodePosition[], width: number, height: number}}
 */
export function layoutGraph(graph) {
  const columns = columnsOf(graph);
  const rows = rowsOf(graph, columns);
  const top = Math.min(...rows);
  const last = Math.max(...columns);
  const across = Math.min(WIDE, Math.max(NARROW, USUAL_WIDTH / last));
  const spots = rows.map((row, id) => ({ x: BEFORE + columns[id] * across, y: MARGIN + (row - top) * DOWN }));
  return {
    spots,
    width: BEFORE + last * across + AFTER,
    height: 2 * MARGIN + (Math.max(...rows) - top) * DOWN,
  };
}

/** The path of a wire. @param {NodePosition} from @param {NodePosition} to */
export const wirePath = (from, to) =>
  `M${from.x},${from.y} H${Math.min(to.x, from.x + LEVEL)} L${to.x},${to.y}`;
