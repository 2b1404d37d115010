/** What a projector shows: three ways to fill the screen, and the way back. */

import { mark, part } from '../../lib/dom/element.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @type {NonNullable<State['look']['projector']>[]} */
const LAYOUTS = ['network', 'boundary', 'microscope'];

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createProjection(root, actions) {
  const layouts = LAYOUTS.map((name) => {
    const button = part(root, `[name=${name}]`, HTMLButtonElement);
    button.addEventListener('click', () => actions.project(name));
    return { name, button };
  });
  part(root, '[name=leave]', HTMLButtonElement).addEventListener('click', () => actions.switchProjector());

  return {
    /** @param {State} state */
    update({ look }) {
      const opening = root.hidden && look.projector !== null;
      root.hidden = look.projector === null;
      if (opening && document.activeElement?.closest('#header')) layouts[0].button.focus();
      for (const { name, button } of layouts) mark(button, 'aria-pressed', String(look.projector === name));
    },
    destroy() {},
  };
}
