/** How wrong and how often right, train and test apart, dated to their step. */

import { element, setAttribute, requireElement, setText } from '../../lib/dom/element.js';
import { percent, readable, fixed, whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../transport/frame.js').Score} Score */

const ROOM = 6;

/** @param {HTMLElement} root @param {string} label @param {string} [stroke] */
function createNumber(root, label, stroke) {
  const value = element('dd');
  const line =
    stroke === undefined ? [] : [element('span', { class: `stroke ${stroke}`, 'aria-hidden': 'true' })];
  root.append(element('div', {}, [...line, element('dt', {}, [label]), value]));
  return (/** @type {string} */ words) => {
    setText(value, words);
    setAttribute(value, 'data-long', String(words.length > ROOM));
  };
}

/** Accuracy where there are classes, R² where there are values. @param {Score | null | undefined} score */
function goodness(score) {
  if (!score) return fixed(null, 0);
  return score.accuracy === null ? readable(score.r2, 3) : percent(score.accuracy);
}

/**
 * Frames tell R² in 32 bits; what the network itself says of the same moment is exact.
 * @param {State['frame']} frame
 * @param {State['network']} network
 */
function newest(frame, network) {
  const same = frame && network && frame.version === network.version && frame.step === network.step;
  return same ? network : (frame ?? network);
}

/** @param {HTMLElement} root */
export function createMetrics(root) {
  const accuracy = requireElement(root, '#accuracy', HTMLElement);
  const losses = requireElement(root, '#losses', HTMLElement);
  const lists = { right: element('dl'), loss: element('dl') };
  const kind = element('span', { class: 'kind' });
  const when = element('span', { class: 'when' });
  accuracy.append(kind, lists.right);
  losses.append(lists.loss, when);
  const right = {
    train: createNumber(lists.right, text('train')),
    test: createNumber(lists.right, text('test')),
  };
  const loss = {
    train: createNumber(lists.loss, text('train'), ''),
    test: createNumber(lists.loss, text('test'), 'dashed'),
  };

  return {
    /** @param {State} state */
    update({ frame, network }) {
      const now = newest(frame, network);
      if (!now) return;
      const regression = network?.task === 'regression';
      setText(kind, text(regression ? 'r2.name' : 'accuracy.name'));
      kind.dataset.hint = regression ? 'r2' : 'accuracy';
      right.train(goodness(now.train));
      right.test(goodness(now.test));
      loss.train(readable(now.train.loss, 4));
      loss.test(readable(now.test?.loss, 4));
      setText(when, text('at', { step: whole(now.step) }));
    },
    destroy() {},
  };
}
