/** What is opened: a formula to type, formulas at a click, or the unit of a network it was read off. */

import { element, part, write } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';
import { SAMPLES } from '../../state/pages/expressions.js';
import { printed } from '../../lib/format/roundedNumbers.js';

/** @typedef {import('../../state/pages/expressions.js').Expressions} Expressions */
/** @typedef {import('../../actions/expressions.js').ExpressionActions} Actions */

/** @param {HTMLElement} root @param {Actions} actions */
export function createTyped(root, actions) {
  const field = part(root, '[name=expression]', HTMLInputElement);
  const both = part(root, '[name=both]', HTMLInputElement);
  const source = part(root, '.source', HTMLElement);
  const back = part(root, '.sourceLink', HTMLAnchorElement);
  const samples = SAMPLES.map(({ expression, values }) => {
    const button = element('button', { type: 'button', class: 'quietButton sample' }, [expression]);
    button.addEventListener('click', () => void actions.open(expression, values));
    return button;
  });
  part(root, '.samples', HTMLElement).append(...samples);
  field.addEventListener('change', () => void actions.type(field.value));
  both.addEventListener('change', () => void actions.showBoth(both.checked));
  part(root, '[name=previous]', HTMLButtonElement).addEventListener('click', () => actions.turnExample(-1));
  part(root, '[name=next]', HTMLButtonElement).addEventListener('click', () => actions.turnExample(1));
  let shown = '';

  return {
    /** @param {Expressions} state */
    update(state) {
      const { expression, source: from, fault, cuts, graphs, gradient } = state;
      if (expression !== shown) field.value = expression;
      shown = expression;
      field.setAttribute('aria-invalid', String(fault !== ''));
      write(part(root, '.fault', HTMLElement), fault);
      both.checked = state.both;
      part(root, '.both', HTMLElement).hidden = !cuts;
      source.hidden = !from;
      part(root, '.sourceExample', HTMLElement).hidden = !from;
      write(part(root, '.result', HTMLElement), graphs.length > 0 ? text('expressions.value', { value: printed(graphs[0].value) }) : '');
      if (!from) return;
      write(part(root, '.sourceWords', HTMLElement), text('expressions.source', { ...from, gradient: printed(gradient) }));
      back.href = `./#id=${from.network}`;
      write(part(root, '.sourceNumber', HTMLElement), text('expressions.example', { example: from.example }));
    },
    destroy() {},
  };
}
