/**
 * The engine's numbers for the view that is open: asked for when they are others, and never more than twice a
 * second.
 */

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/charts.js').ChartName} ChartName */

/**
 * @type {Partial<Record<ChartName, {reading: 'distributions' | 'evaluation', period: number}>>} milliseconds
 */
const READINGS = {
  errors: { reading: 'evaluation', period: 1000 },
  distributions: { reading: 'distributions', period: 1000 },
  gradients: { reading: 'distributions', period: 500 },
};

/** What the numbers depend on. @param {State} state */
function snapshotKey({ network, frame }) {
  return `${network?.id} ${network?.version} ${frame?.step ?? network?.step}`;
}

/** @param {Store} store @param {Sender} sender */
export function createCharts(store, sender) {
  /** Of which moment each reading is. @type {Record<string, string>} */
  const read = {};
  let asking = false;
  let askedAt = -Infinity;
  let later = 0;

  /** @param {'distributions' | 'evaluation'} reading @param {State} state */
  async function ask(reading, state) {
    asking = true;
    askedAt = performance.now();
    read[reading] = snapshotKey(state);
    const response = await sender.read((id) => `/networks/${id}/${reading}`);
    asking = false;
    if (!response || store.get().network?.id !== state.network?.id) return;
    store.dispatch(
      reading === 'evaluation'
        ? { type: reading, evaluation: response }
        : { type: reading, distributions: response },
    );
  }

  function consider() {
    const state = store.get();
    const needed = READINGS[state.ui.chart];
    if (!needed || !state.network || asking || read[needed.reading] === snapshotKey(state)) return;
    const wait = state.network.playing ? askedAt + needed.period - performance.now() : 0;
    window.clearTimeout(later);
    if (wait > 0) later = window.setTimeout(consider, wait);
    else void ask(needed.reading, state);
  }

  store.subscribe(consider);
  return {
    /** @param {ChartName} chart */
    showChart: (chart) => store.dispatch({ type: 'ui', change: { chart } }),
  };
}
