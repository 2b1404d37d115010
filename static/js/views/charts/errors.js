/** Where it is wrong: classes in a confusion matrix, values as predictions against their targets. */

import { clearCanvas, element, setAttribute, setText } from '../../lib/dom/element.js';
import { readable, shortest, whole, percent } from '../../lib/format/number.js';
import { css } from '../../lib/plot/colorScale.js';
import { text } from '../../lib/format/i18n.js';
import { className } from '../../lib/format/classNames.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/charts.js').Evaluated} Evaluated */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../lib/plot/palette.js').Palette} Palette */

const DOT = 2.2;
const MARGIN = 0.06;
const DEEPEST = 72;

/** @param {number[][]} confusion @param {string[]} names */
function matrix(confusion, names) {
  const head = (/** @type {string} */ name, /** @type {string} */ scope) => element('th', { scope }, [name]);
  const rows = confusion.map((counts, truth) => {
    const all = counts.reduce((sum, count) => sum + count, 0) || 1;
    const cells = counts.map((count, taken) => {
      const title = text('errors.cell', {
        count: whole(count),
        truth: names[truth],
        taken: names[taken],
        share: percent(count / all),
      });
      const cell = element('td', { title, class: truth === taken ? 'right' : 'wrong' }, [
        element('span', {}, [whole(count)]),
      ]);
      cell.style.setProperty('--share', `${Math.round((DEEPEST * count) / all)}%`);
      return cell;
    });
    return element('tr', {}, [head(names[truth], 'row'), ...cells]);
  });
  const top = element('tr', {}, [
    element('td', { class: 'corner' }, [text('errors.corner')]),
    ...names.map((name) => head(name, 'col')),
  ]);
  const caption = element('caption', { class: 'unseen' }, [text('errors.matrix')]);
  return element('table', { class: 'confusion' }, [
    caption,
    element('thead', {}, [top]),
    element('tbody', {}, rows),
  ]);
}

/** @param {[number, number | null][]} pairs @returns {[number, number]} */
function rangeOf(pairs) {
  const values = pairs.flat().filter((value) => value !== null);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const size = Math.max(high - low, 1e-9);
  return [low - MARGIN * size, high + MARGIN * size];
}

/**
 * Predictions against targets; on the diagonal they agree.
 * @param {HTMLCanvasElement} canvas
 * @param {[number, number | null][]} pairs
 * @param {Palette} palette
 * @param {number} size
 * @param {number} rem
 */
function drawPairs(canvas, pairs, palette, size, rem) {
  const context = clearCanvas(canvas, size, size);
  const [low, high] = rangeOf(pairs);
  const place = (/** @type {number} */ value) => ((value - low) / (high - low)) * size;
  context.strokeStyle = css(palette.quiet);
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(0, size);
  context.lineTo(size, 0);
  context.stroke();
  context.fillStyle = css(palette.ink, 0.55);
  context.beginPath();
  for (const [target, prediction] of pairs) {
    if (prediction === null) continue;
    context.moveTo(place(target) + DOT, size - place(prediction));
    context.arc(place(target), size - place(prediction), (DOT * rem) / 16, 0, 2 * Math.PI);
  }
  context.fill();
  return [shortest(low, 2), shortest(high, 2)];
}

/** @param {Palette} palette @param {Evaluated} response @param {State} state */
function scatter(palette, response, { layoutSizes }) {
  const size = layoutSizes.board;
  const canvas = element('canvas', {
    class: 'plane',
    role: 'img',
    'aria-label': text('errors.scatter', { r2: readable(response.r2) }),
  });
  const [low, high] = drawPairs(canvas, response.pairs ?? [], palette, size, layoutSizes.rem);
  const axis = (/** @type {string} */ side, /** @type {string} */ name) =>
    element('div', { class: `spaceAxis ${side}`, 'aria-hidden': 'true' }, [
      element('span', {}, [low]),
      element('b', {}, [name]),
      element('span', {}, [high]),
    ]);
  return element('div', { class: 'square' }, [
    canvas,
    axis('across', text('errors.target')),
    axis('up', text('errors.prediction')),
  ]);
}

/** @param {HTMLElement} root @param {Actions} actions */
export function createErrors(root, actions) {
  const menu = element('select', { 'aria-label': text('errors.rows') }, [
    element('option', { value: 'train' }, [text('errors.train')]),
    element('option', { value: 'test' }, [text('errors.test')]),
  ]);
  const score = element('span', { class: 'score' });
  const when = element('span', { class: 'when' });
  const box = element('div', { class: 'fill' });
  root.append(element('div', { class: 'chartHead' }, [menu, score, when]), box);
  menu.addEventListener('change', () =>
    actions.setUi({ examined: menu.value === 'test' ? 'test' : 'train' }),
  );
  /** @type {unknown[]} */
  let shown = [];

  return {
    /** @param {State} state */
    update(state) {
      const { charts, ui, palette, layoutSizes, data } = state;
      const { evaluation } = charts;
      const now = [evaluation, ui.examined, palette, layoutSizes.board];
      if (!evaluation || !palette || now.every((value, index) => value === shown[index])) return;
      shown = now;
      const part = ui.examined === 'test' && evaluation.test ? 'test' : 'train';
      const response = evaluation[part] ?? evaluation.train;
      menu.value = part;
      menu.options[1].disabled = !evaluation.test;
      const names = (response.confusion ?? []).map((_, index) => className(data, index));
      setText(
        score,
        response.pairs
          ? text('errors.r2', { value: readable(response.r2) })
          : text('errors.accuracy', { value: percent(response.accuracy) }),
      );
      setText(when, text('at', { step: whole(evaluation.step) }));
      box.replaceChildren(
        response.confusion ? matrix(response.confusion, names) : scatter(palette, response, state),
      );
      setAttribute(box, 'data-classes', String(names.length));
    },
    destroy() {},
  };
}
