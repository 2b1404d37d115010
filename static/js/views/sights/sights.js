/** What stands in the plane's place when another view is chosen. Only the one that is open is made and kept up to date. */

import { mark, part } from '../../lib/element.js';
import { createChoices } from './choice.js';
import { createDistributions } from './distributions.js';
import { createErrors } from './errors.js';
import { createGradients } from './gradients.js';
import { createSpace } from './space.js';
import { createWeights } from './weights.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions.js').Actions} Actions */
/** @typedef {import('../../state/sights.js').Sight} Sight */
/** @typedef {{update: (state: State) => void, destroy: () => void}} View */

/** @type {Partial<Record<Sight, (root: HTMLElement, actions: Actions) => View>>} */
const MAKERS = {
  space: createSpace,
  errors: createErrors,
  weights: createWeights,
  distributions: createDistributions,
  gradients: createGradients,
};

/** @param {HTMLElement} root the panel @param {Actions} actions */
export function createSightViews(root, actions) {
  const board = part(root, '#board', HTMLElement);
  const box = part(root, '#sight', HTMLElement);
  const choices = createChoices(part(root, '#sights', HTMLElement), actions);
  /** @type {{sight: Sight, view: View | undefined}} */
  let open = { sight: 'boundary', view: undefined };

  /** @param {Sight} sight */
  function change(sight) {
    open.view?.destroy();
    box.replaceChildren();
    mark(box, 'data-sight', sight);
    box.hidden = sight === 'boundary';
    board.classList.toggle('away', sight !== 'boundary');
    open = { sight, view: MAKERS[sight]?.(box, actions) };
  }

  return {
    /** @param {State} state */
    update(state) {
      choices.update(state);
      if (state.look.sight !== open.sight) change(state.look.sight);
      open.view?.update(state);
    },
    destroy() {
      open.view?.destroy();
      choices.destroy();
    },
  };
}
