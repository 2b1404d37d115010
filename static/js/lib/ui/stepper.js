/** A number with a step down and a step up on a ladder of readable values, and room to type any other. */

import { element, icon } from '../dom/element.js';
import { parseNumber, shortest } from '../format/number.js';

/**
 * @typedef {object} Stepper
 * @property {number[]} steps ascending
 * @property {(value: number) => void} change
 * @property {{id?: string, value: string, less: string, more: string}} labels accessible names; id: of the
 *   field, for its label
 */

const NEARLY = 1e-9;

/**
 * The rates everybody knows: 1, 3, 10 in every decade.
 * @param {number} least
 * @param {number} most powers of ten
 */
export function decades(least, most) {
  const steps = [];
  for (let power = least; power < most; power += 1) steps.push(Number(`1e${power}`), Number(`3e${power}`));
  return [...steps, Number(`1e${most}`)];
}

/** @param {number[]} steps @param {number} value @param {1 | -1} direction */
export function nextStep(steps, value, direction) {
  const close = NEARLY * Math.max(1e-6, Math.abs(value));
  if (direction > 0) return steps.find((step) => step > value + close) ?? value;
  return steps.findLast((step) => step < value - close) ?? value;
}

/**
 * @param {Element} root
 * @param {Stepper} ladder
 */
export function createStepper(root, { steps, change, labels }) {
  let value = NaN;
  let typing = false;
  const field = element('input', {
    inputmode: 'decimal',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': labels.value,
  });
  if (labels.id) field.id = labels.id;
  const less = element('button', { type: 'button', 'aria-label': labels.less }, [icon('minus')]);
  const more = element('button', { type: 'button', 'aria-label': labels.more }, [icon('plus')]);

  function show() {
    typing = false;
    field.value = Number.isNaN(value) ? '' : shortest(value);
    if (document.activeElement === field) field.select();
  }

  /** @param {number} next */
  function offer(next) {
    if (Number.isFinite(next) && next !== value) change(next);
    show();
  }

  less.addEventListener('click', () => offer(nextStep(steps, value, -1)));
  more.addEventListener('click', () => offer(nextStep(steps, value, 1)));
  field.addEventListener('change', () => offer(parseNumber(field.value)));
  field.addEventListener('focus', () => field.select());
  field.addEventListener('input', () => {
    typing = true;
  });
  field.addEventListener('blur', show);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      offer(nextStep(steps, value, event.key === 'ArrowUp' ? 1 : -1));
    }
    if (event.key === 'Escape') show();
  });
  root.replaceChildren(less, field, more);

  return {
    /** @param {number} next @param {boolean} [disabled] */
    set(next, disabled = false) {
      for (const control of [less, field, more]) control.disabled = disabled;
      if (next === value) return;
      value = next;
      if (!typing) show();
    },
  };
}
