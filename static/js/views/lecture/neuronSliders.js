/**
 * One neuron under sliders: its bias, its two weights, and a steepness that multiplies all three; its sum as
 * a formula.
 */

import { element } from '../../lib/dom/element.js';
import { formulaNode, showFormula } from '../../lib/format/formula.js';
import { shortest } from '../../lib/format/number.js';
import { createSlider } from '../../lib/ui/slider.js';
import { text } from '../../lib/format/i18n.js';
import { showsPart } from '../../state/pages/lecture.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/**
 * @typedef {{
 *   setWeight: (place: number, value: number) => unknown,
 *   setSteepness: (value: number) => unknown,
 * }} Actions
 */

const STEEPNESSES = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2];
const STEPS = 80;
const ROOM = 4 / 3;

/** Values on both sides of 0 with room beyond the largest. @param {number[]} w */
function rangeFor(w) {
  const reach = Math.ceil(Math.max(1, ...w.map(Math.abs)) * ROOM);
  return Array.from({ length: STEPS + 1 }, (_, k) => Number((-reach + (2 * reach * k) / STEPS).toFixed(6)));
}

/** @param {number} value as a later term of a sum */
const signed = (value) => `${value < 0 ? '-' : '+'} ${shortest(Math.abs(value), 4)}`;

/**
 * @param {Node | string} name
 * @param {string} key
 * @param {() => number[]} values
 * @param {(value: number) => unknown} change
 * @param {(value: number) => string} words
 */
function row(name, key, values, change, words) {
  const input = element('input', {
    type: 'range',
    name: key,
    'aria-label': typeof name === 'string' ? name : key,
  });
  const output = element('output');
  const slider = createSlider(input, output, { values, change, words });
  return {
    node: element('div', { class: 'sliderRow' }, [element('span', {}, [name]), input, output]),
    slider,
  };
}

/** @param {HTMLElement} root @param {Actions} actions */
export function createNeuronSliders(root, actions) {
  let range = rangeFor([1]);
  let page = '';
  const plain = (/** @type {number} */ value) => shortest(value, 4);
  const weights = [0, 1, 2].map((place) =>
    row(
      formulaNode(`w_${place}`),
      `w${place}`,
      () => range,
      (value) => actions.setWeight(place, value),
      plain,
    ),
  );
  const steepness = row(
    text('deck.steepness'),
    'steepness',
    () => STEEPNESSES,
    (value) => actions.setSteepness(value),
    (value) => text('deck.times', { value: plain(value) }),
  );
  const sum = element('p', { class: 'sum' });
  root.append(...weights.map(({ node }) => node), steepness.node, sum);

  return {
    /** @param {Lecture} lecture */
    update(lecture) {
      const { neuron, exhibit } = lecture;
      root.hidden = !showsPart(lecture, 'sliders') || !neuron;
      if (!neuron) return;
      if (page !== exhibit?.id) range = rangeFor(neuron.w);
      page = exhibit?.id ?? '';
      weights.forEach(({ slider }, place) => slider.set(neuron.w[place]));
      steepness.slider.set(neuron.steepness);
      const [w0, w1, w2] = neuron.w.map((w) => w * neuron.steepness);
      showFormula(
        sum,
        `z = ${shortest(w0, 4)} ${signed(w1)}\\,x_1 ${signed(w2)}\\,x_2`.replace(/\u2212/g, '-'),
      );
    },
    destroy() {},
  };
}
