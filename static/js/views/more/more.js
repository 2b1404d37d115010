/** The panel of finer settings, beside what they change: made when it is first opened. */

import { part } from '../../lib/element.js';
import { createLayersPart } from './layers.js';
import { createRowsPart, createStartPart } from './start.js';
import { createStops } from './stops.js';
import { createOptimizer, createSchedule } from './update.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions.js').Actions} Actions */

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createMore(root, actions) {
  const box = part(root, '.moreParts', HTMLElement);
  const close = part(root, '[name=close]', HTMLButtonElement);
  close.addEventListener('click', () => actions.look({ sheet: null }));
  /** @type {{node: Element, update: (state: State) => void}[]} */
  let parts = [];

  function build() {
    parts = [createOptimizer, createSchedule, createStops, createStartPart, createLayersPart, createRowsPart].map((make) => make(actions));
    box.replaceChildren(...parts.map(({ node }) => node));
  }

  return {
    /** @param {State} state */
    update(state) {
      const open = state.look.sheet === 'more';
      const opening = open && root.hidden;
      root.hidden = !open;
      if (!open) return;
      if (parts.length === 0) build();
      for (const each of parts) each.update(state);
      if (opening) close.focus({ preventScroll: true });
    },
    destroy() {},
  };
}
