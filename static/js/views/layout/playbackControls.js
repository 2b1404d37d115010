/** Reset, play, step, pace, and the two counters. */

import { element, setAttribute, requireElement, setText } from '../../lib/dom/element.js';
import { stepsPerEpoch } from '../../lib/model/selectors.js';
import { counted, fixed } from '../../lib/format/number.js';
import { createSlider } from '../../lib/ui/slider.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').UiState} UiState */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @type {UiState['stepUnit'][]} */
const UNITS = ['example', 'step', 'epoch'];
const PACES = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 250, 500, 1000];
const DIGITS = 6;

/**
 * The paces on offer: one step a second first, as fast as it goes (∞) last.
 * @param {number} perEpoch steps
 */
function pacesFor(perEpoch) {
  const slowest = 1 / perEpoch;
  return [slowest, ...PACES.filter((pace) => pace > slowest * 1.5), Infinity];
}

/** @param {number} pace @param {number} perEpoch */
function paceWords(pace, perEpoch) {
  if (pace === Infinity) return text('pace.fastest');
  if (pace >= 1) return text('pace.epochs', { value: fixed(pace, 0) });
  return text('pace.steps', { value: fixed(pace * perEpoch, 0) });
}

/** A counter of fixed width: the zeros in front are there, but faint. @param {HTMLElement} root */
function createCounter(root) {
  const digits = element('span', { class: 'digits' });
  root.replaceChildren(digits);
  return (/** @type {number} */ value) => {
    const said = counted(value, DIGITS);
    setAttribute(digits, 'data-zeros', said.zeros);
    setText(digits, said.number);
  };
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createPlaybackControls(root, actions) {
  const play = requireElement(root, '[name=play]', HTMLButtonElement);
  const glyph = requireElement(play, 'use', SVGUseElement);
  const unit = requireElement(root, '[name=unit]', HTMLSelectElement);
  const sheets = /** @type {const} */ (['data', 'settings']).map((name) => {
    const button = requireElement(root, `[name=${name}]`, HTMLButtonElement);
    button.addEventListener('click', () => actions.togglePanel(name));
    return { name, button };
  });
  const epoch = createCounter(requireElement(root, '[data-value=epoch]', HTMLElement));
  const step = createCounter(requireElement(root, '[data-value=step]', HTMLElement));
  let perEpoch = 1;
  const pace = createSlider(
    requireElement(root, '[name=pace]', HTMLInputElement),
    requireElement(root, '[name=paceValue]', HTMLOutputElement),
    {
      values: () => pacesFor(perEpoch),
      change: (value) => void actions.setPace(value === Infinity ? null : value),
      words: (value) => paceWords(value, perEpoch),
    },
  );

  play.addEventListener('click', () => void actions.toggle());
  requireElement(root, '[name=reset]', HTMLButtonElement).addEventListener(
    'click',
    () => void actions.reset(),
  );
  requireElement(root, '[name=step]', HTMLButtonElement).addEventListener('click', () => void actions.step());
  unit.append(...UNITS.map((name) => element('option', { value: name }, [text(`step.${name}`)])));
  unit.addEventListener('change', () => {
    const chosen = UNITS.find((name) => name === unit.value);
    if (chosen) actions.setStepUnit(chosen);
  });

  return {
    /** @param {State} state */
    update(state) {
      const { network, frame, ui } = state;
      const playing = network?.status === 'playing';
      setAttribute(play, 'aria-label', text(playing ? 'play.pause' : 'play.name'));
      setAttribute(play, 'data-playing', String(playing));
      setAttribute(glyph, 'href', playing ? '#icon-pause' : '#icon-play');
      if (unit.value !== ui.stepUnit) unit.value = ui.stepUnit;
      perEpoch = stepsPerEpoch(state);
      pace.set(ui.pace ?? Infinity);
      epoch(frame?.epoch ?? network?.epoch ?? 0);
      step(frame?.step ?? network?.step ?? 0);
      for (const { name, button } of sheets)
        setAttribute(button, 'aria-expanded', String(ui.openPanel === name));
    },
    destroy() {},
  };
}
