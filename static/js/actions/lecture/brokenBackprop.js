/**
 * What the exhibit of faults works on: central differences from the engine, and all that backpropagation
 * needs.
 */

import { PREFIX, call, get } from '../../transport/rest.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */

/** @param {string} path @param {object} body */
const post = (path, body) => call({ method: 'POST', path: `${PREFIX}${path}`, body });

/** A list cut into rows of so many. @param {number[]} list @param {number} width */
const rows = (list, width) =>
  Array.from({ length: list.length / width }, (_, row) => list.slice(row * width, (row + 1) * width));

/** @param {Lecture} lecture @returns {Promise<Partial<Lecture>>} */
export async function readBackpropEvidence({ networks: [{ id }] }) {
  const [{ spec }, check, gradients, parameters] = await Promise.all([
    get(`/networks/${id}`),
    post(`/networks/${id}/gradient-check`, {}),
    get(`/networks/${id}/gradients`),
    get(`/networks/${id}/parameters`),
  ]);
  const there = await post(`/networks/${id}/activations`, { x: gradients.x });
  const layers = await Promise.all(
    there.layers.map(
      async (/** @type {{z: number[][], a: number[][]}} */ { z, a }, /** @type {number} */ layer) => {
        const { slope } = await post('/activations', { name: spec.layers[layer].activation, z: z.flat() });
        return { W: parameters.layers[layer].W, a, slope: rows(slope, z[0].length) };
      },
    ),
  );
  const { da } = gradients.layers.at(-1);
  return {
    checked: { step: check.step, parameters: check.parameters, evidence: { x: there.features, da, layers } },
  };
}
