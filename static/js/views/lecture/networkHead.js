/** Above a network of a page: its name, and its loss with the step it is of. */

import { requireElement, setText } from '../../lib/dom/element.js';
import { percent, readable, whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */

/** @param {HTMLElement} root @param {string} label */
export function createNetworkHead(root, label) {
  const now = requireElement(root, '.standNow', HTMLElement);
  setText(requireElement(root, '.standLabel', HTMLElement), label);
  return {
    /** @param {State} state */
    update({ network, frame }) {
      const seen = frame ?? network;
      if (!seen || !network) return;
      const words = {
        step: whole(seen.step),
        loss: readable(seen.train.loss, 4),
        accuracy: percent(seen.train.accuracy, 0),
      };
      setText(now, text(seen.train.accuracy === null ? 'deck.loss' : 'deck.score', words));
    },
    destroy() {},
  };
}
