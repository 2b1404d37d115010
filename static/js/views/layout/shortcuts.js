/** The list of keys, made from the table the keyboard itself reads. */

import { createDrawer } from '../../lib/ui/panel.js';
import { element, part } from '../../lib/dom/element.js';
import { keyLabel } from '../../lib/ui/keyLabel.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../lib/ui/keyLabel.js').Stroke & {name: string, when?: unknown}} NamedKey */

/** Those that always do something first. @param {NamedKey[]} keys */
const inOrder = (keys) => [...keys.filter(({ when }) => !when), ...keys.filter(({ when }) => when)];

/**
 * @param {HTMLElement} root
 * @param {{look: (change: {sheet: null}) => unknown}} actions
 * @param {NamedKey[]} keys
 */
export function createHelp(root, actions, keys) {
  part(root, '#keys', HTMLElement).append(
    ...inOrder(keys).map((key) => element('div', {}, [
      element('dt', {}, [element('kbd', {}, [keyLabel(key)])]),
      element('dd', {}, [text(`keys.${key.name}`)]),
    ])),
  );
  const drawer = createDrawer(root, 'help', actions);
  return {
    /** @param {{look: {sheet: string | null}}} state */
    update({ look }) {
      drawer.update(look);
    },
    destroy() {},
  };
}
