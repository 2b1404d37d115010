/** Where the weights start: the rule they are drawn by, and the seed; and which of them stand there as numbers. */

import { createChoice } from '../../lib/ui/select.js';
import { part, write } from '../../lib/dom/element.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @type {State['look']['figures'][]} */
const FIGURES = ['none', 'one', 'all'];

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createStart(root, actions) {
  const initializer = createChoice(part(root, '[name=initializer]', HTMLSelectElement), (name) => void actions.setInitializer(name));
  const figures = createChoice(part(root, '[name=figures]', HTMLSelectElement), (name) => actions.look({ figures: FIGURES.find((known) => known === name) ?? 'none' }));
  const seed = part(root, '[name=seed]', HTMLOutputElement);
  part(root, '[name=reseed]', HTMLButtonElement).addEventListener('click', () => void actions.reseed());

  return {
    /** @param {State} state */
    update({ catalog, network, look }) {
      figures.set('figures', FIGURES.map((name) => ({ name, label: name })), look.figures);
      if (!catalog || !network) return;
      initializer.set('initializer', catalog.initializers, network.spec.initializer.name);
      write(seed, String(network.spec.seed));
    },
    destroy() {},
  };
}
