/** A step through the gates in one sentence, for screen readers. */

import { printed } from '../../lib/printed.js';
import { hasText, text } from '../../lib/text.js';
import { progress } from '../../state/graphs.js';

/** @typedef {import('../../state/graphs.js').Graph} Graph */
/** @typedef {import('../../state/graphs.js').GraphNode} GraphNode */

/** @param {GraphNode} node */
function nameOf({ operation, label }) {
  const key = `gates.spoken.${operation}`;
  return hasText(key) ? text(key) : label;
}

/** @param {Graph} graph @param {number} at */
export function gateSentence({ nodes }, at) {
  const { lit, backward, arriving } = progress({ nodes, value: null, tex: '' }, at);
  const node = nodes[lit];
  if (!node) return '';
  if (arriving) return `${text('gates.arriving')} ${printed(node.gradient)}.`;
  const gate = nameOf(node);
  const inputs = node.inputs.map((id) => nodes[id]);
  if (!backward) return text('gates.forward', { gate, inputs: inputs.map(({ value }) => printed(value)).join(text('number.list')), value: printed(node.value) });
  const handed = inputs.flatMap((input, k) => {
    if (input.operation === 'constant') return [];
    const local = node.local_gradients[k] ?? NaN;
    return [text('gates.handed', { to: nameOf(input), local: printed(local), value: printed(local * (node.gradient ?? NaN)) })];
  });
  return [text('gates.backward', { gate, gradient: printed(node.gradient) }), ...handed].join(' ');
}
