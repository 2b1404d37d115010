/** Setting one weight or bias by hand. */

import { commands } from '../transport/commands.js';

/** @typedef {ReturnType<typeof import('../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('./sending.js').createSender>} Sender */
/** @typedef {import('../lib/pointing.js').Part} Part */

const QUIET = 300;

/**
 * @param {Store} store
 * @param {Sender} sender
 */
export function createWeights(store, sender) {
  /** Set when training stood still only for the hand that sets a weight. */
  let goesOn = false;
  let timer = 0;

  async function holdStill() {
    window.clearTimeout(timer);
    if (store.get().network?.status !== 'playing') return;
    goesOn = true;
    await sender.command((id) => commands.pause(id));
  }

  /** A moment after the last change of a drag. */
  function goOn() {
    if (!goesOn) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      goesOn = false;
      void sender.command((id) => commands.play(id, store.get().look.pace));
    }, QUIET);
  }

  return {
    /**
     * The others are read first and sent back unrounded; training stands still meanwhile, so that none of them is
     * put back to what it was a moment ago.
     * @param {Part} part
     * @param {number} value
     */
    setWeight(part, value) {
      return sender.newest('weight', async () => {
        await holdStill();
        const answer = await sender.read((id) => `/networks/${id}/parameters`);
        if (answer) {
          const { W, b } = answer.layers[part.layer];
          if (part.input < 0) b[part.unit] = value;
          else W[part.unit][part.input] = value;
          await sender.command((id) => commands.parameters(id, answer.layers));
        }
        goOn();
      });
    },
  };
}
