/** Every layer's activation and dropout, a row each. */

import { createSelect } from '../../lib/ui/select.js';
import { element } from '../../lib/dom/element.js';
import { createNumberField } from '../../lib/ui/numberField.js';
import { text } from '../../lib/format/i18n.js';
import { section } from './fields.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @param {number} layer @param {boolean} last @param {Actions} actions */
function createRow(layer, last, actions) {
  const named = { layer: layer + 2 };
  const menu = element('select', { 'aria-label': text('activation.of', named) });
  const activation = createSelect(menu, (name) => void actions.setActivation(layer, name));
  const dropout = createNumberField({
    label: text('dropout.of', named),
    hint: 'dropout',
    change: (value) => value !== null && void actions.setDropout(layer, value),
  });
  const cells = [
    element('th', { scope: 'row' }, [text('network.layer', named)]),
    element('td', {}, [menu]),
    element('td', {}, last ? ['\u2013'] : [dropout.node]),
  ];
  return { node: element('tr', {}, cells), activation, dropout };
}

/** @param {Actions} actions */
export function createLayers(actions) {
  const body = element('tbody');
  const heads = ['layers.layer', 'activation.label', 'dropout.name'].map((key) =>
    element('th', { scope: 'col' }, [text(key)]),
  );
  /** @type {ReturnType<typeof createRow>[]} */
  let rows = [];
  return {
    node: section(text('layers.name'), [
      element('table', { class: 'layerRows' }, [element('thead', {}, [element('tr', {}, heads)]), body]),
    ]),
    /** @param {State} state */
    update({ catalog, network }) {
      if (!catalog || !network) return;
      const { layers } = network.spec;
      if (rows.length !== layers.length) {
        rows = layers.map((_, layer) => createRow(layer, layer === layers.length - 1, actions));
        body.replaceChildren(...rows.map(({ node }) => node));
      }
      rows.forEach(({ activation, dropout }, layer) => {
        activation.set('activation', catalog.activations, layers[layer].activation);
        dropout.set(layers[layer].dropout ?? 0);
      });
    },
  };
}
