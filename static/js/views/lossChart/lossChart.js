/**
 * The loss over the epochs: train solid, test dashed, in ink, kept runs beneath. Drawn at most 20 times a
 * second.
 */

import uPlot from '../../../vendor/uPlot.esm.js';
import { requireElement, setText } from '../../lib/dom/element.js';
import { createSelect } from '../../lib/ui/select.js';
import { powerOfTen, readable, shortest, whole } from '../../lib/format/number.js';
import { css } from '../../lib/plot/colorScale.js';
import { text } from '../../lib/format/i18n.js';
import { WHOLE_STEPS } from '../../lib/plot/ticks.js';
import { createRunList } from './runList.js';
import { drawRuns, extentOf, lossAt, shownRuns } from './runCurves.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').Row} Row */
/** @typedef {import('../../lib/plot/palette.js').Palette} Palette */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../state/slices/runs.js').Run} Run */

const PERIOD_MS = 50;
const LEAST = 1e-12;
const KEYED = 40;
/** So much higher than the curve, for the words above it. */
const HEADROOM = 1.25;

/**
 * @param {Row[]} rows
 * @param {boolean} logarithmic
 * @returns {import('../../../vendor/uPlot.esm.js').AlignedData}
 */
function columns(rows, logarithmic) {
  const shown = (/** @type {number | null} */ value) =>
    value === null || !Number.isFinite(value) || (logarithmic && value <= LEAST) ? null : value;
  return [
    rows.map(({ epoch }) => epoch),
    rows.map(({ train }) => shown(train)),
    rows.map(({ test }) => shown(test)),
  ];
}

/** Of a logarithmic axis's ticks, the powers of ten. @param {uPlot} _plot @param {number[]} splits */
function decadesOnly(_plot, splits) {
  return splits.map((split) =>
    Math.abs(Math.log10(split) - Math.round(Math.log10(split))) < 1e-9 ? split : null,
  );
}

/**
 * The loss axis starts at 0, or at a power of ten; it holds the runs beneath as well.
 * @param {boolean} logarithmic @param {() => Run[]} runs
 * @returns {import('../../../vendor/uPlot.esm.js').Scale}
 */
function lossScale(logarithmic, runs) {
  const highest = (/** @type {number} */ high) =>
    Math.max(Number.isFinite(high) ? high : -Infinity, extentOf(runs(), logarithmic).high);
  if (!logarithmic) {
    return { range: (_plot, _low, high) => [0, highest(high) > 0 ? highest(high) * HEADROOM : 1] };
  }
  return {
    distr: 3,
    log: 10,
    range(_plot, low, high) {
      const least = Math.min(low > 0 ? low : Infinity, extentOf(runs(), true).low);
      const most = highest(high);
      return Number.isFinite(least) && most > 0 ? uPlot.rangeLog(least, most, 10, true) : [0.1, 1];
    },
  };
}

/**
 * @param {State} state
 * @param {Palette} palette
 * @param {{width: number, height: number}} box
 * @param {() => Run[]} runs
 * @returns {import('../../../vendor/uPlot.esm.js').Options}
 */
function optionsOf({ ui, layoutSizes }, palette, box, runs) {
  const { rem, line: thinnest, tiny } = layoutSizes;
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
    scales: {
      x: {
        time: false,
        range: (_plot, low, high) => [
          low ?? 0,
          Math.max(high ?? 0, (low ?? 0) + 1, extentOf(runs(), false).epoch),
        ],
      },
      y: lossScale(ui.logarithmic, runs),
    },
    hooks: { drawAxes: [(plot) => drawRuns(plot, runs(), { palette, logarithmic: ui.logarithmic, tiny })] },
    axes: [
      {
        ...axis,
        size: 1.8 * tiny,
        space: 4.4 * tiny,
        incrs: WHOLE_STEPS,
        values: (_plot, ticks) => ticks.map((tick) => whole(tick)),
      },
      {
        ...axis,
        ...(ui.logarithmic ? { filter: decadesOnly, grid: { ...grid, filter: decadesOnly } } : {}),
        size: 3.9 * tiny,
        space: 2.3 * tiny,
        values: (_plot, ticks) =>
          ticks.map((tick) => (tick === null ? '' : ui.logarithmic ? powerOfTen(tick) : shortest(tick, 3))),
      },
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
export function createLossChart(root, actions) {
  const box = requireElement(root, '#curve', HTMLElement);
  const reading = requireElement(root, '#curveReading', HTMLElement);
  const logarithmic = requireElement(root, '#logarithmic', HTMLInputElement);
  const loss = createSelect(
    requireElement(root, '#loss', HTMLSelectElement),
    (name) => void actions.setLoss(name),
  );
  logarithmic.addEventListener('change', () => actions.setUi({ logarithmic: logarithmic.checked }));
  const list = createRunList(
    requireElement(root, '#runs', HTMLElement),
    requireElement(root, '#keepRun', HTMLButtonElement),
    actions,
  );
  /** @type {Run[]} */
  let runs = [];
  /** @type {State['runs'] | null} */
  let seen = null;
  /** @type {uPlot | null} */
  let plot = null;
  let lookKey = '';
  let drawn = 0;
  /** @type {Row[] | null} */
  let shown = null;

  const watcher = new ResizeObserver(() => {
    plot?.setSize({ width: box.clientWidth, height: box.clientHeight });
  });
  watcher.observe(box);

  /** The values under the pointer, or where the arrow keys have come to. @param {uPlot} at */
  function read(at) {
    const row = at.cursor.idx === null || at.cursor.idx === undefined ? undefined : shown?.[at.cursor.idx];
    reading.hidden = !row;
    if (!row) return;
    const others = runs.flatMap((run) => {
      const loss = lossAt(run, row.epoch);
      return loss === null
        ? []
        : [
            text(run.number === 0 ? 'curve.last' : 'curve.run', {
              number: run.number,
              loss: readable(loss, 4),
            }),
          ];
    });
    setText(
      reading,
      [
        text('curve.at', {
          epoch: whole(row.epoch),
          train: readable(row.train, 4),
          test: readable(row.test, 4),
        }),
        ...others,
      ].join(' · '),
    );
  }

  box.addEventListener('keydown', (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way || !plot || !shown || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const at = plot.cursor.idx ?? (way > 0 ? -1 : shown.length);
    const index = Math.min(
      shown.length - 1,
      Math.max(0, at + way * Math.max(1, Math.round(shown.length / KEYED))),
    );
    plot.setCursor({ left: plot.valToPos(shown[index].epoch, 'x'), top: 1 });
  });
  box.addEventListener('blur', () => plot?.setCursor({ left: -10, top: -10 }));

  let byFinger = false;
  /** A finger reads where it is. @param {PointerEvent} event */
  function follow({ pointerType, clientX }) {
    byFinger = pointerType === 'touch';
    if (byFinger) plot?.setCursor({ left: clientX - plot.over.getBoundingClientRect().left, top: 1 });
  }
  for (const kind of /** @type {const} */ (['pointerdown', 'pointermove']))
    box.addEventListener(kind, follow);
  /** What it has read stays when it is lifted, until the focus goes. */
  box.addEventListener('mouseleave', (event) => byFinger && event.stopPropagation(), true);

  /** @param {State} state */
  function build(state) {
    if (!state.palette) return;
    const key = JSON.stringify([state.palette.ink, state.ui.logarithmic, state.layoutSizes.rem]);
    if ((plot && key === lookKey) || box.clientWidth === 0) return;
    lookKey = key;
    plot?.destroy();
    const size = { width: box.clientWidth, height: box.clientHeight };
    const options = optionsOf(state, state.palette, size, () => runs);
    options.hooks = { ...options.hooks, setCursor: [read] };
    plot = new uPlot(options, columns(state.curve, state.ui.logarithmic), box);
  }

  /** @param {State} state */
  function describe({ frame }) {
    const words = {
      step: whole(frame?.step ?? 0),
      train: readable(frame?.train.loss),
      test: readable(frame?.test?.loss),
    };
    box.setAttribute('aria-label', text('curve.described', words));
  }

  return {
    /** @param {State} state */
    update(state) {
      const { catalog, network, curve, ui } = state;
      if (catalog && network) {
        const fits = catalog.losses.filter(({ classes }) => classes <= network.classes);
        loss.set('loss', fits, network.spec.loss);
      }
      logarithmic.checked = ui.logarithmic;
      list.update(state);
      const now = performance.now();
      const resting = network?.status !== 'playing';
      build(state);
      if (state.runs !== seen) {
        seen = state.runs;
        runs = shownRuns(state.runs);
        shown = null;
      }
      if (curve === shown || !plot || (now - drawn < PERIOD_MS && !resting)) return;
      shown = curve;
      drawn = now;
      plot.setData(columns(curve, ui.logarithmic));
      if (resting) describe(state);
    },
    destroy() {
      watcher.disconnect();
      plot?.destroy();
    },
  };
}
