/** A blank on the board: what a person types in place of a number, and what the service says of it. */

import { element, setAttribute } from '../../lib/dom/element.js';
import { formulaNode } from '../../lib/format/formula.js';
import { formatNumber } from '../../lib/format/boardNumber.js';
import { symbolTex } from '../../lib/trace/symbols.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../lib/trace/blanks.js').Judged} Judged */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @param {string} symbol @param {number} tolerance @param {Actions} actions */
export function createBlank(symbol, tolerance, actions) {
  const near = element('span', { class: 'quietly' }, [`± ${formatNumber(tolerance)}`]);
  const label = text('microscope.blank.label', { symbol, tolerance: near.textContent ?? '' });
  const input = element('input', {
    type: 'text',
    class: 'blank',
    name: symbol,
    'aria-label': label,
    'data-hint': 'microscope.blank',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    maxlength: '40',
  });
  const check = element('button', { type: 'submit', class: 'copy' }, [text('microscope.blank.check')]);
  const reveal = element(
    'button',
    { type: 'button', class: 'copy', 'aria-label': text('microscope.blank.revealOf', { symbol }) },
    [text('microscope.blank.reveal')],
  );
  const node = element('form', { class: 'blankForm' }, [input, near, check, reveal]);
  node.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() !== '') void actions.answer(symbol, input.value.trim());
  });
  reveal.addEventListener('click', () => actions.reveal([symbol]));
  return {
    node,
    input,
    /** @param {Judged | null} judged */
    update(judged) {
      setAttribute(input, 'aria-invalid', String(judged?.symbol === symbol && !judged.correct));
    },
  };
}

/**
 * What is said of the last answer.
 * @param {Judged} judged
 * @param {import('../../lib/trace/captions.js').Relabel} relabel
 * @returns {(Node | string)[]}
 */
export function verdictNodes({ symbol, number, correct, hint, refused }, relabel) {
  const about = [formulaNode(relabel(symbolTex(symbol))), ': '];
  if (refused !== undefined) return [...about, refused];
  if (correct) return [...about, text('microscope.blank.right')];
  if (number === null) return [...about, text('microscope.blank.noNumber')];
  const [before, after] = text(hint ? `microscope.blank.missing.${hint.missing}` : 'microscope.blank.wrong', {
    symbols: '|',
  }).split('|');
  return [...about, before, ...(after === undefined || !hint ? [] : [formulaNode(relabel(hint.tex)), after])];
}
