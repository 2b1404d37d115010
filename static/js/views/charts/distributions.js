/**
 * How each layer's activations and gradients are spread over the data, with the units that do nothing named.
 */

import { clearCanvas, element, setAttribute, setText } from '../../lib/dom/element.js';
import { shortest, whole } from '../../lib/format/number.js';
import { css } from '../../lib/plot/colorScale.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/charts.js').Histogram} Histogram */
/** @typedef {import('../../state/slices/charts.js').LayerDistribution} LayerDistribution */
/** @typedef {import('../../lib/plot/palette.js').Palette} Palette */

const WIDTH = 8.6;
const HEIGHT = 2.3;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Histogram} histogram
 * @param {Palette} palette
 * @param {number} rem
 */
function draw(canvas, { low, high, counts }, palette, rem) {
  const [width, height] = [WIDTH * rem, HEIGHT * rem];
  const context = clearCanvas(canvas, width, height);
  const most = Math.max(1, ...counts);
  const part = width / counts.length;
  counts.forEach((count, index) => {
    const tall = (count / most) * (height - 2);
    const middle = low + ((index + 0.5) * (high - low)) / counts.length;
    context.fillStyle = css(middle < 0 ? palette.fieldNegative : palette.fieldPositive);
    context.fillRect(index * part, height - tall, Math.max(1, part - 1), tall);
  });
  context.fillStyle = css(palette.quiet);
  context.fillRect(0, height - 1, width, 1);
  if (low < 0 && high > 0) context.fillRect((-low / (high - low)) * width, 0, 1, height);
}

/** @param {'activations' | 'deltas'} name */
function createHistogram(name) {
  const canvas = element('canvas', { role: 'img', 'aria-label': text(`distributions.${name}`) });
  const [low, high] = [element('span'), element('span')];
  const node = element('div', { class: 'histogram' }, [
    canvas,
    element('div', { class: 'ends', 'aria-hidden': 'true' }, [low, high]),
  ]);
  return {
    node,
    /** @param {Histogram} histogram @param {number} layer @param {Palette} palette @param {number} rem */
    update(histogram, layer, palette, rem) {
      draw(canvas, histogram, palette, rem);
      const { counts } = histogram;
      const fullest = counts.indexOf(Math.max(...counts));
      const edge = (/** @type {number} */ index) =>
        shortest(histogram.low + (index * (histogram.high - histogram.low)) / counts.length, 2);
      setText(low, edge(0));
      setText(high, edge(counts.length));
      const words = {
        name: text(`distributions.${name}`),
        layer: layer + 2,
        low: edge(0),
        high: edge(counts.length),
        from: edge(fullest),
        to: edge(fullest + 1),
      };
      setAttribute(canvas, 'aria-label', text('distributions.described', words));
    },
  };
}

/** @param {number} layer @param {boolean} hidden */
function createRow(layer, hidden) {
  const histograms = { activations: createHistogram('activations'), deltas: createHistogram('deltas') };
  const dead = element('span', { class: 'flag', 'data-hint': 'dead', tabindex: '0' });
  const saturated = element('span', { class: 'flag', 'data-hint': 'saturated', tabindex: '0' });
  const title = element('div', { class: 'rowTitle' }, [
    element('h3', {}, [text('distributions.layer', { layer: layer + 2 })]),
    dead,
    saturated,
  ]);
  const node = element('div', { class: 'distribution' }, [
    title,
    element('div', { class: 'pair' }, [histograms.activations.node, histograms.deltas.node]),
  ]);
  return {
    node,
    /** @param {LayerDistribution} response @param {Palette} palette @param {number} rem */
    update(response, palette, rem) {
      histograms.activations.update(response.activations, layer, palette, rem);
      histograms.deltas.update(response.deltas, layer, palette, rem);
      dead.hidden = !hidden || response.dead.length === 0;
      saturated.hidden = !hidden || response.saturated.length === 0;
      setText(dead, text('distributions.dead', { units: response.dead.join(', ') }));
      setText(saturated, text('distributions.saturated', { units: response.saturated.join(', ') }));
    },
  };
}

/** @param {HTMLElement} root */
export function createDistributions(root) {
  const when = element('span', { class: 'when' });
  const names = element('div', { class: 'pair names' }, [
    element('span', {}, [text('distributions.activations')]),
    element('span', {}, [text('distributions.deltas')]),
  ]);
  const box = element('div', {
    class: 'fill rows',
    tabindex: '0',
    role: 'region',
    'aria-label': text('sight.distributions.name'),
  });
  root.append(element('div', { class: 'chartHead' }, [when]), names, box);
  /** @type {ReturnType<typeof createRow>[]} */
  let rows = [];
  /** @type {unknown[]} */
  let shown = [];

  return {
    /** @param {State} state */
    update({ charts, palette, layoutSizes }) {
      const { distributions } = charts;
      const now = [distributions, palette, layoutSizes.rem];
      if (!distributions || !palette || now.every((value, index) => value === shown[index])) return;
      shown = now;
      const { layers, step, examples } = distributions;
      if (rows.length !== layers.length) {
        rows = layers.map((_, layer) => createRow(layer, layer < layers.length - 1));
        box.replaceChildren(...rows.map(({ node }) => node));
      }
      rows.forEach((row, layer) => row.update(layers[layer], palette, layoutSizes.rem));
      setText(when, text('distributions.of', { step: whole(step), examples: whole(examples) }));
    },
    destroy() {},
  };
}
