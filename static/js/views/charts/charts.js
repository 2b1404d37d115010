/** What stands in the plane's place when another view is chosen. Only the one that is open is made and kept up to date. */

import { setAttribute, requireElement } from '../../lib/dom/element.js';
import { createChartPicker } from './chartPicker.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../state/slices/charts.js').ChartName} Sight */
/** @typedef {{update: (state: State) => void, destroy: () => void}} View */

/** @typedef {(root: HTMLElement, actions: Actions) => View} Maker */

/** Each is fetched when it is first opened. @type {Partial<Record<Sight, () => Promise<Maker>>>} */
const MAKERS = {
  space: async () => (await import('./hiddenSpace.js')).createHiddenSpace,
  errors: async () => (await import('./errors.js')).createErrors,
  weights: async () => (await import('./weightMatrices.js')).createWeightMatrices,
  distributions: async () => (await import('./distributions.js')).createDistributions,
  gradients: async () => (await import('./gradients.js')).createGradients,
};

/** @param {HTMLElement} root the panel @param {Actions} actions */
export function createCharts(root, actions) {
  const board = requireElement(root, '#board', HTMLElement);
  const box = requireElement(root, '#sight', HTMLElement);
  const choices = createChartPicker(requireElement(root, '#sights', HTMLElement), actions);
  /** @type {{sight: Sight, view: View | undefined}} */
  let open = { sight: 'boundary', view: undefined };
  /** @type {State | null} */
  let newest = null;

  /** @param {Sight} sight */
  function change(sight) {
    open.view?.destroy();
    box.replaceChildren();
    setAttribute(box, 'data-sight', sight);
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
      if (state.ui.chart !== open.sight) change(state.ui.chart);
      open.view?.update(state);
    },
    destroy() {
      open.view?.destroy();
      open = { sight: 'boundary', view: undefined };
      choices.destroy();
    },
  };
}
