/**
 * A slider over a list of values, or over a range: says its value in words and fills its track up to the
 * thumb.
 */

/**
 * @typedef {object} Slider
 * @property {() => number[]} values the values it stops at, ascending
 * @property {(value: number) => unknown} change until what it gives is there, the slider stays where it was
 *   put
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
  let pending = 0;
  let shown = '';
  /** @param {number} value */
  function describe(value) {
    const said = words(value);
    if (output.value !== said) output.value = said;
    input.setAttribute('aria-valuetext', said);
    const share =
      (input.valueAsNumber - Number(input.min)) / Math.max(1, Number(input.max) - Number(input.min));
    input.style.setProperty('--filled', `${100 * share}%`);
  }

  input.step = '1';
  input.min = '0';
  input.addEventListener('input', async () => {
    const value = values()[input.valueAsNumber];
    shown = '';
    describe(value);
    pending += 1;
    try {
      await change(value);
    } finally {
      pending -= 1;
    }
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
      if (held || pending > 0 || now === shown) return;
      shown = now;
      input.disabled = disabled;
      input.max = String(list.length - 1);
      input.value = String(nearest(list, value));
      describe(value);
    },
  };
}
