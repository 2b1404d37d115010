/**
 * The losses of a page's networks over the epochs, in one curve: a line each, told apart by stroke, not by
 * colour; more starts of one have its stroke.
 */

import uPlot from '../../../vendor/uPlot.esm.js';
import { element, setText } from '../../lib/dom/element.js';
import { readable, shortest, whole } from '../../lib/format/number.js';
import { css } from '../../lib/plot/colorScale.js';
import { text } from '../../lib/format/i18n.js';
import { WHOLE_STEPS } from '../../lib/plot/ticks.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').Row} Row */
/** @typedef {import('../../lib/plot/palette.js').Palette} Palette */
/** @typedef {import('../../state/pages/lecture.js').ShownNetwork} ShownNetwork */

const PERIOD_MS = 60;
const DASHES = [[], [6, 4], [2, 3]];

/** @param {Row[][]} curves @returns {import('../../../vendor/uPlot.esm.js').AlignedData} */
function aligned(curves) {
  const tables = curves.map(
    (rows) =>
      /** @type {import('../../../vendor/uPlot.esm.js').AlignedData} */ ([
        rows.map(({ epoch }) => epoch),
        rows.map(({ train }) => train),
      ]),
  );
  return tables.length === 1 ? tables[0] : uPlot.join(tables);
}

/**
 * @param {number[]} strokes
 * @param {Palette} palette
 * @param {number} rem
 * @param {{width: number, height: number}} box
 * @returns {import('../../../vendor/uPlot.esm.js').Options}
 */
function optionsOf(strokes, palette, rem, box) {
  const font = `${0.75 * rem}px "Inter Variable", sans-serif`;
  const axis = {
    font,
    stroke: css(palette.quiet),
    grid: { stroke: css(palette.hairline, 0.7), width: 1 },
    ticks: { show: false },
    gap: 4,
  };
  const width = rem / 9;
  return {
    ...box,
    padding: [0.4 * rem, 0.9 * rem, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_plot, low, high) => [low, Math.max(high, low + 1)] },
      y: { range: (_plot, _low, high) => [0, Number.isFinite(high) && high > 0 ? high * 1.05 : 1] },
    },
    axes: [
      {
        ...axis,
        size: 1.4 * rem,
        space: 3 * rem,
        incrs: WHOLE_STEPS,
        values: (_plot, ticks) => ticks.map((tick) => whole(tick)),
      },
      {
        ...axis,
        size: 3 * rem,
        space: 1.6 * rem,
        values: (_plot, ticks) => ticks.map((tick) => shortest(tick, 3)),
      },
    ],
    series: [
      {},
      ...strokes.map((index) => ({
        stroke: css(palette.ink),
        width,
        dash: DASHES[index % DASHES.length],
        spanGaps: true,
        points: { show: false },
      })),
    ],
  };
}

/** @param {HTMLElement} root */
export function createLossComparison(root) {
  const title = element('h2', { class: 'title' });
  const key = element('p', { class: 'curveKey' });
  const box = element('figure', { class: 'curve', role: 'img' });
  root.append(element('header', { class: 'curveHead' }, [title, key]), box);
  /** @type {uPlot | null} */
  let plot = null;
  let lookKey = '';
  let drawn = 0;
  const watcher = new ResizeObserver(() =>
    plot?.setSize({ width: box.clientWidth, height: box.clientHeight }),
  );
  watcher.observe(box);

  /** @param {State[]} networks @param {ShownNetwork[]} shown */
  function build(networks, shown) {
    const [{ palette, layoutSizes }] = networks;
    const now = JSON.stringify([palette, layoutSizes.rem, shown]);
    if (!palette || box.clientWidth === 0 || now === lookKey) return;
    lookKey = now;
    plot?.destroy();
    plot = new uPlot(
      optionsOf(
        shown.map(({ again }, index) => again ?? index),
        palette,
        layoutSizes.rem,
        { width: box.clientWidth, height: box.clientHeight },
      ),
      [[]],
      box,
    );
    const labels = shown.filter(({ again }) => again === undefined).map(({ label }) => label);
    const strokes = labels.map((label, index) =>
      element('span', { class: `stroke stroke-${index}` }, [label]),
    );
    key.replaceChildren(...(labels.length > 1 ? strokes : []));
  }

  return {
    /** @param {State[]} networks @param {ShownNetwork[]} shown @param {boolean} wanted */
    update(networks, shown, wanted) {
      root.hidden = !wanted;
      const ready =
        shown.length > 0 &&
        networks.length === shown.length &&
        networks.every(({ network }, index) => network?.id === shown[index].id);
      root.style.visibility = ready ? '' : 'hidden';
      if (!wanted || !ready) return;
      build(networks, shown);
      const now = performance.now();
      const resting = networks.every(({ network }) => network?.status !== 'playing');
      if (!plot || (now - drawn < PERIOD_MS && !resting)) return;
      drawn = now;
      plot.setData(aligned(networks.map(({ curve }) => curve)));
      const step = networks[0].frame?.step ?? 0;
      setText(title, text('deck.curve', { step: whole(step) }));
      const last = networks.map(({ frame }) => readable(frame?.train.loss, 4)).join(text('number.list'));
      box.setAttribute('aria-label', `${text('deck.curve', { step: whole(step) })}: ${last}`);
    },
    destroy() {
      watcher.disconnect();
      plot?.destroy();
    },
  };
}
