/**
 * The numbers of a page, as the service tells them: every example's sums and answers, and a row for every
 * update.
 */

import { flattenGradient } from '../../lib/model/brokenBackprop.js';
import { showsPart } from '../../state/pages/lecture.js';
import { PREFIX, call, get } from '../../transport/rest.js';
import { readBackpropEvidence } from './brokenBackprop.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../../state/pages/lecture.js').SeenStep} SeenStep */
/** @typedef {import('../../state/pages/lecture.js').Exhibit} Exhibit */
/** @typedef {import('../../state/pages/lecture.js').Reading} Reading */
/** @typedef {import('../../state/pages/lecture.js').ShownNetwork} ShownNetwork */
/** @typedef {ReturnType<typeof import('../../state/pages/lecture.js').createLectureStore>} Store */
/** @typedef {import('./lecture.js').EmbeddedNetwork} EmbeddedNetwork */
/** @typedef {{W: number[][], b: number[]}} Layer */

const SHOWN = 8;
const ATTEMPTS = 4;

/** @param {string} path @param {object} body */
export const post = (path, body) => call({ method: 'POST', path: `${PREFIX}${path}`, body });

/**
 * Where the networks are as the page draws them.
 * @param {EmbeddedNetwork[]} embedded
 * @returns {SeenStep[]}
 */
export function seenSteps(embedded) {
  return embedded.flatMap(({ state }) => {
    const { network, frame } = state();
    return network ? [{ id: network.id, version: network.version, step: frame?.step ?? network.step }] : [];
  });
}

/**
 * Whether a network has moved since its numbers were read.
 * @param {Lecture} lecture
 * @param {EmbeddedNetwork[]} embedded
 */
export function isBehind({ seen }, embedded) {
  return seenSteps(embedded).some(({ id, version, step }, index) => {
    const known = seen[index];
    return known?.id === id && (known.version !== version || known.step !== step);
  });
}

/**
 * The numbers of one row of a table of updates.
 * @param {Exhibit} exhibit
 * @param {Reading} reading
 * @param {Layer[]} layers
 */
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

/**
 * One network's numbers, all of one step where it stands still long enough.
 * @param {ShownNetwork} shown
 * @param {boolean} losses
 * @returns {Promise<{reading: Reading, weights: Layer[]}>}
 */
async function readOne({ id, label }, losses) {
  const data = await get(`/networks/${id}/data`);
  const some = { ...data, x: data.x.slice(0, SHOWN), y: data.y.slice(0, SHOWN) };
  const rows = losses
    ? some.x.map((/** @type {number[]} */ _, /** @type {number} */ row) => `/gradients?example=${row}`)
    : [];
  for (let attempt = 1; ; attempt += 1) {
    const requests = ['', '/parameters', ...rows].map((rest) => get(`/networks/${id}${rest}`));
    const [response, [{ version, step, train }, { layers: weights }, ...each]] = await Promise.all([
      post(`/networks/${id}/activations`, { x: some.x }),
      Promise.all(requests),
    ]);
    const whole =
      [response, ...each].every((answer) => answer.step === step) &&
      (await get(`/networks/${id}`)).step === step;
    if (!whole && attempt < ATTEMPTS) continue;
    return {
      reading: {
        id,
        label,
        version,
        step,
        train,
        data: some,
        layers: response.layers,
        losses: each.map(({ loss }) => loss),
      },
      weights,
    };
  }
}

/**
 * Every network's numbers; rows of the table of updates stand at the places of their steps.
 * @param {Lecture} lecture
 * @returns {Promise<Partial<Lecture>>}
 */
async function readNumbers(lecture) {
  const { networks, exhibit } = lecture;
  const losses = showsPart(lecture, 'table') && 'E' in (exhibit?.names ?? {});
  const [first, ...others] = await Promise.all(networks.map((shown) => readOne(shown, losses)));
  const before = lecture.rounds.slice(0, first.reading.step);
  const rounds = exhibit?.rounds ? [...before, roundOf(exhibit, first.reading, first.weights)] : [];
  return { reading: first.reading, beside: others.map(({ reading }) => reading), rounds };
}

/**
 * The matrices, and what the network makes of them: f(0), and f(e_j) − f(0).
 * @param {Lecture} lecture
 * @returns {Promise<Partial<Lecture>>}
 */
async function readProduct({ networks: [{ id }] }) {
  const [{ layers }, { spec }] = await Promise.all([
    get(`/networks/${id}/parameters`),
    get(`/networks/${id}`),
  ]);
  const inputs = layers[0].W[0].length;
  const x = Array.from({ length: inputs + 1 }, (_, row) =>
    Array.from({ length: inputs }, (__, j) => (j === row - 1 ? 1 : 0)),
  );
  const response = await post(`/networks/${id}/activations`, { x });
  const [bias, ...ends] = response.layers.at(-1).a.map((/** @type {number[]} */ row) => row[0]);
  const product = ends.map((/** @type {number} */ end) => end - bias);
  const W = layers.map((/** @type {Layer} */ layer) => layer.W);
  const b = layers.map((/** @type {Layer} */ layer) => layer.b);
  return { product: { activation: spec.layers[0].activation, W, b, product, bias } };
}

/**
 * The length of each layer's gradient, over the next batch.
 * @param {Lecture} lecture
 * @returns {Promise<Partial<Lecture>>}
 */
async function readNorms({ networks }) {
  const norms = networks.map(async ({ id, label }) => {
    const { layers } = await get(`/networks/${id}/gradients?batch=next`);
    return { label, norms: layers.map((/** @type {{dW: number[][]}} */ { dW }) => Math.hypot(...dW.flat())) };
  });
  return { norms: await Promise.all(norms) };
}

/**
 * The next batch's gradient, and those of its first examples.
 * @param {Lecture} lecture
 * @returns {Promise<Partial<Lecture>>}
 */
async function readBatch({ networks: [{ id }], batch }) {
  const all =
    batch?.all ??
    (await get(`/networks/${id}/data`)).split.filter((/** @type {string} */ split) => split === 'train')
      .length;
  const [mean, { spec }] = await Promise.all([
    get(`/networks/${id}/gradients?batch=next`),
    get(`/networks/${id}`),
  ]);
  const examples = mean.examples.slice(0, SHOWN);
  const each = await Promise.all(
    examples.map((/** @type {number} */ example) => get(`/networks/${id}/gradients?example=${example}`)),
  );
  return {
    batch: {
      step: mean.step,
      set: Math.min(spec.batch_size, all),
      size: mean.examples.length,
      all,
      examples,
      gradients: each.map(({ layers }) => flattenGradient(layers)),
      mean: flattenGradient(mean.layers),
    },
  };
}

/** Who reads what a part shows. @type {[string, (lecture: Lecture) => Promise<Partial<Lecture>>][]} */
const READERS = [
  ['table', readNumbers],
  ['rounds', readNumbers],
  ['product', readProduct],
  ['norms', readNorms],
  ['batch', readBatch],
  ['faults', readBackpropEvidence],
];

/**
 * Everything the page's parts show of its networks, as they are now.
 * @param {Store} store
 * @param {SeenStep[]} seen
 */
export async function readPageNumbers(store, seen) {
  const lecture = store.get();
  if (lecture.networks.length === 0) return;
  const readers = new Set(READERS.filter(([part]) => showsPart(lecture, part)).map(([, reader]) => reader));
  const read = await Promise.all([...readers].map((reader) => reader(lecture)));
  if (store.get().networks === lecture.networks) store.change(Object.assign({ seen }, ...read));
}
