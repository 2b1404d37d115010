/** How many examples, how noisy, which share trains, how many an update looks at, and from which seed. */

import { part, write } from '../lib/element.js';
import { fixed, percent, whole } from '../lib/number.js';
import { createSlider } from '../lib/slider.js';
import { text } from '../lib/text.js';

/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../actions.js').Actions} Actions */

const NOISES = Array.from({ length: 11 }, (_, k) => k / 20);
const SHARES = Array.from({ length: 10 }, (_, k) => (k + 1) / 10);
const COUNTS = [50, 100, 200, 300, 400, 500, 750, 1000, 1200, 1500, 2000, 3000, 5000];
const BATCHES = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100, 200, 500, 1000];

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createExamples(root, actions) {
  let trainRows = 250;
  /** @param {string} name @param {import('../lib/slider.js').Slider} slider */
  const slider = (name, slider) =>
    createSlider(part(root, `[name=${name}]`, HTMLInputElement), part(root, `[name=${name}Value]`, HTMLOutputElement), slider);

  const noise = slider('noise', {
    values: () => NOISES,
    change: (value) => void actions.setNoise(value),
    words: (value) => fixed(value, 2),
  });
  const share = slider('share', {
    values: () => SHARES,
    change: (value) => void actions.setTrainFraction(value),
    words: (value) => percent(value, 0),
  });
  const examples = slider('examples', {
    values: () => COUNTS,
    change: (value) => void actions.setExamples(value),
    words: (value) => whole(value),
  });
  const batch = slider('batch', {
    values: () => [...BATCHES.filter((size) => size < trainRows), trainRows],
    change: (value) => void actions.setBatchSize(value),
    words: (value) => (value >= trainRows ? text('batch.all') : whole(value)),
  });
  const seed = part(root, '[name=dataSeed]', HTMLOutputElement);
  const redraw = part(root, '[name=redraw]', HTMLButtonElement);
  redraw.addEventListener('click', () => void actions.setDataSeed());

  return {
    /** @param {State} state */
    update({ network, data }) {
      if (!network) return;
      const { spec } = network;
      const rows = data?.split.filter((split) => split === 'train').length;
      trainRows = rows ?? trainRows;
      const own = spec.data.name === 'own';
      const table = (data?.labels.length ?? Infinity) <= 4;
      noise.set(spec.data.noise ?? 0, own);
      share.set(spec.data.train_fraction);
      examples.set(spec.data.examples ?? 0, own || table);
      batch.set(Math.min(spec.batch_size, trainRows));
      write(seed, String(spec.data.seed));
      redraw.disabled = own || table;
    },
    destroy() {},
  };
}
