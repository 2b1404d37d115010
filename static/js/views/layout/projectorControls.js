/** What a projector shows: three ways to fill the screen, and the way back. */

import { setAttribute, requireElement } from '../../lib/dom/element.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @type {NonNullable<State['ui']['projector']>[]} */
const LAYOUTS = ['network', 'boundary', 'microscope'];

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createProjectorControls(root, actions) {
  const layouts = LAYOUTS.map((name) => {
    const button = requireElement(root, `[name=${name}]`, HTMLButtonElement);
    button.addEventListener('click', () => actions.project(name));
    return { name, button };
  });
  requireElement(root, '[name=leave]', HTMLButtonElement).addEventListener('click', () =>
    actions.switchProjector(),
  );

  return {
    /** @param {State} state */
    update({ ui }) {
      const opening = root.hidden && ui.projector !== null;
      root.hidden = ui.projector === null;
      if (opening && document.activeElement?.closest('#header')) layouts[0].button.focus();
      for (const { name, button } of layouts)
        setAttribute(button, 'aria-pressed', String(ui.projector === name));
    },
    destroy() {},
  };
}
