/** The panel of finer settings, beside what they change: fetched and made when it is first opened. */

import { requireElement } from '../../lib/dom/element.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createAdvancedSettings(root, actions) {
  const box = requireElement(root, '.moreParts', HTMLElement);
  const close = requireElement(root, '[name=close]', HTMLButtonElement);
  close.addEventListener('click', () => actions.setUi({ openPanel: null }));
  /** @type {{node: Element, update: (state: State) => void}[] | null} */
  let parts = null;
  /** @type {State | null} */
  let newest = null;

  async function build() {
    parts = [];
    const { createSections } = await import('./sections.js');
    parts = createSections(actions);
    box.replaceChildren(...parts.map(({ node }) => node));
    for (const each of parts) if (newest) each.update(newest);
  }

  return {
    /** @param {State} state */
    update(state) {
      const open = state.ui.openPanel === 'more';
      const opening = open && root.hidden;
      root.hidden = !open;
      newest = state;
      if (!open) return;
      if (!parts) void build();
      for (const each of parts ?? []) each.update(state);
      if (opening) close.focus({ preventScroll: true });
    },
    destroy() {},
  };
}
