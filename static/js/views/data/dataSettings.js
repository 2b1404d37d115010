/** How many examples, how noisy, which share trains, how many an update looks at, and from which seed. */

import { requireElement } from '../../lib/dom/element.js';
import { fixed, parseNumber, percent, whole } from '../../lib/format/number.js';
import { createSlider } from '../../lib/ui/slider.js';
import { createEditableText } from '../../lib/ui/editableText.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../lib/ui/slider.js').Slider} Slider */

const NOISES = Array.from({ length: 11 }, (_, k) => k / 20);
const SHARES = Array.from({ length: 10 }, (_, k) => (k + 1) / 10);
const COUNTS = [50, 100, 200, 300, 400, 500, 750, 1000, 1200, 1500, 2000, 3000, 5000];
const TABLE = 4;
const BATCHES = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100, 200, 500, 1000];

/** @param {number} low @param {number} high @param {number} value */
const within = (low, high, value) => Math.min(high, Math.max(low, value));

/** @param {string} typed a whole number, however it is grouped */
const wholeNumber = (typed) =>
  within(0, Number.MAX_SAFE_INTEGER, Math.round(Number(typed.replace(/[\s.,]/g, '') || NaN)));

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createDataSettings(root, actions) {
  let trainRows = 250;
  const input = (/** @type {string} */ name) => requireElement(root, `[name=${name}]`, HTMLInputElement);

  /**
   * A slider whose value can be typed, too.
   * @param {string} name
   * @param {Slider} slider
   * @param {(typed: string) => number} parse
   */
  function slider(name, slider, parse) {
    const typed = input(`${name}Value`);
    const { set } = createSlider(
      input(name),
      createEditableText(typed, { parse, change: slider.change }),
      slider,
    );
    return (/** @type {number} */ value, disabled = false) => {
      typed.disabled = disabled;
      set(value, disabled);
    };
  }

  const noise = slider(
    'noise',
    {
      values: () => NOISES,
      change: (value) => actions.setNoise(value),
      words: (value) => fixed(value, 2),
    },
    (typed) => within(0, 0.5, parseNumber(typed)),
  );
  const share = slider(
    'share',
    {
      values: () => SHARES,
      change: (value) => actions.setTrainFraction(value),
      words: (value) => percent(value, 0),
    },
    (typed) => within(0.01, 1, parseNumber(typed.replace('%', '')) / 100),
  );
  const examples = slider(
    'examples',
    {
      values: () => COUNTS,
      change: (value) => actions.setExamples(value),
      words: (value) => whole(value),
    },
    wholeNumber,
  );
  const batch = slider(
    'batch',
    {
      values: () => [...BATCHES.filter((size) => size < trainRows), trainRows],
      change: (value) => actions.setBatchSize(value),
      words: (value) => (value >= trainRows ? text('batch.all') : whole(value)),
    },
    wholeNumber,
  );
  const seedField = input('dataSeed');
  const seed = createEditableText(seedField, {
    parse: (typed) => within(0, Number.MAX_SAFE_INTEGER, wholeNumber(typed)),
    change: (value) => void actions.setDataSeed(value),
  });
  const standardize = input('standardize');
  standardize.addEventListener('change', () => void actions.setStandardize(standardize.checked));
  const redraw = requireElement(root, '[name=redraw]', HTMLButtonElement);
  redraw.addEventListener('click', () => void actions.setDataSeed());

  /** @type {State['network']} */
  let before = null;

  return {
    /** @param {State} state */
    update({ catalog, network, data }) {
      if (!network) return;
      const { spec } = network;
      const rows = data?.split.filter((split) => split === 'train').length;
      trainRows = rows ?? trainRows;
      const own = spec.data.name === 'own';
      const table =
        (catalog?.datasets.find(({ name }) => name === spec.data.name)?.examples ?? Infinity) <= TABLE;
      noise(spec.data.noise ?? 0, own);
      share(spec.data.train_fraction);
      examples(spec.data.examples ?? 0, own || table);
      batch(Math.min(spec.batch_size, trainRows));
      redraw.disabled = own ? spec.data.train_fraction === 1 : table;
      seed.value = String(spec.data.seed);
      seedField.disabled = redraw.disabled;
      if (network !== before) standardize.checked = spec.data.standardize;
      before = network;
    },
    destroy() {},
  };
}
