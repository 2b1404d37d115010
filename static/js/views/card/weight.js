/** A weight or bias: its value, its gradient, what it carries, and E as a curve over it alone. */

import { element } from '../../lib/dom/element.js';
import { isFrozen } from '../../lib/model/frozen.js';
import { parameterValue } from '../../lib/model/selectors.js';
import { formulaNodes, unitName, weightName, weightWords } from '../../lib/format/notation.js';
import { readable, whole } from '../../lib/format/number.js';
import { samePart } from '../../lib/plot/diagramHitTest.js';
import { text } from '../../lib/format/i18n.js';
import { createFreezeButton } from './freezeButton.js';
import { sourceNodes } from './incomingWeights.js';
import { createLossSlice } from './lossSlice.js';
import { createParameterValue } from './parameterValue.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../../state/slices/probe.js').Answers} Answers */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** Where a weight goes, in nodes. @param {Part} part @param {NetworkState} network */
function where({ kind, layer, unit, input }, { spec }) {
  const named = { unit: unit + 1, layer: layer + 2 };
  if (kind === 'bias') return [text('card.ofUnit', named)];
  const [before, after] = text('card.from', { ...named, from: '|' }).split('|');
  return [before, ...sourceNodes(spec, layer, input), after];
}

/**
 * What both ends of it say for the example looked at.
 * @param {Part} part
 * @param {NetworkState} network
 * @param {Answers} answers
 */
function endNodes({ kind, layer, unit, input }, { spec }, { layers, features }) {
  const [target] = layers[layer].a;
  const end = [unitName(layer, unit), ` = ${readable(target[unit])}`];
  if (kind === 'bias') return end;
  const [source] = layer === 0 ? features : layers[layer - 1].a;
  const start = layer === 0 ? formulaNodes(spec.features[input]) : [unitName(layer - 1, input)];
  return [...start, ` = ${readable(source[input])} \u2192 `, ...end];
}

/** A name and what it is. @param {Node[]} name */
function line(name) {
  const value = element('dd');
  return { nodes: [element('dt', {}, name), value], value };
}

/** ∂E/∂w in nodes. @param {Part} part */
function slopeName({ layer, unit, input }) {
  return [new Text('\u2202E/\u2202'), weightName(layer, unit, input)];
}

/** @param {Part} part @param {NetworkState} network @param {Actions} actions */
export function createWeight(part, network, actions) {
  const { layer, unit, input } = part;
  const name = weightWords(layer, unit, input);
  const freeze = createFreezeButton(
    () => [part],
    { name: text('freeze.name', { name }), words: text('freeze.one') },
    actions,
  );
  /** @type {State | null} */
  let seen = null;
  const valley = createLossSlice({
    setWeight: (value) => void actions.setWeight(part, value),
    setRate(rate) {
      const now = seen?.probe.slice;
      const set = seen?.network?.spec.optimizer.learning_rate;
      if (now && set !== undefined) void actions.setRate(Number(((rate * set) / now.rate).toPrecision(2)));
    },
  });
  const value = createParameterValue(name, (next) => void actions.setWeight(part, next));
  const slope = line(slopeName(part));
  const ends = line([element('span', { class: 'example' })]);
  /** @type {Answers | null} */
  let answered = null;

  /** @param {State['probe']} probe */
  function tell({ slice, answers }) {
    if (slice)
      slope.value.replaceChildren(
        readable(slice.gradient, 4),
        element('span', { class: 'when' }, [text('at', { step: whole(slice.step) })]),
      );
    if (!answers || answers === answered) return;
    answered = answers;
    ends.nodes[0].replaceChildren(text('card.example', { example: answers.example + 1 }));
    ends.value.replaceChildren(element('span', {}, endNodes(part, network, answers)));
  }

  const [stepper, slider] = value.nodes;
  return {
    where: element('p', { class: 'where' }, where(part, network)),
    nodes: [
      element('div', { class: 'valueRow' }, [stepper, freeze.node]),
      element('div', { class: 'valleyBox' }, [valley.nodes[0], slider]),
      valley.nodes[1],
      element('dl', { class: 'facts' }, [...slope.nodes, ...ends.nodes]),
    ],
    /** @param {State} state */
    update(state) {
      seen = state;
      value.set(parameterValue(state, part), valley.reach());
      freeze.update(state);
      const probed = samePart(state.probe.part, part);
      valley.update(probed ? state.probe.slice : null, isFrozen(state.network?.spec.frozen, part));
      if (probed) tell(state.probe);
    },
  };
}
