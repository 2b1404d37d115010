/** The finer settings: each a merge patch of the spec, accepted while training goes on. */

import { frozenWith } from '../../lib/model/frozen.js';
import { withLayer } from '../../lib/model/selectors.js';

/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */

/** @param {Sender} sender */
export function createAdvancedSettings(sender) {
  /** A patch of which only the newest value matters. @param {string} key @param {object} change */
  const slide = (key, change) => sender.coalesce(key, () => sender.patch(change));

  return {
    /** @param {string} name @param {number} value */
    setOptimizerField: (name, value) => slide(`optimizer ${name}`, { optimizer: { [name]: value } }),
    /** @param {string} name */
    setSchedule: (name) => sender.patch({ optimizer: { schedule: { name } } }),
    /** @param {string} name @param {number} value */
    setScheduleField: (name, value) =>
      slide(`schedule ${name}`, { optimizer: { schedule: { [name]: value } } }),
    /** @param {number | null} norm null: gradients are not clipped */
    setClipNorm: (norm) => slide('clip', { optimizer: { clip_norm: norm } }),
    /** @param {string} name @param {number} value */
    setInitializerField: (name, value) => slide(`initializer ${name}`, { initializer: { [name]: value } }),
    /** @param {number} index @param {number} dropout */
    setDropout: (index, dropout) =>
      sender.enqueue(({ layers }) => ({ layers: withLayer(layers, index, { dropout }) })),
    /** @param {boolean} shuffle */
    setShuffle: (shuffle) => sender.patch({ shuffle }),
    /** @param {string} dtype */
    setDtype: (dtype) => sender.patch({ dtype }),
    /**
     * Keep the values of these parts, or let them learn again.
     * @param {Part[]} parts
     * @param {boolean} flag
     */
    freeze: (parts, flag) => sender.enqueue((now) => ({ frozen: frozenWith(now, parts, flag) })),
  };
}
