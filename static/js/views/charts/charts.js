/** What stands in the plane's place when another view is chosen. Only the one that is open is made and kept up to date. */

import { mark, part } from '../../lib/dom/element.js';
import { createChoices } from './chartPicker.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../state/slices/charts.js').Sight} Sight */
/** @typedef {{update: (state: State) => void, destroy: () => void}} View */

/** @typedef {(root: HTMLElement, actions: Actions) => View} Maker */

/** Each is fetched when it is first opened. @type {Partial<Record<Sight, () => Promise<Maker>>>} */
const MAKERS = {
  space: async () => (await import('./hiddenSpace.js')).createSpace,
  errors: async () => (await import('./errors.js')).createErrors,
  weights: async () => (await import('./weightMatrices.js')).createWeights,
  distributions: async () => (await import('./distributions.js')).createDistributions,
  gradients: async () => (await import('./gradients.js')).createGradients,
};

/** @param {HTMLElement} root the panel @param {Actions} actions */
export function createSightViews(root, actions) {
  const board = part(root, '#board', HTMLElement);
  const box = part(root, '#sight', HTMLElement);
  const choices = createChoices(part(root, '#sights', HTMLElement), actions);
  /** @type {{sight: Sight, view: View | undefined}} */
  let open = { sight: 'boundary', view: undefined };
  /** @type {State | null} */
  let newest = null;

  /** @param {Sight} sight */
  function change(sight) {
    open.view?.destroy();
    box.replaceChildren();
    mark(box, 'data-sight', sight);
    box.hidden = sight === 'boundary';
    board.classList.toggle('away', sight !== 'boundary');
    open = { sight, view: undefined };
    void make(sight);
  }

  /** @param {Sight} sight */
  async function make(sight) {
    const maker = await MAKERS[sight]?.();
    if (!maker || open.sight !== sight || open.view) return;
    open.view = maker(box, actions);
    if (newest) open.view.update(newest);
  }

  return {
    /** @param {State} state */
    update(state) {
      newest = state;
      choices.update(state);
      if (state.look.sight !== open.sight) change(state.look.sight);
      open.view?.update(state);
    },
    destroy() {
      open.view?.destroy();
      open = { sight: 'boundary', view: undefined };
      choices.destroy();
    },
  };
}
