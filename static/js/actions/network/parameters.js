/** Setting one weight or bias by hand. */

import { parameterName } from '../../lib/format/notation.js';
import { commands } from '../../transport/commands.js';

/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */

/** @param {Sender} sender */
export function createParameters(sender) {
  return {
    /**
     * The others stay as they are, to the last bit, and training goes on.
     * @param {Part} part
     * @param {number} value
     */
    setWeight({ layer, unit, input }, value) {
      const change = { parameter: parameterName(layer, unit, input), value };
      return sender.coalesce('weight', () => sender.command((id) => commands.edit(id, [change])));
    },
  };
}
