/**
 * Backpropagation with mistakes in it, for the lecture alone: written out once more in plain loops, so that
 * each classic fault can be put in. Nothing that trains knows of it; the engine's own is what it is checked
 * against.
 */

/** @typedef {'slope' | 'index' | 'bias' | 'mean'} Fault */
/**
 * @typedef {{W: number[][], a: number[][], slope: number[][]}} LayerSeen a and slope: a row for each example
 */
/**
 * @typedef {{x: number[][], da: number[][], layers: LayerSeen[]}} Evidence da: ∂E/∂a of the outputs, a row
 *   for each example, 1/n in it
 */
/** @typedef {{dW: number[][], db: number[]}} LayerGradient */

/**
 * The faults, each with the line it is in: as it should be, and as it is then.
 * @type {Record<Fault, {right: string, wrong: string}>}
 */
export const FAULTS = {
  slope: {
    right: String.raw`\delta = \frac{\partial E}{\partial a}\; g'(z)`,
    wrong: String.raw`\delta = \frac{\partial E}{\partial a}`,
  },
  index: {
    right: String.raw`\frac{\partial E}{\partial a_j} = \sum_k \delta_k\, w_{kj}`,
    wrong: String.raw`\frac{\partial E}{\partial a_j} = \sum_k \delta_k\, w_{k,j+1}`,
  },
  bias: {
    right: String.raw`\frac{\partial E}{\partial w_{i0}} = \delta_i`,
    wrong: String.raw`\frac{\partial E}{\partial w_{i0}} = \sum_{j} \delta_i`,
  },
  mean: {
    right: String.raw`\frac1n \sum_k \frac{\partial E_k}{\partial w}`,
    wrong: String.raw`\sum_k \frac{\partial E_k}{\partial w}`,
  },
};

/**
 * ∂E/∂a of the layer below: what its units are to blame for.
 * @param {number[]} delta
 * @param {number[][]} W
 * @param {Set<Fault>} faults
 */
function propagatedDelta(delta, W, faults) {
  const width = W[0].length;
  const shift = faults.has('index') ? 1 : 0;
  return Array.from({ length: width }, (_, j) =>
    delta.reduce((sum, each, k) => sum + each * W[k][(j + shift) % width], 0),
  );
}

/**
 * One example's share in every layer's gradient.
 * @param {Evidence} seen
 * @param {number} row
 * @param {Set<Fault>} faults
 * @returns {LayerGradient[]}
 */
function ofExample({ x, da, layers }, row, faults) {
  const factor = faults.has('mean') ? x.length : 1;
  let arriving = da[row].map((value) => value * factor);
  /** @type {LayerGradient[]} */
  const gradients = [];
  for (let layer = layers.length - 1; layer >= 0; layer -= 1) {
    const { W, slope } = layers[layer];
    const below = layer > 0 ? layers[layer - 1].a[row] : x[row];
    const delta = arriving.map((value, i) => (faults.has('slope') ? value : value * slope[row][i]));
    const times = faults.has('bias') ? below.length : 1;
    gradients.unshift({
      dW: delta.map((each) => below.map((value) => each * value)),
      db: delta.map((each) => each * times),
    });
    arriving = propagatedDelta(delta, W, faults);
  }
  return gradients;
}

/**
 * The gradient over all examples, with these faults.
 * @param {Evidence} seen
 * @param {Set<Fault>} faults
 * @returns {LayerGradient[]}
 */
export function backpropagate(seen, faults) {
  return seen.x
    .map((_, row) => ofExample(seen, row, faults))
    .reduce((sum, each) =>
      sum.map(({ dW, db }, layer) => ({
        dW: dW.map((line, i) => line.map((value, j) => value + each[layer].dW[i][j])),
        db: db.map((value, i) => value + each[layer].db[i]),
      })),
    );
}

/** In the order of the flat vector: unit by unit, the bias first. @param {LayerGradient[]} layers */
export const flattenGradient = (layers) =>
  layers.flatMap(({ dW, db }) => dW.flatMap((row, unit) => [db[unit], ...row]));

/**
 * |g − n| / max(|g|, |n|, 1e-3 · max|g|), as the engine's own check judges.
 * @param {number[]} gradient
 * @param {number[]} numerical
 */
export function relativeErrors(gradient, numerical) {
  const least = 1e-3 * Math.max(...gradient.map(Math.abs));
  return gradient.map((g, place) => {
    const scale = Math.max(Math.abs(g), Math.abs(numerical[place]), least);
    return scale > 0 ? Math.abs(g - numerical[place]) / scale : 0;
  });
}
