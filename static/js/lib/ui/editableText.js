/**
 * A value that can be typed where it is shown: taken when the field is left or Enter pressed, put back by
 * Escape and when it makes no sense.
 */

/**
 * @param {HTMLInputElement} input
 * @param {{parse: (typed: string) => number, change: (value: number) => void}} how parse: no finite number
 *   where it makes no sense
 * @returns {{value: string}} what it shows; while it is typed in, it is left alone
 */
export function createEditableText(input, { parse, change }) {
  let shown = '';
  input.addEventListener('change', () => {
    const value = parse(input.value);
    if (Number.isFinite(value)) change(value);
    else input.value = shown;
  });
  input.addEventListener('focus', () => input.select());
  input.addEventListener('blur', () => {
    input.value = shown;
  });
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') input.value = shown;
  });
  return {
    get value() {
      return shown;
    },
    set value(words) {
      shown = words;
      if (document.activeElement !== input || input.disabled) input.value = words;
    },
  };
}
