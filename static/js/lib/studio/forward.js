/**
 * The forward pass over many points at once, for pictures: z = W a + b, a = g(z), layer by layer.
 * Values are stored unit by unit (all points of one unit together), so that each inner loop runs
 * straight through memory. Numbers that explain come from the engine; these are only drawn.
 */

/** @typedef {import('../parameters.js').Block} Block */
/** @typedef {(values: Float64Array, from: number, to: number) => void} Application a activation over a range, in place */

/**
 * One layer. a (inputs × points) → activations (units × points).
 * @param {Float64Array} a
 * @param {ArrayLike<number>} theta
 * @param {Block} block
 * @param {number} points
 * @param {Application} activate
 */
export function forwardLayer(a, theta, { inputs, units, start }, points, activate) {
  const values = new Float64Array(units * points);
  for (let unit = 0; unit < units; unit += 1) {
    const row = start + unit * (1 + inputs);
    const from = unit * points;
    values.fill(theta[row], from, from + points);
    for (let input = 0; input < inputs; input += 1) {
      const weight = theta[row + 1 + input];
      const source = input * points;
      for (let k = 0; k < points; k += 1) values[from + k] += weight * a[source + k];
    }
  }
  activate(values, 0, values.length);
  return values;
}

/**
 * Every layer's activations.
 * @param {Float64Array} x (features × points)
 * @param {ArrayLike<number>} theta
 * @param {Block[]} blocks
 * @param {number} points
 * @param {Application[]} activations one per layer
 * @returns {Float64Array[]}
 */
export function forward(x, theta, blocks, points, activations) {
  let a = x;
  return blocks.map((block, layer) => {
    a = forwardLayer(a, theta, block, points, activations[layer]);
    return a;
  });
}

/**
 * What the network says, in place: p = σ(z) or softmax(z) where the loss reads logits, a itself elsewhere.
 * @param {Float64Array} outputs (outputs × points)
 * @param {'identity' | 'sigmoid' | 'softmax'} kind
 * @param {number} points
 */
export function predict(outputs, kind, points) {
  if (kind === 'identity') return outputs;
  if (kind === 'sigmoid') return outputs.map((z) => 1 / (1 + Math.exp(-z)));
  const shares = outputs.slice();
  const classes = outputs.length / points;
  for (let k = 0; k < points; k += 1) {
    let largest = -Infinity;
    for (let c = 0; c < classes; c += 1) largest = Math.max(largest, outputs[c * points + k]);
    let sum = 0;
    for (let c = 0; c < classes; c += 1) sum += shares[c * points + k] = Math.exp(outputs[c * points + k] - largest);
    for (let c = 0; c < classes; c += 1) shares[c * points + k] /= sum;
  }
  return shares;
}
