/** What is opened: a formula to type, formulas at a click, or the unit of a network it was read off. */

import { element, requireElement, setText } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';
import { SAMPLES } from '../../state/pages/expressions.js';
import { roundedNumber } from '../../lib/format/roundedNumbers.js';

/** @typedef {import('../../state/pages/expressions.js').Expressions} Expressions */
/** @typedef {import('../../actions/expressions.js').ExpressionActions} Actions */

/** @param {HTMLElement} root @param {Actions} actions */
export function createExpressionInput(root, actions) {
  const field = requireElement(root, '[name=expression]', HTMLInputElement);
  const both = requireElement(root, '[name=both]', HTMLInputElement);
  const source = requireElement(root, '.source', HTMLElement);
  const back = requireElement(root, '.sourceLink', HTMLAnchorElement);
  const samples = SAMPLES.map(({ expression, values }) => {
    const button = element('button', { type: 'button', class: 'quietButton sample' }, [expression]);
    button.addEventListener('click', () => void actions.open(expression, values));
    return button;
  });
  requireElement(root, '.samples', HTMLElement).append(...samples);
  field.addEventListener('change', () => void actions.type(field.value));
  both.addEventListener('change', () => void actions.showBoth(both.checked));
  requireElement(root, '[name=previous]', HTMLButtonElement).addEventListener('click', () =>
    actions.turnExample(-1),
  );
  requireElement(root, '[name=next]', HTMLButtonElement).addEventListener('click', () =>
    actions.turnExample(1),
  );
  let shown = '';

  return {
    /** @param {Expressions} state */
    update(state) {
      const { expression, source: from, fault, cuts, graphs, gradient } = state;
      if (expression !== shown) field.value = expression;
      shown = expression;
      field.setAttribute('aria-invalid', String(fault !== ''));
      setText(requireElement(root, '.fault', HTMLElement), fault);
      both.checked = state.both;
      requireElement(root, '.both', HTMLElement).hidden = !cuts;
      source.hidden = !from;
      requireElement(root, '.sourceExample', HTMLElement).hidden = !from;
      setText(
        requireElement(root, '.result', HTMLElement),
        graphs.length > 0 ? text('expressions.value', { value: roundedNumber(graphs[0].value) }) : '',
      );
      if (!from) return;
      setText(
        requireElement(root, '.sourceWords', HTMLElement),
        text('expressions.source', { ...from, gradient: roundedNumber(gradient) }),
      );
      back.href = `./#id=${from.network}`;
      setText(
        requireElement(root, '.sourceNumber', HTMLElement),
        text('expressions.example', { example: from.example }),
      );
    },
    destroy() {},
  };
}
