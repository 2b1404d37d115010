/**
 * Where each parameter sits in the flat vector theta: layer by layer, unit by unit, first the bias
 * w_i0, then w_i1, w_i2, … Layers, units and inputs count from 0 here; names count as the slides do.
 */

/** @typedef {{units: number, activation: string, dropout?: number}} LayerSpec */
/** @typedef {{inputs: number, units: number, start: number}} Block */

/** @param {number} inputs @param {LayerSpec[]} layers @returns {Block[]} */
export function blocks(inputs, layers) {
  let start = 0;
  let width = inputs;
  return layers.map(({ units }) => {
    const block = { inputs: width, units, start };
    start += units * (1 + width);
    width = units;
    return block;
  });
}

/** @param {Block[]} list */
export function parameterCount(list) {
  const last = list[list.length - 1];
  return last ? last.start + last.units * (1 + last.inputs) : 0;
}

/**
 * The place of one parameter in theta. input −1 is the bias.
 * @param {Block[]} list
 * @param {number} layer
 * @param {number} unit
 * @param {number} input
 */
export function parameterIndex(list, layer, unit, input) {
  const block = list[layer];
  return block.start + unit * (1 + block.inputs) + input + 1;
}

/**
 * The parameters as REST has them.
 * @param {Block[]} list
 * @param {Float32Array} theta
 */
export function asLayers(list, theta) {
  return list.map((block) => {
    const rows = Array.from({ length: block.units }, (_, unit) => {
      const from = block.start + unit * (1 + block.inputs);
      return Array.from(theta.subarray(from, from + 1 + block.inputs));
    });
    return { W: rows.map((row) => row.slice(1)), b: rows.map((row) => row[0]) };
  });
}
