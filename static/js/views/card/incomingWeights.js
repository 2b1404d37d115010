/** The weights into a unit and its bias, a row each: a list for what is thin in the diagram. */

import { element, setText } from '../../lib/dom/element.js';
import { parameterValue } from '../../lib/model/selectors.js';
import { formulaNodes, weightName, weightWords } from '../../lib/format/notation.js';
import { parseNumber, readable, whole } from '../../lib/format/number.js';
import { samePart } from '../../lib/plot/diagramHitTest.js';
import { text } from '../../lib/format/i18n.js';
import { createEditableText } from '../../lib/ui/editableText.js';
import { createFreezeButton } from './freezeButton.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').Spec} Spec */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/**
 * Where a weight comes from, in nodes.
 * @param {Spec} spec
 * @param {number} layer
 * @param {number} input
 * @returns {Node[]}
 */
export function sourceNodes(spec, layer, input) {
  if (layer === 0) return formulaNodes(spec.features[input]);
  return [new Text(text('card.source', { unit: input + 1, layer: layer + 1 }))];
}

/** @param {Part} part @param {Actions} actions */
function createField(part, actions) {
  const label = weightWords(part.layer, part.unit, part.input);
  const field = element('input', { inputmode: 'decimal', autocomplete: 'off', 'aria-label': label });
  field.addEventListener('focus', () => actions.hoverPart(part));
  field.addEventListener('blur', () => actions.hoverPart(null));
  return {
    field,
    typed: createEditableText(field, {
      parse: parseNumber,
      change: (value) => void actions.setWeight(part, value),
    }),
  };
}

/** @param {Spec} spec @param {Part} unit @param {number} input −1: the bias @param {Actions} actions */
function createRow(spec, { layer, unit }, input, actions) {
  const part = /** @type {Part} */ ({ kind: input < 0 ? 'bias' : 'link', layer, unit, input });
  const { field, typed } = createField(part, actions);
  const slope = element('td', { class: 'slope' });
  const freeze = createFreezeButton(
    () => [part],
    { name: text('freeze.name', { name: weightWords(layer, unit, input) }) },
    actions,
  );
  const from = input < 0 ? [new Text(text('card.bias'))] : sourceNodes(spec, layer, input);
  const open = element('button', { type: 'button', class: 'opens', 'data-hint': 'card.open' }, [
    weightName(layer, unit, input),
    element('span', { class: 'unseen' }, from),
  ]);
  open.addEventListener('click', () => actions.selectPart(part));
  const node = element('tr', { class: 'incomingRow' }, [
    element('th', { scope: 'row' }, [open]),
    element('td', {}, [field]),
    slope,
    element('td', {}, [freeze.node]),
  ]);
  node.addEventListener('pointerenter', () => actions.hoverPart(part));
  node.addEventListener('pointerleave', () => actions.hoverPart(null));
  return { part, typed, slope, freeze, node };
}

/**
 * @param {Spec} spec
 * @param {Part} unit
 * @param {Actions} actions
 */
export function createIncomingWeights(spec, unit, actions) {
  const inputs = unit.layer === 0 ? spec.features.length : spec.layers[unit.layer - 1].units;
  const rows = Array.from({ length: inputs + 1 }, (_, index) => createRow(spec, unit, index - 1, actions));
  const when = element('span', { class: 'when' });
  const heads = [
    element('th', { scope: 'col' }, [element('i', {}, ['w'])]),
    element('th', { scope: 'col' }, [text('card.value')]),
    element('th', { scope: 'col' }, ['\u2202E/\u2202w ', when]),
    element('th', {}, [element('span', { class: 'unseen' }, [text('freeze.one')])]),
  ];
  const table = element('table', { class: 'incoming' }, [
    element('caption', { class: 'unseen' }, [text('card.incoming')]),
    element('thead', {}, [element('tr', {}, heads)]),
    element(
      'tbody',
      {},
      rows.map(({ node }) => node),
    ),
  ]);
  return {
    node: element(
      'div',
      { class: 'incomingBox', tabindex: '0', role: 'group', 'aria-label': text('card.incoming') },
      [table],
    ),
    /** @param {State} state */
    update(state) {
      const { gradients, part: probed } = state.probe;
      const layer = samePart(probed, unit) ? gradients?.layers[unit.layer] : undefined;
      setText(when, layer && gradients ? text('at', { step: whole(gradients.step) }) : '');
      for (const { part, typed, slope, freeze } of rows) {
        typed.value = readable(parameterValue(state, part), 4);
        const gradient = layer && (part.input < 0 ? layer.db[part.unit] : layer.dW[part.unit]?.[part.input]);
        setText(slope, layer ? readable(gradient, 4) : '');
        freeze.update(state);
      }
    },
  };
}
