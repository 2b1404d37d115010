/** Controls that a TensorFlow Playground link hides: named on the page's root, and the stylesheet does the rest. */

import { mark } from '../../lib/dom/element.js';

/** @typedef {import('../../state/types.js').State} State */

/** @param {HTMLElement} root */
export function createHiding(root) {
  return {
    /** @param {State} state */
    update({ look }) {
      if (look.hides.length > 0) mark(root, 'data-hides', look.hides.join(' '));
      else root.removeAttribute('data-hides');
    },
    destroy() {
      root.removeAttribute('data-hides');
    },
  };
}
