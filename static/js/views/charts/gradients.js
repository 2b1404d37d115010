/**
 * How large each layer's gradient is, over time and on a logarithmic scale: the early layers' lie low when
 * gradients vanish.
 */

import uPlot from '../../../vendor/uPlot.esm.js';
import { element, setAttribute, setText } from '../../lib/dom/element.js';
import { readable, whole } from '../../lib/format/number.js';
import { css } from '../../lib/plot/colorScale.js';
import { text } from '../../lib/format/i18n.js';
import { WHOLE_STEPS } from '../../lib/plot/ticks.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/charts.js').NormRow} NormRow */
/** @typedef {import('../../lib/plot/palette.js').Palette} Palette */

const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3], [4, 2]];

/** @param {NormRow[]} rows @returns {import('../../../vendor/uPlot.esm.js').AlignedData} */
function columns(rows) {
  const layers = rows[0]?.norms.length ?? 0;
  return [
    rows.map(({ step }) => step),
    ...Array.from({ length: layers }, (_, layer) => rows.map(({ norms }) => norms[layer] || null)),
  ];
}

/** Powers of ten alone have a name. @param {number[]} ticks */
const decades = (ticks) =>
  ticks.map((tick) =>
    Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9
      ? `1e${Math.round(Math.log10(tick))}`.replace('-', '\u2212')
      : '',
  );

/**
 * @param {number} layers
 * @param {Palette} palette
 * @param {number} rem
 * @param {{width: number, height: number}} box
 * @returns {import('../../../vendor/uPlot.esm.js').Options}
 */
function optionsOf(layers, palette, rem, box) {
  const font = `${0.6875 * rem}px "Inter Variable", sans-serif`;
  const axis = {
    font,
    stroke: css(palette.quiet),
    grid: { stroke: css(palette.hairline, 0.7), width: 1 },
    ticks: { show: false },
    gap: 4,
  };
  const line = (/** @type {number} */ layer) => ({
    stroke: css(palette.ink, 0.45 + (0.55 * (layer + 1)) / layers),
    width: rem / 9,
    dash: DASHES[layer % DASHES.length],
    points: { show: false },
    spanGaps: true,
  });
  return {
    ...box,
    padding: [0.5 * rem, 1.5 * rem, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_plot, low, high) => [low, Math.max(high, low + 1)] },
      y: { distr: 3, log: 10 },
    },
    axes: [
      {
        ...axis,
        size: 1.3 * rem,
        space: 4 * rem,
        incrs: WHOLE_STEPS,
        values: (_plot, ticks) => ticks.map((tick) => whole(tick)),
      },
      { ...axis, size: 2.6 * rem, space: 1.2 * rem, values: (_plot, ticks) => decades(ticks) },
    ],
    series: [{}, ...Array.from({ length: layers }, (_, layer) => line(layer))],
  };
}

/** @param {number} layer @param {string} words */
function keyOf(layer, words) {
  const namespace = 'http://www.w3.org/2000/svg';
  const image = document.createElementNS(namespace, 'svg');
  const line = document.createElementNS(namespace, 'line');
  Object.entries({
    x1: 0,
    x2: 28,
    y1: 4,
    y2: 4,
    'stroke-dasharray': DASHES[layer % DASHES.length].join(' ') || 'none',
  }).forEach(([name, value]) => line.setAttribute(name, String(value)));
  Object.entries({ class: 'dash', viewBox: '0 0 28 8', 'aria-hidden': 'true' }).forEach(([name, value]) =>
    image.setAttribute(name, value),
  );
  image.append(line);
  return element('li', {}, [image, words]);
}

/** @param {HTMLElement} root */
export function createGradients(root) {
  const when = element('span', { class: 'when' });
  const box = element('div', { class: 'fill', role: 'img' });
  const keys = element('ul', { class: 'normKeys' });
  root.append(
    element('div', { class: 'chartHead' }, [element('span', {}, [text('norms.name')]), when]),
    box,
    keys,
    element('p', { class: 'since' }, [text('norms.since')]),
  );
  /** @type {uPlot | null} */
  let plot = null;
  let lookKey = '';
  /** @type {NormRow[] | null} */
  let shown = null;
  const watcher = new ResizeObserver(() =>
    plot?.setSize({ width: box.clientWidth, height: box.clientHeight }),
  );
  watcher.observe(box);

  return {
    /** @param {State} state */
    update({ charts, palette, layoutSizes }) {
      const { norms } = charts;
      const last = norms.at(-1);
      if (!palette || !last) return;
      const now = JSON.stringify([palette.ink, layoutSizes.rem, last.norms.length]);
      if (now === lookKey && norms === shown) return;
      const response = last.norms.map((norm, layer) =>
        text('norms.of', { layer: layer + 2, norm: readable(norm, 4) }),
      );
      keys.replaceChildren(...response.map((words, layer) => keyOf(layer, words)));
      if (now !== lookKey) {
        plot?.destroy();
        plot = new uPlot(
          optionsOf(last.norms.length, palette, layoutSizes.rem, {
            width: box.clientWidth,
            height: box.clientHeight,
          }),
          columns(norms),
          box,
        );
      } else plot?.setData(columns(norms));
      [lookKey, shown] = [now, norms];
      setAttribute(
        box,
        'aria-label',
        text('norms.described', { step: whole(last.step), norms: response.join('; ') }),
      );
      setText(when, text('at', { step: whole(last.step) }));
    },
    destroy() {
      watcher.disconnect();
      plot?.destroy();
    },
  };
}
