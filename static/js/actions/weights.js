/** Setting one weight or bias by hand. */

import { commands } from '../transport/commands.js';
import { get } from '../transport/rest.js';

/** @typedef {ReturnType<typeof import('../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('./sending.js').createSender>} Sender */
/** @typedef {import('../lib/pointing.js').Part} Part */

/**
 * @param {Store} store
 * @param {Sender} sender
 */
export function createWeights(store, sender) {
  return {
    /**
     * The others are read first and sent back unrounded; training stands still meanwhile, so that none of them is
     * put back to what it was a moment ago.
     * @param {Part} part
     * @param {number} value
     */
    setWeight(part, value) {
      return sender.newest('weight', async () => {
        const { network, look } = store.get();
        if (!network) return;
        const goesOn = network.status === 'playing';
        if (goesOn) await sender.command((id) => commands.pause(id));
        const { layers } = await get(`/networks/${network.id}/parameters`);
        const row = layers[part.layer];
        if (part.input < 0) row.b[part.unit] = value;
        else row.W[part.unit][part.input] = value;
        await sender.command((id) => commands.parameters(id, layers));
        if (goesOn) await sender.command((id) => commands.play(id, look.pace));
      });
    },
  };
}
