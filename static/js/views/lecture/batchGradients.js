/**
 * A batch as what it is: the gradient of each of its examples, a row each, and under them their mean, the
 * step that is made.
 */

import { element, setText } from '../../lib/dom/element.js';
import { readable, whole } from '../../lib/format/number.js';
import { createSlider } from '../../lib/ui/slider.js';
import { text } from '../../lib/format/i18n.js';
import { showsPart } from '../../state/pages/lecture.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {{setBatchSize: (size: number) => unknown}} Actions */

const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/**
 * Sign by colour and by place, size by length.
 * @param {number[]} gradient
 * @param {number} largest
 * @param {string} name
 */
function row(gradient, largest, name) {
  const cells = gradient.map((value) => {
    const bar = element('span', { class: value < 0 ? 'below' : 'above', title: readable(value, 6) });
    bar.style.height = `${50 * Math.min(1, Math.abs(value) / largest)}%`;
    return element('span', { class: 'cell' }, [bar]);
  });
  return element('div', { class: 'gradientRow' }, [
    element('span', { class: 'term' }, [name]),
    element('span', { class: 'cells' }, cells),
  ]);
}

/** @param {HTMLElement} root @param {Actions} actions */
export function createBatchGradients(root, actions) {
  const title = element('h2', { class: 'title' });
  const input = element('input', { type: 'range', name: 'batch', 'aria-label': text('batch.name') });
  const output = element('output');
  let all = 0;
  const sizes = () => [...SIZES.filter((size) => size < all), all];
  const slider = createSlider(input, output, {
    values: sizes,
    change: (size) => void actions.setBatchSize(size),
    words: (size) => (size === all ? text('deck.batchAll', { count: whole(size) }) : whole(size)),
  });
  const rows = element('div', { class: 'gradients' });
  root.append(
    title,
    element('div', { class: 'sliderRow' }, [element('span', {}, [text('batch.name')]), input, output]),
    rows,
  );
  /** @type {Lecture['batch']} */
  let drawn = null;
  return {
    /** @param {Lecture} lecture */
    update(lecture) {
      const { batch } = lecture;
      root.hidden = !showsPart(lecture, 'batch') || !batch;
      if (!batch || root.hidden || batch === drawn) return;
      drawn = batch;
      ({ all } = batch);
      slider.set(batch.set);
      setText(
        title,
        text(batch.size > 1 ? 'deck.batch' : 'deck.batchOfOne', {
          count: whole(batch.size),
          step: whole(batch.step),
        }),
      );
      const largest = Math.max(1e-9, ...[...batch.gradients, batch.mean].flat().map(Math.abs));
      const each = batch.gradients.map((gradient, index) =>
        row(gradient, largest, text('deck.example', { example: batch.examples[index] })),
      );
      const more =
        batch.size > each.length
          ? [
              element('p', { class: 'term' }, [
                text('deck.others', { count: whole(batch.size - each.length) }),
              ]),
            ]
          : [];
      const mean = row(batch.mean, largest, text('deck.mean'));
      mean.classList.add('mean');
      rows.replaceChildren(...each, ...more, mean);
    },
    destroy() {},
  };
}
