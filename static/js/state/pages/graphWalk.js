/** Computation graphs and how far one has walked through them: forward gate by gate, then back. */

/**
 * @typedef {{
 *   id: number,
 *   operation: string,
 *   inputs: number[],
 *   label: string,
 *   value: number | null,
 *   gradient: number | null,
 *   local_gradients: (number | null)[],
 *   formula: string,
 *   local_formulas: string[],
 * }} GraphNode
 */
/** @typedef {{value: number | null, nodes: GraphNode[], tex: string}} Graph */
/**
 * @typedef {object} Opened what a page with graphs holds of them
 * @property {Graph[]} graphs
 * @property {Record<string, number>} values of the names in them
 * @property {boolean} rounded as on the slides
 * @property {number} at how many steps of the walk are done
 * @property {{names: Record<string, string>} | null} [exhibit] names of gates, by their sign
 */

/** Gates of a graph, in the order of computing. @param {Graph} graph */
export const gatesOf = ({ nodes }) => nodes.filter(({ inputs }) => inputs.length > 0);

/** Steps to walk a graph forward, and back. @param {Graph} graph */
const stepsOf = (graph) => 2 * gatesOf(graph).length + 1;

/** Steps to walk all graphs forward, and back. @param {Pick<Opened, 'graphs'>} opened */
export function walkLength({ graphs }) {
  return Math.max(0, ...graphs.map(stepsOf));
}

/**
 * How far the walk is: what has a value, what has a gradient, which gate is lit.
 * @param {Graph} graph
 * @param {number} step
 */
export function progress(graph, step) {
  const at = Math.min(step, stepsOf(graph));
  const gates = gatesOf(graph);
  const count = gates.length;
  const done = new Set(graph.nodes.filter(({ inputs }) => inputs.length === 0).map(({ id }) => id));
  gates.slice(0, at).forEach(({ id }) => done.add(id));
  const back = at - count - 1;
  const walked = new Set(
    [...gates]
      .reverse()
      .slice(0, Math.max(0, back))
      .map(({ id }) => id),
  );
  const last = graph.nodes.length - 1;
  const known = (/** @type {number} */ id) => {
    const users = gates.filter(({ inputs }) => inputs.includes(id));
    return id === last ? back >= 0 : back >= 0 && users.every((gate) => walked.has(gate.id));
  };
  const lit =
    at === 0
      ? -1
      : at <= count
        ? gates[at - 1].id
        : back > 0
          ? (gates[count - Math.min(back, count)]?.id ?? -1)
          : last;
  return { done, known, lit, backward: back > 0, arriving: back === 0 };
}

/**
 * The step at which a gate is lit: on the way back if one is on the way back.
 * @param {Graph} graph
 * @param {number} id
 * @param {number} at
 */
export function stepOf(graph, id, at) {
  const gates = gatesOf(graph);
  const place = gates.findIndex((gate) => gate.id === id);
  if (place < 0) return at;
  return at > gates.length ? 2 * gates.length + 1 - place : place + 1;
}

/** The names in a typed formula that stand for numbers. @param {string} expression */
export const namesIn = (expression) => [...new Set(expression.match(/[a-zA-Z_]\w*(?![\w\s]*\()/g) ?? [])];
