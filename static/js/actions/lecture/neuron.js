/**
 * Setting weights in the lecture: one neuron under sliders, gates put in their places, biases held or let go.
 */

import { commands } from '../../transport/commands.js';
import { call } from '../../transport/rest.js';
import { showsPart } from '../../state/pages/lecture.js';

/** @typedef {ReturnType<typeof import('../../state/pages/lecture.js').createLectureStore>} Store */
/** @typedef {import('../../state/pages/lecture.js').Neuron} Neuron */
/** @typedef {{W: number[][], b: number[]}} Layer */

const NAMES = ['w0', 'w1', 'w2'];

/**
 * @param {Store} store
 * @param {(work: () => Promise<void>) => Promise<void>} inOrder
 * @param {() => Promise<void>} evaluate the page's formula once more
 */
export function createNeuron(store, inOrder, evaluate) {
  let waiting = false;

  /** The page's own parameters, as its file gives them. @returns {Layer[]} */
  const given = () =>
    structuredClone(
      /** @type {{parameters?: Layer[]} | null | undefined} */ (store.get().exhibit?.network)?.parameters ??
        [],
    );

  const gates = () => store.get().exhibit?.compose ?? {};

  /** @param {Layer[]} layers */
  async function put(layers) {
    const [shown] = store.get().networks;
    if (shown) await call(commands.parameters(shown.id, layers));
  }

  /** The neuron as it is now, to the network and to the formula; of many changes only the newest. */
  function send() {
    if (waiting) return Promise.resolve();
    waiting = true;
    return inOrder(async () => {
      waiting = false;
      const { neuron, values } = store.get();
      if (!neuron) return;
      const [w0, w1, w2] = neuron.w.map((w) => w * neuron.steepness);
      const named = NAMES.filter((name) => name in values).map((name) => [
        name,
        [w0, w1, w2][NAMES.indexOf(name)],
      ]);
      if (named.length > 0) store.change({ values: { ...values, ...Object.fromEntries(named) } });
      await put([{ W: [[w1, w2]], b: [w0] }]);
      if (named.length > 0) await evaluate();
    });
  }

  /** The neuron a page with sliders begins with. @returns {Neuron | null} */
  function first() {
    const [layer] = given();
    return showsPart(store.get(), 'sliders') && layer
      ? { w: [layer.b[0], ...layer.W[0]], steepness: 1 }
      : null;
  }

  return {
    first,
    /** @param {number} place 0: the bias @param {number} value */
    setWeight(place, value) {
      const { neuron } = store.get();
      if (!neuron) return Promise.resolve();
      store.change({ neuron: { ...neuron, w: neuron.w.map((w, index) => (index === place ? value : w)) } });
      return send();
    },
    /** @param {number} steepness */
    setSteepness(steepness) {
      const { neuron } = store.get();
      if (!neuron) return Promise.resolve();
      store.change({ neuron: { ...neuron, steepness } });
      return send();
    },
    /** Back to what the file says: weights set by hand are the network's start from then on. */
    async reset() {
      const { exhibit } = store.get();
      if (!store.get().neuron && Object.keys(exhibit?.compose ?? {}).length === 0) return;
      store.change({ neuron: first(), values: exhibit?.values ?? {} });
      await put(given());
      if (exhibit?.parts.includes('gates')) await evaluate();
    },
    /** Every gate where the page's file has it. */
    inPlace: () =>
      Object.fromEntries(
        Object.entries(gates()).map(([name, { layer, unit }]) => [`${layer}.${unit}`, name]),
      ),
    /**
     * @param {Record<string, string>} placed gates by their places; all other weights are 0
     * @returns {Promise<void>}
     */
    async compose(placed) {
      const layers = given().map(({ W, b }) => ({ W: W.map((row) => row.map(() => 0)), b: b.map(() => 0) }));
      for (const [place, name] of Object.entries(placed)) {
        const [layer, unit] = place.split('.').map(Number);
        const [bias, ...weights] = gates()[name].w;
        layers[layer - 2].b[unit - 1] = bias;
        layers[layer - 2].W[unit - 1] = weights;
      }
      await put(layers);
    },
    /** Every bias of the page's own network. @returns {import('../../lib/plot/diagramHitTest.js').Part[]} */
    biases: () =>
      given().flatMap(({ b }, layer) => b.map((_, unit) => ({ kind: 'bias', layer, unit, input: -1 }))),
  };
}
