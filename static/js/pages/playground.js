/** Brings the page to life: words, catalogue, state, views, keys, and one draw per animation frame. */

import { createAddress } from '../actions/page/address.js';
import { createSession } from '../actions/session.js';
import { savedTheme } from '../actions/page/theme.js';
import { createActions } from '../actions/index.js';
import { KEYS, listenToKeys } from './keyboard.js';
import { requireElement } from '../lib/dom/element.js';
import { restoreFocus } from '../lib/ui/focus.js';
import { readLayoutSizes } from '../lib/dom/layoutSizes.js';
import { readPalette } from '../lib/plot/palette.js';
import { createRenderClient } from '../lib/render/renderClient.js';
import { fillTexts, text, setMessages } from '../lib/format/i18n.js';
import { recordEarlyClick, recordEarlyKeys } from './earlyInput.js';
import { INITIAL, reduce } from '../state/reducer.js';
import { createStore } from '../state/store.js';
import { get } from '../transport/rest.js';
import { fetchMessages } from '../transport/staticFiles.js';
import { createAnnouncer } from '../views/layout/announcer.js';
import { createPlane } from '../views/boundary/plane.js';
import { createLossChart } from '../views/lossChart/lossChart.js';
import { createDatasets } from '../views/data/datasets.js';
import { createDiagram } from '../views/diagram/diagram.js';
import { createDataSettings } from '../views/data/dataSettings.js';
import { createHeader } from '../views/layout/header.js';
import { createHiddenControls } from '../views/layout/hiddenControls.js';
import { createLanguageButtons } from '../views/layout/languageButtons.js';
import { createStatusLine } from '../views/layout/statusLine.js';
import { createMetrics } from '../views/lossChart/metrics.js';
import { createProjectorControls } from '../views/layout/projectorControls.js';
import { createLegend } from '../views/boundary/legend.js';
import { createSettings } from '../views/layout/settings.js';
import { createCharts } from '../views/charts/charts.js';
import { createInitialization } from '../views/diagram/initialization.js';
import { createPlaybackControls } from '../views/layout/playbackControls.js';
import { createUndoButtons } from '../views/layout/undoButtons.js';

/** @typedef {import('../actions/index.js').Actions} Actions */
/** @typedef {import('../state/types.js').State} State */
/** @typedef {{update: (state: State) => void, destroy: () => void}} View */
/** @typedef {ReturnType<typeof createStore>} Store */

const SETTLE_MS = 60;
/** Where the open microscope leaves the network so little height that inputs it does not have make room. */
const LOW_SCREEN = '(min-width: 901px) and (max-height: 900px)';
/**
 * Where the rows are a finger's and the open microscope would leave the network none: the heads' buttons make
 * room.
 */
const CROWDED_SCREEN =
  '(pointer: coarse) and (min-width: 901px) and (min-height: 481px) and (max-height: 900px)';
/** Milliseconds after which what is not seen at first comes anyway. */
const MAX_WAIT_MS = 4000;
const FAILED_STATUSES = ['lost', 'gone', 'unreachable'];

/** @param {Actions} actions @returns {View[]} */
function createViews(actions) {
  const root = (/** @type {string} */ id) => requireElement(document, `#${id}`, HTMLElement);
  return [
    createHeader(root('header'), actions),
    createLanguageButtons(root('header'), actions),
    createUndoButtons(root('header'), actions),
    createPlaybackControls(root('transport'), actions),
    createSettings(root('settings'), actions),
    createProjectorControls(root('projection'), actions),
    createStatusLine(root('line'), actions),
    createDatasets(root('data'), actions),
    createDataSettings(root('data'), actions),
    createInitialization(root('start'), actions),
    createDiagram(root('stage'), actions),
    createPlane(root('board'), actions),
    createCharts(root('output'), actions),
    createLegend(root('under'), actions),
    createMetrics(root('output')),
    createLossChart(root('output'), actions),
    createHiddenControls(document.documentElement),
    createAnnouncer(root('announcer')),
  ];
}

/**
 * One draw per animation frame, and one more a little later for what draws less often.
 * @param {Store} store
 * @param {(state: State) => void} draw
 * @returns {() => void} draws without a change
 */
function drawOnChange(store, draw) {
  let due = false;
  let settling = 0;
  const run = () => {
    due = false;
    draw(store.get());
  };
  const ask = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(run);
  };
  store.subscribe(() => {
    ask();
    window.clearTimeout(settling);
    settling = window.setTimeout(ask, SETTLE_MS);
  });
  return ask;
}

/**
 * The theme and the projector as the page wears them, and the colours and sizes that follow from them.
 * @param {Store} store
 * @param {Actions} actions
 */
function watchAppearance(store, actions) {
  const root = document.documentElement;
  const [low, crowded] = [LOW_SCREEN, CROWDED_SCREEN].map((query) => window.matchMedia(query));
  function applyAppearance() {
    const {
      ui: { theme, projector },
      microscope,
    } = store.get();
    if (theme) root.dataset.theme = theme;
    if (projector) root.dataset.projector = projector;
    else delete root.dataset.projector;
    store.dispatch({ type: 'palette', palette: readPalette(root) });
    const plain = projector !== null || (microscope.open && crowded.matches);
    actions.setLayoutSizes({
      ...readLayoutSizes(root),
      plain,
      used: plain || (microscope.open && low.matches),
    });
  }
  store.subscribe(({ ui, microscope }, before) => {
    if (
      ui.theme !== before.ui.theme ||
      ui.projector !== before.ui.projector ||
      microscope.open !== before.microscope.open
    )
      applyAppearance();
  });
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'])
    window.matchMedia(query).addEventListener('change', applyAppearance);
  window.addEventListener('resize', applyAppearance);
  applyAppearance();
}

/** Once the network is painted, or will not be for a while. @param {Store} store @returns {Promise<void>} */
function untilPainted(store) {
  return new Promise((resolve) => {
    const stop = store.subscribe(
      ({ pictures, connection }) => (pictures || FAILED_STATUSES.includes(connection.status)) && end(),
    );
    const timer = window.setTimeout(end, MAX_WAIT_MS);
    function end() {
      window.clearTimeout(timer);
      stop();
      resolve();
    }
  });
}

async function start() {
  const pressEarlyKeys = recordEarlyKeys();
  const worker = new Worker(new URL('../lib/render/worker.js', import.meta.url), { type: 'module' });
  const store = createStore(reduce, { ...INITIAL, ui: { ...INITIAL.ui, theme: savedTheme() } });
  const session = createSession(store, createAddress(store));
  void get('/catalog').then((catalog) => store.dispatch({ type: 'catalog', catalog }));
  const begun = session.begin();
  setMessages(await fetchMessages());
  document.title = text('title');
  fillTexts(document);

  const actions = createActions(store, session);
  const views = createViews(actions);
  const renderClient = createRenderClient(worker, (pictures) =>
    store.dispatch({ type: 'pictures', pictures }),
  );
  const draw = drawOnChange(store, (state) => {
    renderClient.consider(state);
    for (const view of views) view.update(state);
    session.acknowledge();
  });
  watchAppearance(store, actions);
  listenToKeys(actions, KEYS);
  restoreFocus();
  pressEarlyKeys();
  window.addEventListener('hashchange', () => void session.begin());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) session.catchUp();
  });
  draw();
  const doEarlyClick = recordEarlyClick();
  await untilPainted(store);
  const { createLazyViews } = await import('./lazyViews.js');
  views.push(...createLazyViews(actions));
  document.documentElement.dataset.complete = '';
  doEarlyClick();
  draw();
  await begun;
}

void start();
