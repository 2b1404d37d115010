/** A panel over the page: the focus goes into it when it opens, and back to its opener when it closes. */

import { part } from './element.js';

/** @typedef {{sheet: string | null}} Look */

/**
 * @param {HTMLElement} root
 * @param {string} name of the sheet, and of the button that opens it
 * @param {{look: (change: {sheet: null}) => unknown}} actions
 */
export function createDrawer(root, name, actions) {
  const title = part(root, '.title', HTMLElement);
  part(root, '[name=close]', HTMLButtonElement).addEventListener('click', () => actions.look({ sheet: null }));

  /** The button in the header, or where that is folded away the one that unfolds it. */
  function opener() {
    const found = [`#header [name=${name}]`, '#header [name=menu]'].map((selector) => document.querySelector(selector));
    return found.find((button) => button instanceof HTMLElement && button.offsetParent !== null);
  }

  return {
    /** @param {Look} look @returns {boolean} whether it is open */
    update({ sheet }) {
      const opens = sheet === name;
      if (opens !== root.hidden) return opens;
      const held = root.contains(document.activeElement);
      root.hidden = !opens;
      if (opens) title.focus();
      else if (held) /** @type {HTMLElement | undefined} */ (opener())?.focus();
      return opens;
    },
  };
}
