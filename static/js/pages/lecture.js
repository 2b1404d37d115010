/** The lecture: one page at a time, its live parts, and the keys a presenter's remote sends. */

import { createDeckActions } from '../actions/lecture/lecture.js';
import { keptTheme } from '../actions/page/theme.js';
import { listenToKeys } from './keyboard.js';
import { part, write } from '../lib/dom/element.js';
import { keepFocus } from '../lib/ui/focus.js';
import { readMeasures } from '../lib/dom/layoutSizes.js';
import { readPalette } from '../lib/plot/palette.js';
import { fillWords, text, useCatalogue } from '../lib/format/i18n.js';
import { FIRST, createDeck, shows } from '../state/pages/lecture.js';
import { get } from '../transport/rest.js';
import { fetchWords } from '../transport/staticFiles.js';
import { createBatch } from '../views/lecture/batchGradients.js';
import { createCell } from '../views/lecture/nerveCell.js';
import { createCompose } from '../views/lecture/gatePalette.js';
import { createConductor } from '../views/lecture/lectureControls.js';
import { createEqual } from '../views/lecture/collapsedLine.js';
import { createFaults } from '../views/lecture/brokenBackprop.js';
import { createFoot } from '../views/lecture/pager.js';
import { createGates } from '../views/graph/gates.js';
import { createHelp } from '../views/layout/shortcuts.js';
import { createHint } from '../views/layout/tooltip.js';
import { createLanguage } from '../views/layout/languageButtons.js';
import { createLosses } from '../views/lecture/lossComparison.js';
import { createNorms } from '../views/lecture/gradientNorms.js';
import { createProduct } from '../views/lecture/matrixProduct.js';
import { createShapes } from '../views/lecture/activationCurves.js';
import { createSliders } from '../views/lecture/neuronSliders.js';
import { createTable } from '../views/lecture/tables.js';
import { createWords } from '../views/lecture/prose.js';
import { createBench } from './embeddedNetworks.js';
import { DECK_KEYS, listenToNumbers } from './lectureKeys.js';
import { keepEarlyKeys } from './earlyInput.js';

/** @typedef {import('../state/pages/lecture.js').Deck} Deck */
/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../actions/lecture/lecture.js').DeckActions} DeckActions */
/** @typedef {ReturnType<typeof createDeck>} Store */
/** @typedef {ReturnType<typeof createBench>} Bench */

const root = (/** @type {string} */ id) => part(document, `#${id}`, HTMLElement);

/** Theme and projector, and the colours and sizes that follow from them. @param {Store} store @param {Bench} bench */
function watchLooks(store, bench) {
  const page = document.documentElement;
  function wear() {
    const { theme, projector } = store.get();
    if (theme) page.dataset.theme = theme;
    page.toggleAttribute('data-projector', projector);
    bench.wear({ palette: readPalette(page), measures: readMeasures(page) });
  }
  store.subscribe((deck, before) => {
    if (deck.theme !== before.theme || deck.projector !== before.projector) wear();
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', wear);
  window.addEventListener('resize', wear);
  wear();
}

/** @param {Store} store @param {DeckActions} actions */
function createViews(store, actions) {
  const rounded = part(document, '[name=rounded]', HTMLInputElement);
  const compose = createCompose(root('compose'), root('stands'), actions);
  const views = [
    compose,
    createWords(root('words')),
    createGates(root('gates'), rounded, actions),
    createShapes(root('shapes'), actions),
    createNorms(root('norms'), actions),
    createTable(root('table'), root('rounds')),
    createCell(root('cell')),
    createSliders(root('sliders'), actions),
    createProduct(root('product'), actions),
    createBatch(root('batch'), actions),
    createFaults(root('faults'), actions),
    createFoot(root('foot'), part(document, '#contents', HTMLDialogElement), actions),
  ];
  const conductor = createConductor(root('deckHead'), actions);
  createLanguage(root('deckHead'), actions);
  const losses = createLosses(root('losses'));
  const equal = createEqual(root('stands'));
  const help = createHelp(root('help'), { look: () => actions.closeSheet() }, DECK_KEYS);
  createHint(root('hint'), DECK_KEYS);
  const parts = root('parts');
  return {
    /** @param {Deck} deck */
    update(deck) {
      for (const view of views) view.update(deck);
      parts.dataset.parts = deck.exhibit?.parts.join(' ') ?? '';
      help.update({ look: { sheet: deck.sheet } });
      write(root('fault'), deck.fault);
    },
    /** @param {State[]} networks */
    draw(networks) {
      const deck = store.get();
      conductor.update(deck, networks);
      equal.update(deck, networks);
      compose.draw();
      losses.update(networks, deck.networks, shows(deck, 'curve'));
    },
  };
}

async function start() {
  const pressEarlyKeys = keepEarlyKeys();
  useCatalogue(await fetchWords());
  fillWords(document);
  document.title = text('deck.title');
  const store = createDeck({ ...FIRST, theme: keptTheme() });
  const bench = createBench(get('/catalog'), draw);
  const actions = createDeckActions(store, bench);
  const views = createViews(store, actions);

  /** @param {State[]} networks */
  function draw(networks) {
    views.draw(networks);
    void actions.refresh();
  }
  store.subscribe((deck) => {
    views.update(deck);
    bench.update(deck);
    views.draw(bench.stands().map(({ state }) => state()));
  });
  watchLooks(store, bench);
  window.addEventListener('hashchange', () => void actions.open(window.location.hash.slice(1)));
  await actions.open(window.location.hash.slice(1));
  listenToKeys(actions, DECK_KEYS);
  listenToNumbers(actions);
  keepFocus();
  pressEarlyKeys();
}

void start();
