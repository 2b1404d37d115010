/** The loss over the epochs: train solid, test dashed, in ink. Drawn at most 20 times a second. */

import uPlot from '../../vendor/uPlot.esm.js';
import { part, write } from '../lib/element.js';
import { createChoice } from '../lib/choice.js';
import { readable, shortest, whole } from '../lib/number.js';
import { css } from '../lib/ramp.js';
import { text } from '../lib/text.js';

/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../state/types.js').Row} Row */
/** @typedef {import('../lib/palette.js').Palette} Palette */
/** @typedef {import('../actions.js').Actions} Actions */

const PERIOD = 50;
const LEAST = 1e-12;

/** @param {Row[]} rows @param {boolean} logarithmic @returns {import('../../vendor/uPlot.esm.js').AlignedData} */
function columns(rows, logarithmic) {
  const shown = (/** @type {number | null} */ value) =>
    value === null || !Number.isFinite(value) || (logarithmic && value <= LEAST) ? null : value;
  return [rows.map(({ epoch }) => epoch), rows.map(({ train }) => shown(train)), rows.map(({ test }) => shown(test))];
}

/** Of a logarithmic axis's ticks, the powers of ten. @param {uPlot} _plot @param {number[]} splits */
function decadesOnly(_plot, splits) {
  return splits.map((split) => (Math.abs(Math.log10(split) - Math.round(Math.log10(split))) < 1e-9 ? split : null));
}

/** The loss axis starts at 0, or at a power of ten. @param {boolean} logarithmic @returns {import('../../vendor/uPlot.esm.js').Scale} */
function lossScale(logarithmic) {
  if (logarithmic) return { distr: 3, log: 10 };
  return { range: (_plot, _low, high) => [0, Number.isFinite(high) && high > 0 ? high * 1.05 : 1] };
}

/** @param {State} state @param {Palette} palette @param {{width: number, height: number}} box @returns {import('../../vendor/uPlot.esm.js').Options} */
function optionsOf({ look, measures }, palette, box) {
  const { rem, line: thinnest, tiny } = measures;
  const font = `${tiny}px "Inter Variable", sans-serif`;
  const grid = { stroke: css(palette.hairline, 0.7), width: 1 };
  const axis = { font, stroke: css(palette.quiet), grid, ticks: { show: false }, gap: 4 };
  const line = { points: { show: false }, spanGaps: false };
  return {
    ...box,
    pxAlign: 1,
    padding: [0.4 * rem, 0.9 * rem, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: { x: { time: false, range: (_plot, low, high) => [low, Math.max(high, low + 1)] }, y: lossScale(look.logarithmic) },
    axes: [
      { ...axis, size: 1.8 * tiny, space: 4.4 * tiny, values: (_plot, ticks) => ticks.map((tick) => whole(tick)) },
      { ...axis, ...(look.logarithmic ? { filter: decadesOnly, grid: { ...grid, filter: decadesOnly } } : {}), size: 3.9 * tiny, space: 2.3 * tiny, values: (_plot, ticks) => ticks.map((tick) => (tick === null ? '' : shortest(tick, 3))) },
    ],
    series: [
      {},
      { ...line, stroke: css(palette.ink), width: Math.max(1.75, thinnest) },
      { ...line, stroke: css(palette.quiet), width: Math.max(1.5, thinnest), dash: [5, 4] },
    ],
  };
}

/**
 * @param {HTMLElement} root the panel; the curve's own box is #curve
 * @param {Actions} actions
 */
export function createCurve(root, actions) {
  const box = part(root, '#curve', HTMLElement);
  const reading = part(root, '#curveReading', HTMLElement);
  const logarithmic = part(root, '#logarithmic', HTMLInputElement);
  const loss = createChoice(part(root, '#loss', HTMLSelectElement), (name) => void actions.setLoss(name));
  logarithmic.addEventListener('change', () => actions.look({ logarithmic: logarithmic.checked }));
  /** @type {uPlot | null} */
  let plot = null;
  let looks = '';
  let drawn = 0;
  /** @type {Row[] | null} */
  let shown = null;

  const watcher = new ResizeObserver(() => {
    plot?.setSize({ width: box.clientWidth, height: box.clientHeight });
  });
  watcher.observe(box);

  /** The values under the pointer. @param {uPlot} at */
  function read(at) {
    const row = at.cursor.idx === null || at.cursor.idx === undefined ? undefined : shown?.[at.cursor.idx];
    reading.hidden = !row;
    if (row) write(reading, text('curve.at', { epoch: whole(row.epoch), train: readable(row.train, 4), test: readable(row.test, 4) }));
  }

  /** @param {State} state */
  function build(state) {
    if (!state.palette) return;
    const key = JSON.stringify([state.palette.ink, state.look.logarithmic, state.measures.rem]);
    if ((plot && key === looks) || box.clientWidth === 0) return;
    looks = key;
    plot?.destroy();
    const size = { width: box.clientWidth, height: box.clientHeight };
    const options = { ...optionsOf(state, state.palette, size), hooks: { setCursor: [read] } };
    plot = new uPlot(options, columns(state.curve, state.look.logarithmic), box);
  }

  /** @param {State} state */
  function describe({ frame }) {
    const words = { step: whole(frame?.step ?? 0), train: readable(frame?.train.loss), test: readable(frame?.test?.loss) };
    box.setAttribute('aria-label', text('curve.described', words));
  }

  return {
    /** @param {State} state */
    update(state) {
      const { catalog, network, curve, look } = state;
      if (catalog && network) {
        const fits = catalog.losses.filter(({ classes }) => classes <= network.classes);
        loss.set('loss', fits, network.spec.loss);
      }
      logarithmic.checked = look.logarithmic;
      const now = performance.now();
      const resting = network?.status !== 'playing';
      build(state);
      if (curve === shown || !plot || (now - drawn < PERIOD && !resting)) return;
      shown = curve;
      drawn = now;
      plot.setData(columns(curve, look.logarithmic));
      if (resting) describe(state);
    },
    destroy() {
      watcher.disconnect();
      plot?.destroy();
    },
  };
}
