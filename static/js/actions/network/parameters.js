/** Setting one weight or bias by hand. */

import { parameterName } from '../../lib/format/notation.js';
import { commands } from '../../transport/commands.js';

/** @typedef {ReturnType<typeof import('../commandSender.js').createSender>} Sender */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */

/** @param {Sender} sender */
export function createWeights(sender) {
  return {
    /** The others stay as they are, to the last bit, and training goes on. @param {Part} part @param {number} value */
    setWeight({ layer, unit, input }, value) {
      const change = { parameter: parameterName(layer, unit, input), value };
      return sender.newest('weight', () => sender.command((id) => commands.edit(id, [change])));
    },
  };
}
