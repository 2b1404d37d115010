/** The list of keys, made from the table the keyboard itself reads. */

import { element, part } from '../lib/element.js';
import { keyLabel } from '../lib/keys.js';
import { text } from '../lib/text.js';

/** @typedef {import('../lib/keys.js').Stroke & {name: string}} NamedKey */

/**
 * @param {HTMLElement} root
 * @param {{look: (change: {sheet: null}) => unknown}} actions
 * @param {NamedKey[]} keys
 */
export function createHelp(root, actions, keys) {
  part(root, '#keys', HTMLElement).append(
    ...keys.flatMap((key) => [
      element('dt', {}, [element('kbd', {}, [keyLabel(key)])]),
      element('dd', {}, [text(`keys.${key.name}`)]),
    ]),
  );
  part(root, '[name=close]', HTMLButtonElement).addEventListener('click', () => actions.look({ sheet: null }));

  return {
    /** @param {{look: {sheet: string | null}}} state */
    update({ look }) {
      root.hidden = look.sheet !== 'help';
    },
    destroy() {},
  };
}
