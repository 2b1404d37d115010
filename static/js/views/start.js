/** Where the weights start: the rule they are drawn by, and the seed. */

import { createChoice } from '../lib/choice.js';
import { part, write } from '../lib/element.js';

/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../actions.js').Actions} Actions */

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createStart(root, actions) {
  const initializer = createChoice(part(root, '[name=initializer]', HTMLSelectElement), (name) => void actions.setInitializer(name));
  const seed = part(root, '[name=seed]', HTMLOutputElement);
  part(root, '[name=reseed]', HTMLButtonElement).addEventListener('click', () => void actions.reseed());

  return {
    /** @param {State} state */
    update({ catalog, network }) {
      if (!catalog || !network) return;
      initializer.set('initializer', catalog.initializers, network.spec.initializer.name);
      write(seed, String(network.spec.seed));
    },
    destroy() {},
  };
}
