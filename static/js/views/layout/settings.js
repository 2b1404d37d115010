/** How it learns: rate, optimizer, activation of the hidden layers, penalty. */

import { createSelect } from '../../lib/ui/select.js';
import { setAttribute, requireElement } from '../../lib/dom/element.js';
import { createStepper, decades } from '../../lib/ui/stepper.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const RATES = decades(-5, 1);
const PENALTIES = [0, ...decades(-3, 1)];

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createSettings(root, actions) {
  const menu = (/** @type {string} */ name) => requireElement(root, `[name=${name}]`, HTMLSelectElement);
  const rate = createStepper(requireElement(root, '[data-ladder=rate]', HTMLElement), {
    steps: RATES,
    change: (value) => void actions.setRate(value),
    labels: { id: 'rate', value: text('rate.name'), less: text('rate.less'), more: text('rate.more') },
  });
  const penaltyRate = createStepper(requireElement(root, '[data-ladder=penaltyRate]', HTMLElement), {
    steps: PENALTIES,
    change: (value) => void actions.setPenaltyRate(value),
    labels: {
      id: 'penaltyRate',
      value: text('penaltyRate.name'),
      less: text('penaltyRate.less'),
      more: text('penaltyRate.more'),
    },
  });
  const optimizer = createSelect(menu('optimizer'), (name) => void actions.setOptimizer(name));
  const activation = createSelect(menu('activation'), (name) => void actions.setHiddenActivation(name));
  const penalty = createSelect(menu('penalty'), (name) => void actions.setPenalty(name));
  const more = requireElement(root, '[name=more]', HTMLButtonElement);
  more.addEventListener('click', () => actions.togglePanel('more'));
  root.addEventListener('submit', (event) => event.preventDefault());

  return {
    /** @param {State} state */
    update({ catalog, network, ui }) {
      root.toggleAttribute('data-open', ui.openPanel === 'settings');
      setAttribute(more, 'aria-expanded', String(ui.openPanel === 'more'));
      if (!catalog || !network) return;
      const { spec } = network;
      const hidden = new Set(spec.layers.slice(0, -1).map((layer) => layer.activation));
      const [only = ''] = hidden;
      rate.set(spec.optimizer.learning_rate);
      optimizer.set('optimizer', catalog.optimizers, spec.optimizer.name);
      activation.set(
        'activation',
        catalog.activations,
        hidden.size === 1 ? only : '',
        text('activation.mixed'),
      );
      menu('activation').disabled = hidden.size === 0;
      penalty.set('penalty', catalog.penalties, spec.penalty.name);
      penaltyRate.set(spec.penalty.rate, spec.penalty.name === 'none');
    },
    destroy() {},
  };
}
