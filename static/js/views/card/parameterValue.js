/** A weight or bias as a number to be seen and set: a slider for the hand, a field for the exact value. */

import { element } from '../../lib/dom/element.js';
import { createStepper } from '../../lib/ui/stepper.js';
import { text } from '../../lib/format/i18n.js';

const USUAL = 5;
const STEPS = 200;
const SLIDER_STEPS = Array.from({ length: 41 }, (_, k) => (k - 20) / 4);

/**
 * @param {string} label
 * @param {(value: number) => void} change
 */
export function createParameterValue(label, change) {
  const stepperRoot = element('div', { class: 'ladder' });
  const slider = element('input', {
    type: 'range',
    class: 'signed',
    min: '0',
    max: String(STEPS),
    step: '1',
    'aria-label': label,
  });
  const stepper = createStepper(stepperRoot, {
    steps: SLIDER_STEPS,
    change,
    labels: { value: label, less: text('card.less'), more: text('card.more') },
  });
  let held = false;
  let most = USUAL;
  slider.addEventListener('pointerdown', () => {
    held = true;
  });
  for (const end of ['pointerup', 'pointercancel', 'blur']) {
    slider.addEventListener(end, () => {
      held = false;
    });
  }
  slider.addEventListener('input', () => {
    const value = Number(((2 * most * slider.valueAsNumber) / STEPS - most).toPrecision(6));
    fill();
    stepper.set(value);
    change(value);
  });

  function fill() {
    const at = (100 * slider.valueAsNumber) / STEPS;
    slider.style.setProperty('--from', `${Math.min(50, at)}%`);
    slider.style.setProperty('--to', `${Math.max(50, at)}%`);
    slider.style.setProperty('--sign', at < 50 ? 'var(--negative)' : 'var(--positive)');
  }

  return {
    nodes: [stepperRoot, slider],
    /** @param {number} value @param {number} reach how far the slider goes from 0 */
    set(value, reach) {
      if (held) return;
      most = reach;
      stepper.set(Number(value.toPrecision(4)));
      slider.valueAsNumber = Math.round(Math.max(0, Math.min(1, (value + most) / (2 * most))) * STEPS);
      fill();
    },
  };
}
