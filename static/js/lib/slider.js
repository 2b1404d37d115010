/** A slider over a list of values, or over a range: says its value in words and fills its track up to the thumb. */

/**
 * @typedef {object} Slider
 * @property {() => number[]} values the values it stops at, ascending
 * @property {(value: number) => void} change
 * @property {(value: number) => string} words
 */

/** @param {number[]} values @param {number} value */
function nearest(values, value) {
  let best = 0;
  values.forEach((candidate, index) => {
    if (Math.abs(candidate - value) < Math.abs(values[best] - value)) best = index;
  });
  return best;
}

/**
 * @param {HTMLInputElement} input
 * @param {{value: string}} output
 * @param {Slider} slider
 */
export function createSlider(input, output, { values, change, words }) {
  let held = false;
  let shown = '';
  /** @param {number} value */
  function describe(value) {
    const said = words(value);
    if (output.value !== said) output.value = said;
    input.setAttribute('aria-valuetext', said);
    const share = (input.valueAsNumber - Number(input.min)) / Math.max(1, Number(input.max) - Number(input.min));
    input.style.setProperty('--filled', `${100 * share}%`);
  }

  input.step = '1';
  input.min = '0';
  input.addEventListener('input', () => {
    const value = values()[input.valueAsNumber];
    shown = '';
    describe(value);
    change(value);
  });
  input.addEventListener('pointerdown', () => {
    held = true;
  });
  for (const end of ['pointerup', 'pointercancel', 'blur']) {
    input.addEventListener(end, () => {
      held = false;
    });
  }

  return {
    /** @param {number} value @param {boolean} [disabled] */
    set(value, disabled = false) {
      const list = values();
      const now = `${value} ${disabled} ${list.length} ${list[0]}`;
      if (held || now === shown) return;
      shown = now;
      input.disabled = disabled;
      input.max = String(list.length - 1);
      input.value = String(nearest(list, value));
      describe(value);
    },
  };
}
