/** Brings the page to life: words, catalogue, state, views, keys, and one draw per animation frame. */

import { createAddress } from '../actions/page/address.js';
import { createSession } from '../actions/session.js';
import { keptTheme } from '../actions/page/theme.js';
import { createActions } from '../actions/index.js';
import { KEYS, listenToKeys } from './keyboard.js';
import { part } from '../lib/dom/element.js';
import { keepFocus } from '../lib/ui/focus.js';
import { readMeasures } from '../lib/dom/layoutSizes.js';
import { readPalette } from '../lib/plot/palette.js';
import { createPainter } from '../lib/render/renderClient.js';
import { fillWords, text, useCatalogue } from '../lib/format/i18n.js';
import { keepEarlyClick, keepEarlyKeys } from './earlyInput.js';
import { INITIAL, reduce } from '../state/reducer.js';
import { createStore } from '../state/store.js';
import { get } from '../transport/rest.js';
import { fetchWords } from '../transport/staticFiles.js';
import { createAnnouncer } from '../views/layout/announcer.js';
import { createBoard } from '../views/boundary/plane.js';
import { createCurve } from '../views/lossChart/lossChart.js';
import { createDatasets } from '../views/data/datasets.js';
import { createDiagram } from '../views/diagram/diagram.js';
import { createExamples } from '../views/data/dataSettings.js';
import { createHeader } from '../views/layout/header.js';
import { createHiding } from '../views/layout/hiddenControls.js';
import { createLanguage } from '../views/layout/languageButtons.js';
import { createLine } from '../views/layout/statusLine.js';
import { createNumbers } from '../views/lossChart/metrics.js';
import { createProjection } from '../views/layout/projectorControls.js';
import { createScale } from '../views/boundary/legend.js';
import { createSettings } from '../views/layout/settings.js';
import { createSightViews } from '../views/charts/charts.js';
import { createStart } from '../views/diagram/initialization.js';
import { createTransport } from '../views/layout/playbackControls.js';
import { createUndo } from '../views/layout/undoButtons.js';

/** @typedef {import('../actions/index.js').Actions} Actions */
/** @typedef {import('../state/types.js').State} State */
/** @typedef {{update: (state: State) => void, destroy: () => void}} View */
/** @typedef {ReturnType<typeof createStore>} Store */

const SETTLING = 60;
/** Where the open microscope leaves the network so little height that inputs it does not have make room. */
const LOW = '(min-width: 901px) and (max-height: 900px)';
/** Where the rows are a finger's and the open microscope would leave the network none: the heads' buttons make room. */
const CROWDED = '(pointer: coarse) and (min-width: 901px) and (min-height: 481px) and (max-height: 900px)';
/** Milliseconds after which what is not seen at first comes anyway. */
const PATIENCE = 4000;
const TROUBLE = ['lost', 'gone', 'unreachable'];

/** @param {Actions} actions @returns {View[]} */
function createViews(actions) {
  const root = (/** @type {string} */ id) => part(document, `#${id}`, HTMLElement);
  return [
    createHeader(root('header'), actions),
    createLanguage(root('header'), actions),
    createUndo(root('header'), actions),
    createTransport(root('transport'), actions),
    createSettings(root('settings'), actions),
    createProjection(root('projection'), actions),
    createLine(root('line'), actions),
    createDatasets(root('data'), actions),
    createExamples(root('data'), actions),
    createStart(root('start'), actions),
    createDiagram(root('stage'), actions),
    createBoard(root('board'), actions),
    createSightViews(root('output'), actions),
    createScale(root('under'), actions),
    createNumbers(root('output')),
    createCurve(root('output'), actions),
    createHiding(document.documentElement),
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
    settling = window.setTimeout(ask, SETTLING);
  });
  return ask;
}

/** The theme and the projector as the page wears them, and the colours and sizes that follow from them. @param {Store} store @param {Actions} actions */
function watchLooks(store, actions) {
  const root = document.documentElement;
  const [low, crowded] = [LOW, CROWDED].map((query) => window.matchMedia(query));
  function wear() {
    const { look: { theme, projector }, microscope } = store.get();
    if (theme) root.dataset.theme = theme;
    if (projector) root.dataset.projector = projector;
    else delete root.dataset.projector;
    store.dispatch({ type: 'palette', palette: readPalette(root) });
    const plain = projector !== null || (microscope.open && crowded.matches);
    actions.measure({ ...readMeasures(root), plain, used: plain || (microscope.open && low.matches) });
  }
  store.subscribe(({ look, microscope }, before) => {
    if (look.theme !== before.look.theme || look.projector !== before.look.projector || microscope.open !== before.microscope.open) wear();
  });
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) window.matchMedia(query).addEventListener('change', wear);
  window.addEventListener('resize', wear);
  wear();
}

/** Once the network is painted, or will not be for a while. @param {Store} store @returns {Promise<void>} */
function painted(store) {
  return new Promise((resolve) => {
    const stop = store.subscribe(({ pictures, connection }) => (pictures || TROUBLE.includes(connection.status)) && end());
    const timer = window.setTimeout(end, PATIENCE);
    function end() {
      window.clearTimeout(timer);
      stop();
      resolve();
    }
  });
}

async function start() {
  const pressEarlyKeys = keepEarlyKeys();
  const worker = new Worker(new URL('../lib/render/worker.js', import.meta.url), { type: 'module' });
  const store = createStore(reduce, { ...INITIAL, look: { ...INITIAL.look, theme: keptTheme() } });
  const session = createSession(store, createAddress(store));
  void get('/catalog').then((catalog) => store.dispatch({ type: 'catalog', catalog }));
  const begun = session.begin();
  useCatalogue(await fetchWords());
  document.title = text('title');
  fillWords(document);

  const actions = createActions(store, session);
  const views = createViews(actions);
  const painter = createPainter(worker, (pictures) => store.dispatch({ type: 'pictures', pictures }));
  const draw = drawOnChange(store, (state) => {
    painter.consider(state);
    for (const view of views) view.update(state);
    session.acknowledge();
  });
  watchLooks(store, actions);
  listenToKeys(actions, KEYS);
  keepFocus();
  pressEarlyKeys();
  window.addEventListener('hashchange', () => void session.begin());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) session.catchUp();
  });
  draw();
  const doEarlyClick = keepEarlyClick();
  await painted(store);
  const { createLaterViews } = await import('./lazyViews.js');
  views.push(...createLaterViews(actions));
  document.documentElement.dataset.complete = '';
  doEarlyClick();
  draw();
  await begun;
}

void start();
