/** A value that can be typed where it is shown: taken when the field is left or Enter pressed, put back when it makes no sense. */

/**
 * @param {HTMLInputElement} input
 * @param {{parse: (typed: string) => number, change: (value: number) => void}} how parse: NaN where it makes no sense
 * @returns {{value: string}} what it shows; while it is typed in, it is left alone
 */
export function createTyped(input, { parse, change }) {
  let shown = '';
  input.addEventListener('change', () => {
    const value = parse(input.value);
    if (Number.isNaN(value)) input.value = shown;
    else change(value);
  });
  input.addEventListener('focus', () => input.select());
  input.addEventListener('blur', () => {
    input.value = shown;
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
