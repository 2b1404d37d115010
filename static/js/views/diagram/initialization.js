/**
 * Where the weights start: the rule they are drawn by, and the seed; and which of them stand there as
 * numbers.
 */

import { createSelect } from '../../lib/ui/select.js';
import { requireElement, setText } from '../../lib/dom/element.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @type {State['ui']['figures'][]} */
const FIGURES = ['none', 'one', 'all'];

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createInitialization(root, actions) {
  const initializer = createSelect(
    requireElement(root, '[name=initializer]', HTMLSelectElement),
    (name) => void actions.setInitializer(name),
  );
  const figures = createSelect(requireElement(root, '[name=figures]', HTMLSelectElement), (name) =>
    actions.setUi({ figures: FIGURES.find((known) => known === name) ?? 'none' }),
  );
  const seed = requireElement(root, '[name=seed]', HTMLOutputElement);
  requireElement(root, '[name=reseed]', HTMLButtonElement).addEventListener(
    'click',
    () => void actions.reseed(),
  );

  return {
    /** @param {State} state */
    update({ catalog, network, ui }) {
      figures.set(
        'figures',
        FIGURES.map((name) => ({ name, label: name })),
        ui.figures,
      );
      if (!catalog || !network) return;
      initializer.set('initializer', catalog.initializers, network.spec.initializer.name);
      setText(seed, String(network.spec.seed));
    },
    destroy() {},
  };
}
