/** The weights into a unit and its bias, a row each: a list for what is thin in the diagram. */

import { element } from '../../lib/element.js';
import { valueOf } from '../../lib/network.js';
import { formulaNodes, weightName, weightWords } from '../../lib/notation.js';
import { parseNumber, readable } from '../../lib/number.js';
import { text } from '../../lib/text.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').Spec} Spec */
/** @typedef {import('../../lib/pointing.js').Part} Part */
/** @typedef {import('../../actions.js').Actions} Actions */

/** Where a weight comes from, in nodes. @param {Spec} spec @param {number} layer @param {number} input @returns {Node[]} */
export function sourceNodes(spec, layer, input) {
  if (layer === 0) return formulaNodes(spec.features[input]);
  return [new Text(text('card.source', { unit: input + 1, layer: layer + 1 }))];
}

/**
 * @param {Spec} spec
 * @param {Part} unit
 * @param {Actions} actions
 */
export function createIncoming(spec, { layer, unit }, actions) {
  const inputs = layer === 0 ? spec.features.length : spec.layers[layer - 1].units;
  const rows = Array.from({ length: inputs + 1 }, (_, index) => {
    const input = index - 1;
    const part = /** @type {Part} */ ({ kind: input < 0 ? 'bias' : 'link', layer, unit, input });
    const field = element('input', { inputmode: 'decimal', autocomplete: 'off', 'aria-label': weightWords(layer, unit, input) });
    field.addEventListener('change', () => {
      const value = parseNumber(field.value);
      if (Number.isFinite(value)) void actions.setWeight(part, value);
    });
    field.addEventListener('focus', () => {
      field.select();
      actions.point(part);
    });
    field.addEventListener('blur', () => actions.point(null));
    const from = input < 0 ? [new Text(text('card.bias'))] : sourceNodes(spec, layer, input);
    const node = element('div', { class: 'incomingRow' }, [
      weightName(layer, unit, input),
      element('span', { class: 'from' }, from),
      field,
    ]);
    node.addEventListener('pointerenter', () => actions.point(part));
    node.addEventListener('pointerleave', () => actions.point(null));
    return { part, field, node };
  });
  return {
    node: element('div', { class: 'incoming', role: 'group', 'aria-label': text('card.incoming') }, rows.map(({ node }) => node)),
    /** @param {State} state */
    update(state) {
      for (const { part, field } of rows) {
        const value = readable(valueOf(state, part), 4);
        if (document.activeElement !== field && field.value !== value) field.value = value;
      }
    },
  };
}
