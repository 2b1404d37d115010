/** Brings the page to life: words, catalogue, state, views, keys, and one draw per animation frame. */

import { createAddress } from './actions/address.js';
import { createSession } from './actions/session.js';
import { createActions } from './actions.js';
import { KEYS, listenToKeys } from './keyboard.js';
import { part } from './lib/element.js';
import { readMeasures } from './lib/measures.js';
import { readPalette } from './lib/palette.js';
import { createPainter } from './lib/studio/painter.js';
import { fillWords, text, useCatalogue } from './lib/text.js';
import { INITIAL, reduce } from './state/reduce.js';
import { createStore } from './state/store.js';
import { get } from './transport/rest.js';
import { fetchWords } from './transport/words.js';
import { createAnnouncer } from './views/announcer.js';
import { createBoard } from './views/board.js';
import { createCard } from './views/card/card.js';
import { createChecked } from './views/checked.js';
import { createCurve } from './views/curve/curve.js';
import { createDatasets } from './views/datasets.js';
import { createDiagram } from './views/diagram/diagram.js';
import { createPalette } from './views/drawing/palette.js';
import { createPen } from './views/drawing/pen.js';
import { createExamples } from './views/examples.js';
import { createFormulas } from './views/formulas.js';
import { createFile } from './views/file.js';
import { createHeader } from './views/header.js';
import { createHelp } from './views/help.js';
import { createHiding } from './views/hiding.js';
import { createHint } from './views/hint.js';
import { createSigns } from './views/signs.js';
import { createLanguage } from './views/language.js';
import { createLine } from './views/line.js';
import { createCover } from './views/microscope/cover.js';
import { createDock } from './views/microscope/dock.js';
import { createLight } from './views/microscope/light.js';
import { createPicker } from './views/microscope/picker.js';
import { createMore } from './views/more/more.js';
import { createNumbers } from './views/numbers.js';
import { createPresetsPanel } from './views/presets/presets.js';
import { createProjection } from './views/projection.js';
import { createRest } from './views/rest.js';
import { createScale } from './views/scale.js';
import { createSettings } from './views/settings.js';
import { createShare } from './views/share.js';
import { createSightViews } from './views/sights/sights.js';
import { createStart } from './views/start.js';
import { createArrivals } from './views/table/arrivals.js';
import { createOwn } from './views/table/own.js';
import { createTransport } from './views/transport.js';
import { createUndo } from './views/undo.js';

/** @typedef {import('./actions.js').Actions} Actions */
/** @typedef {import('./state/types.js').State} State */
/** @typedef {{update: (state: State) => void, destroy: () => void}} View */
/** @typedef {ReturnType<typeof createStore>} Store */

const SETTLING = 60;

/** @param {Actions} actions @returns {View[]} */
function createViews(actions) {
  const root = (/** @type {string} */ id) => part(document, `#${id}`, HTMLElement);
  return [
    createHeader(root('header'), actions),
    createLanguage(root('header'), actions),
    createUndo(root('header'), actions),
    createTransport(root('transport'), actions),
    createSettings(root('settings'), actions),
    createMore(root('more'), actions),
    createProjection(root('projection'), actions),
    createLine(root('line'), actions),
    createDatasets(root('data'), actions),
    createExamples(root('data'), actions),
    createStart(root('start'), actions),
    createDiagram(root('stage'), actions),
    createCard(root('card'), actions),
    createFormulas(root('formulas'), actions),
    createBoard(root('board'), actions),
    createSightViews(root('output'), actions),
    createScale(root('under'), actions),
    createDock(root('microscope'), actions),
    createLight(root('content')),
    createPicker(root('board'), actions),
    createSigns(root('board')),
    createPen(root('board'), actions),
    createPalette(root('output'), actions),
    createNumbers(root('output')),
    createCurve(root('output'), actions),
    createChecked(part(document, '#checked', HTMLButtonElement), actions),
    createRest(root('rest'), actions),
    createOwn(root('own'), actions, root('data')),
    createArrivals(root('drop'), actions),
    createShare(root('share'), actions),
    createFile(root('file'), actions),
    createPresetsPanel(root('presets'), actions),
    createHiding(document.documentElement),
    createCover(document.documentElement),
    createHelp(root('help'), actions, KEYS),
    createHint(root('hint'), KEYS),
    createAnnouncer(root('announcer')),
  ];
}

/**
 * One draw per animation frame, and one more a little later for what draws less often.
 * @param {Store} store
 * @param {(state: State) => void} draw
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
}

/** The theme and the projector as the page wears them, and the colours and sizes that follow from them. @param {Store} store @param {Actions} actions */
function watchLooks(store, actions) {
  const root = document.documentElement;
  function wear() {
    const { theme, projector } = store.get().look;
    if (theme) root.dataset.theme = theme;
    if (projector) root.dataset.projector = projector;
    else delete root.dataset.projector;
    store.dispatch({ type: 'palette', palette: readPalette(root) });
    actions.measure({ ...readMeasures(root), plain: projector !== null });
  }
  store.subscribe(({ look }, before) => {
    if (look.theme !== before.look.theme || look.projector !== before.look.projector) wear();
  });
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) window.matchMedia(query).addEventListener('change', wear);
  window.addEventListener('resize', wear);
  wear();
}

async function start() {
  useCatalogue(await fetchWords());
  document.title = text('title');
  fillWords(document);

  const store = createStore(reduce, INITIAL);
  const session = createSession(store, createAddress(store));
  const actions = createActions(store, session);
  const views = createViews(actions);
  const worker = new Worker(new URL('./lib/studio/worker.js', import.meta.url), { type: 'module' });
  const painter = createPainter(worker, (pictures) => store.dispatch({ type: 'pictures', pictures }));

  drawOnChange(store, (state) => {
    painter.consider(state);
    for (const view of views) view.update(state);
    session.acknowledge();
  });
  watchLooks(store, actions);
  listenToKeys(actions, KEYS);
  window.addEventListener('hashchange', () => void session.begin());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) session.catchUp();
  });
  void get('/catalog').then((catalog) => store.dispatch({ type: 'catalog', catalog }));
  await session.begin();
}

void start();
