/** The tools at the top right, and which theme the page wears. */

import { mark, part } from '../lib/element.js';

/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../actions.js').Actions} Actions */

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createHeader(root, actions) {
  const rest = part(root, '[name=rest]', HTMLButtonElement);
  const help = part(root, '[name=help]', HTMLButtonElement);
  const share = part(root, '[name=share]', HTMLButtonElement);
  const file = part(root, '[name=file]', HTMLButtonElement);
  const menu = part(root, '[name=menu]', HTMLButtonElement);
  menu.addEventListener('click', () => actions.toggleSheet('menu'));
  share.addEventListener('click', () => actions.toggleSheet('share'));
  file.addEventListener('click', () => actions.toggleSheet('file'));
  rest.addEventListener('click', () => actions.toggleSheet('rest'));
  help.addEventListener('click', () => actions.toggleSheet('help'));
  part(root, '[name=projector]', HTMLButtonElement).addEventListener('click', () => actions.switchProjector());
  part(root, '[name=theme]', HTMLButtonElement).addEventListener('click', () => actions.switchTheme());

  return {
    /** @param {State} state */
    update({ look }) {
      root.toggleAttribute('data-open', look.sheet === 'menu');
      mark(menu, 'aria-expanded', String(look.sheet === 'menu'));
      mark(share, 'aria-expanded', String(look.sheet === 'share'));
      mark(file, 'aria-expanded', String(look.sheet === 'file'));
      mark(rest, 'aria-expanded', String(look.sheet === 'rest'));
      mark(help, 'aria-expanded', String(look.sheet === 'help'));
    },
    destroy() {},
  };
}
