/** A panel over the page: the focus goes into it when it opens. */

import { part } from '../dom/element.js';

/** @typedef {{sheet: string | null}} Look */

/**
 * @param {HTMLElement} root
 * @param {string} name of the sheet
 * @param {{look: (change: {sheet: null}) => unknown}} actions
 */
export function createDrawer(root, name, actions) {
  const title = part(root, '.title', HTMLElement);
  part(root, '[name=close]', HTMLButtonElement).addEventListener('click', () => actions.look({ sheet: null }));

  return {
    /** @param {Look} look @returns {boolean} whether it is open */
    update({ sheet }) {
      const opens = sheet === name;
      if (opens !== root.hidden) return opens;
      root.hidden = !opens;
      if (opens) title.focus();
      return opens;
    },
  };
}
