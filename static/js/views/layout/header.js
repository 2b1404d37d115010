/** The tools at the top right, and which theme the page wears. */

import { mark, part } from '../../lib/dom/element.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** Each has its button here. */
const SHEETS = /** @type {const} */ (['menu', 'presets', 'share', 'file', 'rest', 'help']);

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createHeader(root, actions) {
  const openers = SHEETS.map((sheet) => /** @type {const} */ ([sheet, part(root, `[name=${sheet}]`, HTMLButtonElement)]));
  for (const [sheet, button] of openers) button.addEventListener('click', () => actions.toggleSheet(sheet));
  part(root, '[name=projector]', HTMLButtonElement).addEventListener('click', () => actions.switchProjector());
  part(root, '[name=theme]', HTMLButtonElement).addEventListener('click', () => actions.switchTheme());

  return {
    /** @param {State} state */
    update({ look }) {
      root.toggleAttribute('data-open', look.sheet === 'menu');
      for (const [sheet, button] of openers) mark(button, 'aria-expanded', String(look.sheet === sheet));
    },
    destroy() {},
  };
}
