/** A panel over the page: the focus goes into it when it opens. */

import { requireElement } from '../dom/element.js';

/** @typedef {{openPanel: string | null}} UiState */

/**
 * @param {HTMLElement} root
 * @param {string} name of the panel
 * @param {{setUi: (change: {openPanel: null}) => unknown}} actions
 */
export function createPanel(root, name, actions) {
  const title = requireElement(root, '.title', HTMLElement);
  requireElement(root, '[name=close]', HTMLButtonElement).addEventListener('click', () =>
    actions.setUi({ openPanel: null }),
  );

  return {
    /** @param {UiState} ui @returns {boolean} whether it is open */
    update({ openPanel }) {
      const opens = openPanel === name;
      if (opens !== root.hidden) return opens;
      root.hidden = !opens;
      if (opens) title.focus();
      return opens;
    },
  };
}
