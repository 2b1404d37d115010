/**
 * What stands in the plane's place when another view is chosen. Only the one that is open is made and kept up
 * to date.
 */

import { setAttribute, requireElement } from '../../lib/dom/element.js';
import { createChartPicker } from './chartPicker.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../state/slices/charts.js').ChartName} ChartName */
/** @typedef {{update: (state: State) => void, destroy: () => void}} View */

/** @typedef {(root: HTMLElement, actions: Actions) => View} Factory */

/** Each is fetched when it is first opened. @type {Partial<Record<ChartName, () => Promise<Factory>>>} */
const FACTORIES = {
  space: async () => (await import('./hiddenSpace.js')).createHiddenSpace,
  errors: async () => (await import('./errors.js')).createErrors,
  weights: async () => (await import('./weightMatrices.js')).createWeightMatrices,
  distributions: async () => (await import('./distributions.js')).createDistributions,
  gradients: async () => (await import('./gradients.js')).createGradients,
};

/** @param {HTMLElement} root the panel @param {Actions} actions */
export function createCharts(root, actions) {
  const board = requireElement(root, '#board', HTMLElement);
  const box = requireElement(root, '#chart', HTMLElement);
  const choices = createChartPicker(requireElement(root, '#charts', HTMLElement), actions);
  /** @type {{chart: ChartName, view: View | undefined}} */
  let open = { chart: 'boundary', view: undefined };
  /** @type {State | null} */
  let newest = null;

  /** @param {ChartName} chart */
  function change(chart) {
    open.view?.destroy();
    box.replaceChildren();
    setAttribute(box, 'data-chart', chart);
    box.hidden = chart === 'boundary';
    board.classList.toggle('away', chart !== 'boundary');
    open = { chart, view: undefined };
    void make(chart);
  }

  /** @param {ChartName} chart */
  async function make(chart) {
    const maker = await FACTORIES[chart]?.();
    if (!maker || open.chart !== chart || open.view) return;
    open.view = maker(box, actions);
    if (newest) open.view.update(newest);
  }

  return {
    /** @param {State} state */
    update(state) {
      newest = state;
      choices.update(state);
      if (state.ui.chart !== open.chart) change(state.ui.chart);
      open.view?.update(state);
    },
    destroy() {
      open.view?.destroy();
      open = { chart: 'boundary', view: undefined };
      choices.destroy();
    },
  };
}
