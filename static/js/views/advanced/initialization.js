/** What the start is drawn by, and in which numbers all is computed. */

import { createSelect } from '../../lib/ui/select.js';
import { element } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';
import { createFields, section } from './fields.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const DTYPES = [
  { name: 'float64', label: 'float64' },
  { name: 'float32', label: 'float32' },
];

/** @param {string} label @param {string} hint @param {HTMLSelectElement} menu */
function labelled(label, hint, menu) {
  return element('label', { class: 'field numberField', 'data-hint': hint }, [
    element('span', { class: 'term' }, [label]),
    menu,
  ]);
}

/** @param {Actions} actions */
export function createInitialization(actions) {
  const menu = element('select');
  const precision = element('select');
  const initializer = createSelect(menu, (name) => void actions.setInitializer(name));
  const dtype = createSelect(precision, (name) => void actions.setDtype(name));
  const fields = createFields(actions.setInitializerField);
  return {
    node: section(
      text('initializer.label'),
      [
        labelled(text('initializer.rule'), 'initializer', menu),
        fields.node,
        labelled(text('dtype.label'), 'dtype', precision),
      ],
      true,
    ),
    /** @param {State} state */
    update({ catalog, network }) {
      if (!catalog || !network) return;
      const { initializer: chosen } = network.spec;
      initializer.set('initializer', catalog.initializers, chosen.name);
      fields.set(
        catalog.initializers.find(({ name }) => name === chosen.name),
        chosen,
      );
      dtype.set('dtype', DTYPES, network.spec.dtype);
    },
  };
}

/** @param {string} name of its words @param {(on: boolean) => unknown} change */
function createSwitch(name, change) {
  const input = element('input', { type: 'checkbox', name });
  input.addEventListener('change', () => void change(input.checked));
  const node = element('label', { class: 'switch', 'data-hint': name }, [
    input,
    element('span', {}, [text(`${name}.name`)]),
  ]);
  return { node, input };
}

/** How the rows are taken. @param {Actions} actions */
export function createShuffleSection(actions) {
  const shuffle = createSwitch('shuffle', actions.setShuffle);
  return {
    node: section(text('data.name'), [shuffle.node]),
    /** @param {State} state */
    update({ network }) {
      if (!network) return;
      shuffle.input.checked = network.spec.shuffle;
    },
  };
}
