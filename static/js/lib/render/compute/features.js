/**
 * A feature's value from its node list, as the server sends it: each node an operation on earlier
 * nodes, the last one the value. Interpreted, because the page may not compile text into code.
 */

/** @typedef {{operation: string, name?: string, value?: number, inputs?: number[]}} FeatureNode */
/** @typedef {Record<string, (u: number, v: number) => number>} Operations as the evaluator module has them */
/** @typedef {Record<string, Float64Array>} Values one array per variable, all of one length */

/**
 * @param {FeatureNode} node
 * @param {Float64Array[]} done the values of the earlier nodes
 * @param {Values} variables
 * @param {number} length
 * @param {Operations} operations
 */
function evaluateNode(node, done, variables, length, operations) {
  if (node.operation === 'variable') {
    const found = variables[node.name ?? ''];
    if (!found) throw new Error(`a feature reads ${node.name}, which is not an input here`);
    return found;
  }
  const values = new Float64Array(length);
  if (node.operation === 'constant') return values.fill(node.value ?? NaN);
  const operation = operations[node.operation];
  if (!operation) throw new Error(`a feature uses ${node.operation}, which the evaluator does not know`);
  const [u, v = u] = (node.inputs ?? []).map((input) => done[input]);
  for (let k = 0; k < length; k += 1) values[k] = operation(u[k], v[k]);
  return values;
}

/**
 * @param {FeatureNode[]} nodes
 * @param {Values} variables
 * @param {number} length
 * @param {Operations} operations
 * @returns {Float64Array}
 */
export function evaluateFeature(nodes, variables, length, operations) {
  /** @type {Float64Array[]} */
  const done = [];
  for (const node of nodes) done.push(evaluateNode(node, done, variables, length, operations));
  return done[done.length - 1];
}
