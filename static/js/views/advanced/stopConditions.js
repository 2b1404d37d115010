/** When training stops by itself: at a loss, at an epoch, or when nothing moves any more. */

import { element } from '../../lib/dom/element.js';
import { createNumberField } from '../../lib/ui/numberField.js';
import { text } from '../../lib/format/i18n.js';
import { section } from './fields.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').StopConditions} StopConditions */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const PLATEAU = { epochs: 50, change: 1e-4 };

/** @param {Actions} actions */
export function createStopConditions(actions) {
  const never = text('until.never');
  const loss = (/** @type {'train_loss' | 'test_loss'} */ name) =>
    createNumberField({
      label: text(`until.${name}.name`),
      hint: `until.${name}`,
      empty: never,
      change: (value) => void actions.setUntil({ [name]: value ?? undefined }),
    });
  const train = loss('train_loss');
  const test = loss('test_loss');
  const epoch = createNumberField({
    label: text('until.epoch.name'),
    hint: 'until.epoch',
    empty: never,
    change: (value) =>
      void actions.setUntil({ epoch: value === null ? undefined : Math.max(1, Math.round(value)) }),
  });
  /** @type {StopConditions['plateau']} */
  let now;
  const change = createNumberField({
    label: text('until.change.name'),
    hint: 'until.change',
    empty: never,
    change: (value) =>
      void actions.setUntil({ plateau: value === null ? undefined : { ...PLATEAU, ...now, change: value } }),
  });
  const epochs = createNumberField({
    label: text('until.epochs.name'),
    hint: 'until.change',
    empty: never,
    change: (value) =>
      void actions.setUntil({
        plateau: value === null ? undefined : { ...PLATEAU, ...now, epochs: Math.max(1, Math.round(value)) },
      }),
  });
  const first = element('p', { class: 'aside' }, [text('until.first')]);
  return {
    node: section(text('until.name'), [train.node, test.node, epoch.node, change.node, epochs.node, first]),
    /** @param {State} state */
    update({ ui, network }) {
      now = ui.until.plateau;
      train.set(ui.until.train_loss ?? null);
      test.set(ui.until.test_loss ?? null, network?.test === null);
      epoch.set(ui.until.epoch ?? null);
      change.set(now?.change ?? null);
      epochs.set(now?.epochs ?? null);
    },
  };
}
