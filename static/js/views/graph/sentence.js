/** A step through the gates in one sentence, for screen readers. */

import { roundedNumber } from '../../lib/format/roundedNumbers.js';
import { texToSpeech } from '../../lib/format/speech.js';
import { hasText, text } from '../../lib/format/i18n.js';
import { progress } from '../../state/pages/graphWalk.js';
import { formulas } from './formulas.js';

/** @typedef {import('../../state/pages/graphWalk.js').Graph} Graph */
/** @typedef {import('../../state/pages/graphWalk.js').GraphNode} GraphNode */

/** @param {GraphNode} node */
function nameOf({ operation, label }) {
  const key = `gates.spoken.${operation}`;
  return hasText(key) ? text(key) : label;
}

/**
 * A slope as its formula with the number it is, or as that number alone where it is no more.
 * @param {string} slope
 * @param {string} number
 * @param {{letter: string, value: number | null}[]} places
 */
function localGradient(slope, number, places) {
  if (!/[a-z]/i.test(slope)) return number;
  const formula = texToSpeech(slope);
  const used = places.filter(({ letter }) => new RegExp(`(?<![a-z\\\\])${letter}(?![a-z])`).test(slope));
  const given =
    used[0]?.letter === slope
      ? ''
      : used.map(({ letter, value }) => `${letter} = ${roundedNumber(value)}`).join(text('number.list'));
  return text(given ? 'gates.localWith' : 'gates.local', { formula, number, given });
}

/** @param {Graph} graph @param {number} at @param {Record<string, string>} names */
export function gateSentence(graph, at, names) {
  const { nodes } = graph;
  const { lit, backward, arriving } = progress(graph, at);
  const node = nodes[lit];
  if (!node) return '';
  if (arriving) return `${text('gates.arriving')} ${roundedNumber(node.gradient)}.`;
  const gate = nameOf(node);
  const inputs = node.inputs.map((id) => nodes[id]);
  if (!backward)
    return text('gates.forward', {
      gate,
      inputs: inputs.map(({ value }) => roundedNumber(value)).join(text('number.list')),
      value: roundedNumber(node.value),
    });
  const { slopes, places } = formulas(graph, node, names);
  const handed = slopes.flatMap(({ slope, local, isConstant }, k) => {
    if (isConstant) return [];
    const words = {
      to: nameOf(inputs[k]),
      local: localGradient(slope, roundedNumber(local), places),
      value: roundedNumber(local * (node.gradient ?? NaN)),
    };
    return [text('gates.handed', words)];
  });
  return [text('gates.backward', { gate, gradient: roundedNumber(node.gradient) }), ...handed].join(' ');
}
