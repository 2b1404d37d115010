/** The tools at the top right, and which theme the page wears. */

import { setAttribute, requireElement } from '../../lib/dom/element.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** Each has its button here. */
const PANELS = /** @type {const} */ (['menu', 'presets', 'share', 'file', 'rest', 'help']);

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createHeader(root, actions) {
  const openers = PANELS.map(
    (panel) => /** @type {const} */ ([panel, requireElement(root, `[name=${panel}]`, HTMLButtonElement)]),
  );
  for (const [panel, button] of openers) button.addEventListener('click', () => actions.togglePanel(panel));
  requireElement(root, '[name=projector]', HTMLButtonElement).addEventListener('click', () =>
    actions.switchProjector(),
  );
  requireElement(root, '[name=theme]', HTMLButtonElement).addEventListener('click', () =>
    actions.switchTheme(),
  );

  return {
    /** @param {State} state */
    update({ ui }) {
      root.toggleAttribute('data-open', ui.openPanel === 'menu');
      for (const [panel, button] of openers)
        setAttribute(button, 'aria-expanded', String(ui.openPanel === panel));
    },
    destroy() {},
  };
}
