/** Changing what is trained and how: each a merge patch of the spec, accepted while training goes on. */

import { withLayer } from '../../lib/model/selectors.js';
import { entryName } from '../../lib/format/i18n.js';
import { newSeed } from './training.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../state/types.js').Spec} Spec */
/** @typedef {import('../../state/types.js').DatasetEntry} DatasetEntry */
/** @typedef {import('../../state/types.js').LayerSpec} LayerSpec */

const NEW_LAYER_UNITS = 2;
const PLAIN_LOSS = 'half_squared_error';

/**
 * @param {Store} store
 * @param {Sender} sender
 */
export function createSettings(store, sender) {
  const spec = () => store.get().network?.spec;

  /** A patch of which only the newest value matters. @param {string} key @param {object} change */
  const slide = (key, change) => sender.coalesce(key, () => sender.patch(change));

  /** @param {(layers: LayerSpec[]) => LayerSpec[]} change */
  const layers = (change) => sender.enqueue((now) => ({ layers: change(now.layers) }));

  /**
   * What follows the data goes back to its default (null): how many points, the share, the batch, and where
   * the task
   * is another one, the output layer and the loss.
   * @param {DatasetEntry | undefined} from
   * @param {DatasetEntry} to
   * @param {Spec} now
   */
  function datasetChange(from, to, now) {
    const other = store.get().data?.x[0]?.length === 2 ? {} : { features: null };
    const change = {
      data: { name: to.name, examples: null, train_fraction: null, standardize: null, plane: null },
      batch_size: null,
      ...other,
    };
    if (from?.task === to.task && from.classes === to.classes) return change;
    return { ...change, layers: [...now.layers.slice(0, -1), {}], loss: null };
  }

  /**
   * What the output layer has to become for a loss; null: it may stay.
   * @param {string} loss @param {Spec} now
   */
  function outputFor(loss, now) {
    const losses = store.get().catalog?.losses ?? [];
    const readsLogits = (/** @type {string} */ name) =>
      losses.find((entry) => entry.name === name)?.reads_logits ?? false;
    const { activation, units } = now.layers[now.layers.length - 1];
    if (readsLogits(loss)) return activation === 'linear' ? null : { units, activation: 'linear' };
    if (loss === 'hinge' && activation === 'sigmoid') return { units, activation: 'tanh' };
    return readsLogits(now.loss) && loss !== now.loss ? {} : null;
  }

  /** @param {string} key @param {string} loss @param {string | undefined} activation */
  function sayPair(key, loss, activation) {
    const { catalog } = store.get();
    const named = (
      /** @type {string} */ group,
      /** @type {{name: string, label: string}[] | undefined} */ entries,
      /** @type {string | undefined} */ name,
    ) => {
      const entry = entries?.find((other) => other.name === name);
      return entry ? entryName(group, entry) : '';
    };
    sender.note(key, {
      loss: named('loss', catalog?.losses, loss),
      activation: named('activation', catalog?.activations, activation),
    });
  }

  return {
    /** Another data set is another problem. @param {string} name */
    async setDataset(name) {
      const now = spec();
      const { catalog } = store.get();
      const to = catalog?.datasets.find((entry) => entry.name === name);
      const from = catalog?.datasets.find((entry) => entry.name === now?.data.name);
      if (now && to) await sender.restartWith(datasetChange(from, to, now));
    },
    /** @param {number} noise */
    setNoise: (noise) => slide('noise', { data: { noise } }),
    /** @param {number} fraction */
    setTrainFraction: (fraction) => slide('share', { data: { train_fraction: fraction } }),
    /** @param {number} examples */
    setExamples: (examples) => slide('examples', { data: { examples } }),
    /** @param {number} size */
    setBatchSize: (size) => slide('batch', { batch_size: size }),
    /** Fresh points of the same kind. @param {number} [seed] */
    setDataSeed: (seed = newSeed()) => sender.patch({ data: { seed } }),

    /** @param {number} rate */
    setRate: (rate) => slide('rate', { optimizer: { learning_rate: rate } }),
    /**
     * One that wants all rows at once has no use for clipping and dropout: they go, and the page says so.
     * @param {string} name
     */
    async setOptimizer(name) {
      const optimizers = store.get().catalog?.optimizers ?? [];
      const entry = optimizers.find((optimizer) => optimizer.name === name);
      if (!entry) return;
      let atOdds = false;
      const made = await sender.enqueue(({ optimizer: { name: old, clip_norm: clip }, layers: all }) => {
        const before = optimizers.find((optimizer) => optimizer.name === old);
        const rate =
          entry.learning_rate === before?.learning_rate ? {} : { learning_rate: entry.learning_rate };
        atOdds = entry.full_batch && (clip !== null || all.some(({ dropout }) => dropout));
        const gone = {
          optimizer: { name, ...rate, clip_norm: null },
          layers: all.map((layer) => ({ ...layer, dropout: 0 })),
        };
        return atOdds ? gone : { optimizer: { name, ...rate } };
      });
      if (made && atOdds) sender.note('note.fullBatch', { optimizer: entryName('optimizer', entry) });
    },
    /** @param {string} name */
    setPenalty(name) {
      const rate = spec()?.penalty.rate ?? 0;
      return sender.patch({ penalty: name !== 'none' && rate === 0 ? { name, rate: 0.001 } : { name } });
    },
    /** @param {number} rate */
    setPenaltyRate: (rate) => slide('penalty', { penalty: { rate } }),
    /**
     * The cross-entropies read z, the hinge wants −1 and 1: the output layer follows the loss, and the page
     * says so.
     * @param {string} name
     */
    async setLoss(name) {
      /** @type {string | undefined} */
      let before;
      const made = await sender.enqueue((now) => {
        const output = outputFor(name, now);
        before = now.layers.at(-1)?.activation;
        return { loss: name, ...(output && { layers: [...now.layers.slice(0, -1), output] }) };
      });
      const activation = made?.spec.layers.at(-1)?.activation;
      if (made && activation !== before) sayPair('note.output', name, activation);
    },
    /** @param {string} name */
    setInitializer: (name) => sender.patch({ initializer: { name } }),

    /** One activation for every hidden layer. @param {string} activation */
    setHiddenActivation: (activation) =>
      layers((all) => all.map((layer, index) => (index < all.length - 1 ? { ...layer, activation } : layer))),
    /**
     * An output that does not go with the loss takes another loss with it, and the page says so.
     * @param {number} index
     * @param {string} activation
     */
    async setActivation(index, activation) {
      let fits = true;
      const made = await sender.enqueue((now) => {
        const changed = withLayer(now.layers, index, { activation });
        fits = index < changed.length - 1 || outputFor(now.loss, { ...now, layers: changed }) === null;
        return { layers: changed, ...(!fits && { loss: PLAIN_LOSS }) };
      });
      if (made && !fits) sayPair('note.loss', PLAIN_LOSS, activation);
    },
    /** @param {number} index @param {number} by */
    addUnits: (index, by) =>
      sender.enqueue(({ layers }) => {
        const units = layers[index].units + by;
        const most = store.get().catalog?.limits.units ?? Infinity;
        return units < 1 || units > most ? null : { layers: withLayer(layers, index, { units }) };
      }),
    /** A new hidden layer before layer `index`. @param {number} index */
    addLayer: (index) =>
      layers((all) => {
        const activation = (all[index - 1] ?? all.slice(0, -1)[0])?.activation ?? 'tanh';
        return [...all.slice(0, index), { units: NEW_LAYER_UNITS, activation }, ...all.slice(index)];
      }),
    /** That which is there now: pressed twice it goes once. @param {number} index */
    removeLayer(index) {
      const shown = spec()?.layers.length;
      return sender.enqueue(({ layers }) =>
        layers.length === shown ? { layers: layers.filter((_, at) => at !== index) } : null,
      );
    },
    /** Switch a feature on or off, keeping the order on offer. @param {string} formula */
    toggleFeature(formula) {
      const offered = store.get().catalog?.features.map((feature) => feature.formula) ?? [];
      const rank = (/** @type {string} */ feature) => offered.indexOf(feature) + 1 || offered.length + 1;
      return sender.enqueue(({ features }) => {
        const wanted = features.includes(formula)
          ? features.filter((feature) => feature !== formula)
          : [...features, formula];
        return wanted.length === 0 ? null : { features: wanted.sort((a, b) => rank(a) - rank(b)) };
      });
    },
  };
}
