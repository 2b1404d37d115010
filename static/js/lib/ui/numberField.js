/**
 * A number a person types, with a name: says its value until another one is given, and goes back to it when
 * it is refused.
 */

import { element } from '../dom/element.js';
import { parseNumber, shortest } from '../format/number.js';

/**
 * @param {{label: string, hint?: string, empty?: string, change: (value: number | null) => void}} about
 *   empty: what stands there when there is no value; without, one is needed
 */
export function createNumberField({ label, hint, empty, change }) {
  const input = element('input', {
    class: 'number',
    inputmode: 'decimal',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: empty ?? '',
    ...(empty ? { 'aria-placeholder': empty } : {}),
  });
  const node = element('label', { class: 'field numberField', ...(hint ? { 'data-hint': hint } : {}) }, [
    element('span', { class: 'term' }, [label]),
    input,
  ]);
  /** @type {number | null} */
  let value = null;
  const show = () => {
    input.value = value === null ? '' : shortest(value, 8);
  };
  input.addEventListener('change', () => {
    const typed = input.value.trim() === '' ? null : parseNumber(input.value);
    const usable = typed === null ? empty !== undefined : Number.isFinite(typed);
    if (usable && typed !== value) change(typed);
    else show();
  });
  input.addEventListener('blur', show);
  input.addEventListener('focus', () => input.select());
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') show();
  });
  return {
    node,
    /** @param {number | null} next @param {boolean} [disabled] */
    set(next, disabled = false) {
      input.disabled = disabled;
      const fresh = next !== value;
      value = next;
      if (document.activeElement !== input && fresh) show();
    },
  };
}
