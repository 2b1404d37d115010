/**
 * The forward pass over many points at once, for pictures: z = W a + b, a = g(z), layer by layer.
 * Values are stored unit by unit (all points of one unit together), so that each inner loop runs
 * straight through memory. Numbers that explain come from the engine; these are only drawn.
 */

/** @typedef {import('../../model/parameterLayout.js').Block} Block */
/**
 * @typedef {(values: Float64Array, from: number, to: number) => void} Application an activation over a range,
 *   in place
 */

/**
 * Room for every layer's activations, (units × points) each, to be used again for every picture.
 * @param {Block[]} blocks
 * @param {number} points
 */
export function allocateActivations(blocks, points) {
  return blocks.map(({ units }) => new Float64Array(units * points));
}

/**
 * One layer. a (inputs × points) → values (units × points), written in place.
 * @param {Float64Array} values
 * @param {Float64Array} a
 * @param {ArrayLike<number>} theta
 * @param {Block} block
 * @param {number} points
 */
export function weightedSum(values, a, theta, { inputs, units, start }, points) {
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
}

/**
 * Every layer's activations, into `room`.
 * @param {Float64Array[]} room
 * @param {Float64Array} x (features × points)
 * @param {ArrayLike<number>} theta
 * @param {Block[]} blocks
 * @param {number} points
 * @param {Application[]} activations one per layer
 * @returns {Float64Array[]} the room
 */
export function forward(room, x, theta, blocks, points, activations) {
  blocks.forEach((block, layer) => {
    const values = room[layer];
    weightedSum(values, layer === 0 ? x : room[layer - 1], theta, block, points);
    activations[layer](values, 0, values.length);
  });
  return room;
}

/**
 * softmax over the classes at every point.
 * @param {Float64Array} z (classes × points)
 * @param {number} points
 */
function softmax(z, points) {
  const shares = z.slice();
  const classes = z.length / points;
  for (let k = 0; k < points; k += 1) {
    let largest = -Infinity;
    for (let c = 0; c < classes; c += 1) largest = Math.max(largest, z[c * points + k]);
    let sum = 0;
    for (let c = 0; c < classes; c += 1) {
      shares[c * points + k] = Math.exp(z[c * points + k] - largest);
      sum += shares[c * points + k];
    }
    for (let c = 0; c < classes; c += 1) shares[c * points + k] /= sum;
  }
  return shares;
}

/**
 * What the network says: p = σ(z) or softmax(z) where the loss reads logits, a itself elsewhere.
 * @param {Float64Array} outputs (outputs × points)
 * @param {'identity' | 'sigmoid' | 'softmax'} kind
 * @param {number} points
 */
export function predict(outputs, kind, points) {
  if (kind === 'softmax') return softmax(outputs, points);
  return kind === 'sigmoid' ? outputs.map((z) => 1 / (1 + Math.exp(-z))) : outputs;
}
