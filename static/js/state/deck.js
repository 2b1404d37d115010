/** The lecture's state: which page, how far it has been stepped through, and the numbers the server gave. */

/** @typedef {{id: number, operation: string, inputs: number[], label: string, value: number | null, gradient: number | null, local_gradients: (number | null)[], formula: string, local_formulas: string[]}} GraphNode */
/** @typedef {{value: number, nodes: GraphNode[], tex: string}} Graph */
/** @typedef {{number: number, id: string, title: string}} Summary */
/** @typedef {{count: number, columns: string[], names: string[] | null}} Rounds */
/** @typedef {Summary & {prose: string[], formulas: string[], network: object | null, beside: Record<string, object>, names: Record<string, string>, expressions: string[], values: Record<string, number>, rounds: Rounds | null}} Exhibit */
/** @typedef {{x: number[][], y: number[][], inputs: string[]}} Rows */
/** @typedef {{id: string, label: string, step: number, train: {loss: number}, data: Rows, layers: {z: number[][], a: number[][]}[]}} Reading */
/**
 * @typedef {object} Deck
 * @property {Summary[]} exhibits
 * @property {Exhibit | null} exhibit
 * @property {Graph[]} graphs
 * @property {Record<string, number>} values
 * @property {boolean} rounded as on the slides
 * @property {number} at how many steps of the walk through the gates are done
 * @property {Reading | null} reading the network's numbers
 * @property {Reading[]} beside those of the networks beside it
 * @property {number[][]} rounds a row of numbers per update
 * @property {string} fault
 */

/** @type {Deck} */
export const FIRST = { exhibits: [], exhibit: null, graphs: [], values: {}, rounded: false, at: 0, reading: null, beside: [], rounds: [], fault: '' };

/** Gates of a graph, in the order of computing. @param {Graph} graph */
export const gatesOf = ({ nodes }) => nodes.filter(({ inputs }) => inputs.length > 0);

/** Steps to walk all graphs forward, and back. @param {Deck} deck */
export function walkLength({ graphs }) {
  return Math.max(0, ...graphs.map((graph) => 2 * gatesOf(graph).length + 1));
}

/** @param {Deck} initial */
export function createDeck(initial) {
  let deck = initial;
  /** @type {Set<(deck: Deck) => void>} */
  const listeners = new Set();
  return {
    get: () => deck,
    /** @param {Partial<Deck>} change */
    change(change) {
      deck = { ...deck, ...change };
      for (const listen of listeners) listen(deck);
    },
    /** @param {(deck: Deck) => void} listen */
    subscribe: (listen) => listeners.add(listen),
  };
}
