/** The numbers of a page, as the service tells them: every example's sums and answers, and a row for every update. */

import { shows } from '../../state/deck.js';
import { PREFIX, call, get } from '../../transport/rest.js';

/** @typedef {import('../../state/deck.js').Exhibit} Exhibit */
/** @typedef {import('../../state/deck.js').Reading} Reading */
/** @typedef {import('../../state/deck.js').Shown} Shown */
/** @typedef {ReturnType<typeof import('../../state/deck.js').createDeck>} Store */
/** @typedef {{W: number[][], b: number[]}} Layer */

const SHOWN = 8;
const ATTEMPTS = 4;

/** @param {string} path @param {object} body */
export const post = (path, body) => call({ method: 'POST', path: `${PREFIX}${path}`, body });

/** The numbers of one row of a table of updates. @param {Exhibit} exhibit @param {Reading} reading @param {Layer[]} layers */
function roundOf({ rounds }, reading, layers) {
  const a = reading.layers[reading.layers.length - 1].a[0][0];
  return (rounds?.columns ?? []).map((column) => {
    if (column === 'a') return a;
    if (column === 'a-y') return a - reading.data.y[0][0];
    if (column === 'E') return reading.train.loss;
    const [i, j, layer] = (column.match(/\d/g) ?? []).map(Number);
    return j === 0 ? layers[layer - 1].b[i - 1] : layers[layer - 1].W[i - 1][j - 1];
  });
}

/** One network's numbers, all of one step where it stands still long enough. @param {Shown} shown @param {boolean} losses @returns {Promise<{reading: Reading, weights: Layer[]}>} */
async function readOne({ id, label }, losses) {
  const data = await get(`/networks/${id}/data`);
  const some = { ...data, x: data.x.slice(0, SHOWN), y: data.y.slice(0, SHOWN) };
  const rows = losses ? some.x.map((/** @type {number[]} */ _, /** @type {number} */ row) => `/gradients?example=${row}`) : [];
  for (let attempt = 1; ; attempt += 1) {
    const asked = ['', '/parameters', ...rows].map((rest) => get(`/networks/${id}${rest}`));
    const [told, [{ version, step, train }, { layers: weights }, ...each]] = await Promise.all([post(`/networks/${id}/activations`, { x: some.x }), Promise.all(asked)]);
    const whole = [told, ...each].every((answer) => answer.step === step) && (await get(`/networks/${id}`)).step === step;
    if (!whole && attempt < ATTEMPTS) continue;
    return { reading: { id, label, version, step, train, data: some, layers: told.layers, losses: each.map(({ loss }) => loss) }, weights };
  }
}

/**
 * Read every network of the page; rows of the table of updates stand at the places of their steps.
 * @param {Store} store
 */
export async function readNumbers(store) {
  const { networks, exhibit } = store.get();
  const wanted = ['table', 'rounds'].some((part) => shows(store.get(), part));
  if (!exhibit || networks.length === 0 || !wanted) return;
  const losses = shows(store.get(), 'table') && 'E' in exhibit.names;
  const [first, ...others] = await Promise.all(networks.map((shown) => readOne(shown, losses)));
  if (store.get().networks !== networks) return;
  const before = store.get().rounds.slice(0, first.reading.step);
  const rounds = exhibit.rounds ? [...before, roundOf(exhibit, first.reading, first.weights)] : [];
  store.change({ reading: first.reading, beside: others.map(({ reading }) => reading), rounds });
}
