/** The list of keys, made from the table the keyboard itself reads. */

import { createPanel } from '../../lib/ui/panel.js';
import { element, requireElement } from '../../lib/dom/element.js';
import { keyLabel } from '../../lib/ui/keyLabel.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../lib/ui/keyLabel.js').Stroke & {name: string, when?: unknown}} NamedKey */

/** Those that always do something first. @param {NamedKey[]} keys */
const inOrder = (keys) => [...keys.filter(({ when }) => !when), ...keys.filter(({ when }) => when)];

/**
 * @param {HTMLElement} root
 * @param {{setUi: (change: {openPanel: null}) => unknown}} actions
 * @param {NamedKey[]} keys
 */
export function createShortcuts(root, actions, keys) {
  requireElement(root, '#keys', HTMLElement).append(
    ...inOrder(keys).map((key) =>
      element('div', {}, [
        element('dt', {}, [element('kbd', {}, [keyLabel(key)])]),
        element('dd', {}, [text(`keys.${key.name}`)]),
      ]),
    ),
  );
  const panel = createPanel(root, 'help', actions);
  return {
    /** @param {{ui: {openPanel: string | null}}} state */
    update({ ui }) {
      panel.update(ui);
    },
    destroy() {},
  };
}
