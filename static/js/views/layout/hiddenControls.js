/**
 * Controls that a TensorFlow Playground link hides: named on the page's root, and the stylesheet does the
 * rest.
 */

import { setAttribute } from '../../lib/dom/element.js';

/** @typedef {import('../../state/types.js').State} State */

/** @param {HTMLElement} root */
export function createHiddenControls(root) {
  return {
    /** @param {State} state */
    update({ ui }) {
      if (ui.hides.length > 0) setAttribute(root, 'data-hides', ui.hides.join(' '));
      else root.removeAttribute('data-hides');
    },
    destroy() {
      root.removeAttribute('data-hides');
    },
  };
}
