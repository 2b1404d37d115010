/** The lecture: one page at a time, its live parts, and the keys a presenter's remote sends. */

import { createLectureActions } from '../actions/lecture/lecture.js';
import { savedTheme } from '../actions/page/theme.js';
import { listenToKeys } from './keyboard.js';
import { requireElement, setText } from '../lib/dom/element.js';
import { restoreFocus } from '../lib/ui/focus.js';
import { readLayoutSizes } from '../lib/dom/layoutSizes.js';
import { readPalette } from '../lib/plot/palette.js';
import { fillTexts, text, setMessages } from '../lib/format/i18n.js';
import { INITIAL_LECTURE, createLectureStore, showsPart } from '../state/pages/lecture.js';
import { get } from '../transport/rest.js';
import { fetchMessages } from '../transport/staticFiles.js';
import { createBatchGradients } from '../views/lecture/batchGradients.js';
import { createNerveCell } from '../views/lecture/nerveCell.js';
import { createGatePalette } from '../views/lecture/gatePalette.js';
import { createLectureControls } from '../views/lecture/lectureControls.js';
import { createCollapsedLine } from '../views/lecture/collapsedLine.js';
import { createBrokenBackprop } from '../views/lecture/brokenBackprop.js';
import { createPager } from '../views/lecture/pager.js';
import { createGates } from '../views/graph/gates.js';
import { createShortcuts } from '../views/layout/shortcuts.js';
import { createTooltip } from '../views/layout/tooltip.js';
import { createLanguageButtons } from '../views/layout/languageButtons.js';
import { createLossComparison } from '../views/lecture/lossComparison.js';
import { createGradientNorms } from '../views/lecture/gradientNorms.js';
import { createMatrixProduct } from '../views/lecture/matrixProduct.js';
import { createActivationCurves } from '../views/lecture/activationCurves.js';
import { createNeuronSliders } from '../views/lecture/neuronSliders.js';
import { createTables } from '../views/lecture/tables.js';
import { createProse } from '../views/lecture/prose.js';
import { createEmbeddedNetworks } from './embeddedNetworks.js';
import { LECTURE_KEYS, listenToNumbers } from './lectureKeys.js';
import { recordEarlyKeys } from './earlyInput.js';

/** @typedef {import('../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../actions/lecture/lecture.js').LectureActions} LectureActions */
/** @typedef {ReturnType<typeof createLectureStore>} Store */
/** @typedef {ReturnType<typeof createEmbeddedNetworks>} EmbeddedNetworks */

const root = (/** @type {string} */ id) => requireElement(document, `#${id}`, HTMLElement);

/**
 * Theme and projector, and the colours and sizes that follow from them.
 * @param {Store} store
 * @param {EmbeddedNetworks} embedded
 */
function watchAppearance(store, embedded) {
  const page = document.documentElement;
  function applyAppearance() {
    const { theme, projector } = store.get();
    if (theme) page.dataset.theme = theme;
    page.toggleAttribute('data-projector', projector);
    embedded.setAppearance({ palette: readPalette(page), layoutSizes: readLayoutSizes(page) });
  }
  store.subscribe((lecture, before) => {
    if (lecture.theme !== before.theme || lecture.projector !== before.projector) applyAppearance();
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyAppearance);
  window.addEventListener('resize', applyAppearance);
  applyAppearance();
}

/** @param {Store} store @param {LectureActions} actions */
function createViews(store, actions) {
  const rounded = requireElement(document, '[name=rounded]', HTMLInputElement);
  const compose = createGatePalette(root('compose'), root('stands'), actions);
  const views = [
    compose,
    createProse(root('words')),
    createGates(root('gates'), rounded, actions),
    createActivationCurves(root('shapes'), actions),
    createGradientNorms(root('norms'), actions),
    createTables(root('table'), root('rounds')),
    createNerveCell(root('cell')),
    createNeuronSliders(root('sliders'), actions),
    createMatrixProduct(root('product'), actions),
    createBatchGradients(root('batch'), actions),
    createBrokenBackprop(root('faults'), actions),
    createPager(root('foot'), requireElement(document, '#contents', HTMLDialogElement), actions),
  ];
  const conductor = createLectureControls(root('lectureHead'), actions);
  createLanguageButtons(root('lectureHead'), actions);
  const losses = createLossComparison(root('losses'));
  const equal = createCollapsedLine(root('stands'));
  const help = createShortcuts(root('help'), { setUi: () => actions.closePanel() }, LECTURE_KEYS);
  createTooltip(root('hint'), LECTURE_KEYS);
  const parts = root('parts');
  return {
    /** @param {Lecture} lecture */
    update(lecture) {
      for (const view of views) view.update(lecture);
      parts.dataset.parts = lecture.exhibit?.parts.join(' ') ?? '';
      help.update({ ui: { openPanel: lecture.openPanel } });
      setText(root('fault'), lecture.fault);
    },
    /** @param {State[]} networks */
    draw(networks) {
      const lecture = store.get();
      conductor.update(lecture, networks);
      equal.update(lecture, networks);
      compose.draw();
      losses.update(networks, lecture.networks, showsPart(lecture, 'curve'));
    },
  };
}

async function start() {
  const pressEarlyKeys = recordEarlyKeys();
  setMessages(await fetchMessages());
  fillTexts(document);
  document.title = text('deck.title');
  const store = createLectureStore({ ...INITIAL_LECTURE, theme: savedTheme() });
  const embedded = createEmbeddedNetworks(get('/catalog'), draw);
  const actions = createLectureActions(store, embedded);
  const views = createViews(store, actions);

  /** @param {State[]} networks */
  function draw(networks) {
    views.draw(networks);
    void actions.refresh();
  }
  store.subscribe((lecture) => {
    views.update(lecture);
    embedded.update(lecture);
    views.draw(embedded.networks().map(({ state }) => state()));
  });
  watchAppearance(store, embedded);
  window.addEventListener('hashchange', () => void actions.open(window.location.hash.slice(1)));
  await actions.open(window.location.hash.slice(1));
  listenToKeys(actions, LECTURE_KEYS);
  listenToNumbers(actions);
  restoreFocus();
  pressEarlyKeys();
}

void start();
