/** Playing, pausing, stepping, resetting. */

import { commands } from '../../transport/commands.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../state/types.js').UiState} UiState */

const SEEDS = 100_000;
const GENTLER = 10;

/** @returns {number} a seed short enough to be read out */
export const newSeed = () => Math.floor(Math.random() * SEEDS);

/**
 * @param {Store} store
 * @param {Sender} sender
 */
export function createTraining(store, sender) {
  const playing = () => store.get().network?.status === 'playing';

  const play = () => sender.command((id) => commands.play(id, store.get().ui));
  const pause = () => sender.command((id) => commands.pause(id));

  /** Reset or reseed without stopping what was under way. @param {number} [seed] */
  async function restart(seed) {
    const goesOn = playing();
    const network = await sender.command((id) => commands.reset(id, seed));
    if (network && goesOn && network.status !== 'playing') await play();
  }

  return {
    play,
    pause,
    toggle: () => (playing() ? pause() : play()),
    /** Train a little and stand still. @param {UiState['stepUnit']} [unit] @param {number} [count] */
    step(unit = store.get().ui.stepUnit, count = 1) {
      return sender.coalesce('steps', () => sender.command((id) => commands.steps(id, count, unit)));
    },
    /** Back to the same start. */
    reset: () => restart(),
    /** Another start: new weights on the same data. */
    reseed: () => restart(newSeed()),
    /** @param {number | null} pace epochs per second */
    async setPace(pace) {
      store.dispatch({ type: 'ui', change: { pace } });
      if (playing()) await sender.coalesce('pace', play);
    },
    /**
     * When playing stops by itself; a condition that is undefined goes.
     * @param {import('../../state/types.js').StopConditions} change
     */
    async setUntil(change) {
      const wanted = Object.entries({ ...store.get().ui.until, ...change }).filter(
        ([, value]) => value !== undefined,
      );
      store.dispatch({ type: 'ui', change: { until: Object.fromEntries(wanted) } });
      if (playing()) await sender.coalesce('pace', play);
    },
    /** @param {UiState['stepUnit']} stepUnit */
    setStepUnit(stepUnit) {
      store.dispatch({ type: 'ui', change: { stepUnit } });
    },
    /** After a divergence: the same start with a tenth of the rate. */
    async tryGentler() {
      const rate = store.get().network?.spec.optimizer.learning_rate;
      if (rate === undefined) return;
      if (await sender.restartWith({ optimizer: { learning_rate: rate / GENTLER } })) await play();
    },
  };
}
