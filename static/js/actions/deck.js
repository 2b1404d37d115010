/** Turning the lecture's pages, and stepping through what is live on them. */

import { walkLength } from '../state/deck.js';
import { PREFIX, Problem, call, get } from '../transport/rest.js';

/** @typedef {import('../state/deck.js').Exhibit} Exhibit */
/** @typedef {import('../state/deck.js').Reading} Reading */
/** @typedef {ReturnType<typeof import('../state/deck.js').createDeck>} Store */
/** @typedef {ReturnType<typeof createDeckActions>} DeckActions */

const DECIMALS = 2;
const SHOWN = 8;

/** @param {string} path @param {object} body */
const post = (path, body) => call({ method: 'POST', path: `${PREFIX}${path}`, body });

/** The numbers of one row of a table of updates. @param {Exhibit} exhibit @param {Reading} reading @param {{W: number[][], b: number[]}[]} layers */
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

/** @param {Store} store */
export function createDeckActions(store) {
  /** @type {Promise<void>} */
  let queue = Promise.resolve();

  /** One thing after the other; what the server refuses is said on the page. @param {() => Promise<void>} work */
  function inOrder(work) {
    queue = queue.then(work).catch((problem) => {
      if (!(problem instanceof Problem)) throw problem;
      store.change({ fault: problem.message });
    });
    return queue;
  }

  async function evaluate() {
    const { exhibit, values, rounded } = store.get();
    const more = rounded ? { decimals: DECIMALS } : {};
    const asked = exhibit?.expressions.map(async (expression) => {
      const names = new Set(expression.match(/[a-zA-Z_]\w*/g));
      const own = Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
      return post('/expressions', { expression, values: own, ...more });
    });
    store.change({ graphs: await Promise.all(asked ?? []), fault: '' });
  }

  /** @param {string} id @param {string} label @returns {Promise<{reading: Reading, weights: {W: number[][], b: number[]}[]}>} */
  async function readOne(id, label) {
    const [{ step, train }, data, { layers: weights }] = await Promise.all(
      ['', '/data', '/parameters'].map((rest) => get(`/networks/${id}${rest}`)),
    );
    const some = { ...data, x: data.x.slice(0, SHOWN), y: data.y.slice(0, SHOWN) };
    const { layers } = await post(`/networks/${id}/activations`, { x: some.x });
    return { reading: { id, label, step, train, data: some, layers }, weights };
  }

  /** Every network of the page. @param {{id: string, label: string}[]} networks the page's own first */
  async function read(networks) {
    const { exhibit, rounds } = store.get();
    const [first, ...others] = await Promise.all(networks.map(({ id, label }) => readOne(id, label)));
    const more = exhibit?.rounds ? [...rounds, roundOf(exhibit, first.reading, first.weights)] : [];
    store.change({ reading: first.reading, beside: others.map(({ reading }) => reading), rounds: more, fault: '' });
  }

  /** @param {Exhibit} exhibit */
  async function begin({ id, beside, names }) {
    const labels = Object.keys(beside);
    const made = await Promise.all([{}, ...labels.map((network) => ({ network }))].map((body) => post(`/exhibits/${id}/networks`, body)));
    await read(made.map((network, index) => ({ id: network.id, label: labels[index - 1] ?? names.network ?? '' })));
  }

  /** @param {number} by */
  function walk(by) {
    const { at } = store.get();
    store.change({ at: Math.max(0, Math.min(walkLength(store.get()), at + by)) });
  }

  /** The page with this id, or the first. @param {string} id */
  const open = (id) =>
    inOrder(async () => {
      const exhibits = store.get().exhibits.length > 0 ? store.get().exhibits : (await get('/exhibits')).exhibits;
      const known = exhibits.find((/** @type {{id: string}} */ page) => page.id === id) ?? exhibits[0];
      const exhibit = await get(`/exhibits/${known.id}`);
      store.change({ exhibits, exhibit, values: exhibit.values, graphs: [], at: 0, rounded: false, reading: null, beside: [], rounds: [], fault: '' });
      await evaluate();
      if (exhibit.network) await begin(exhibit);
    });

  async function update() {
    const { reading, beside } = store.get();
    if (!reading) return;
    const networks = [reading, ...beside];
    await Promise.all(networks.map(({ id }) => post(`/networks/${id}/steps`, { count: 1 })));
    await read(networks);
  }

  const train = () => inOrder(update);

  /** The table of rounds to its end; what is still on its way counts. */
  const finish = () =>
    inOrder(async () => {
      const count = store.get().exhibit?.rounds?.count ?? 0;
      while (store.get().reading && store.get().rounds.length <= count) await update();
    });

  const gates = () => store.get().graphs.length > 0;
  return {
    open,
    on: () => (gates() ? walk(1) : void train()),
    /** A gate back; a network starts again. */
    back: () => (gates() ? walk(-1) : void open(store.get().exhibit?.id ?? '')),
    /** All gates at once; or the rest of the table of rounds. */
    all: () => (gates() ? walk(Infinity) : void finish()),
    /** @param {boolean} rounded */
    round(rounded) {
      store.change({ rounded });
      return inOrder(evaluate);
    },
    /** @param {string} name @param {number} value */
    set(name, value) {
      store.change({ values: { ...store.get().values, [name]: value } });
      return inOrder(evaluate);
    },
    /** @param {number} by pages */
    turn(by) {
      const { exhibits, exhibit } = store.get();
      const next = exhibits[(exhibit?.number ?? 1) - 1 + by];
      if (next) window.location.hash = next.id;
    },
    /** @param {number} number */
    jump(number) {
      const page = store.get().exhibits[number - 1];
      if (page) window.location.hash = page.id;
    },
  };
}
