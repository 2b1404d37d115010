/** A stand: one network of a page of the lecture, with a store, a live socket, a painter and views of its own. */

import { createSession } from '../actions/session.js';
import { createActions } from '../actions/index.js';
import { part } from '../lib/dom/element.js';
import { wantsMotion } from '../lib/dom/motion.js';
import { fillWords } from '../lib/format/i18n.js';
import { createPainter } from '../lib/render/renderClient.js';
import { NOTHING_SEEN } from '../state/slices/microscope.js';
import { INITIAL, reduce } from '../state/reducer.js';
import { createStore } from '../state/store.js';
import { createBoard } from '../views/boundary/plane.js';
import { createDiagram } from '../views/diagram/diagram.js';
import { createFigures } from '../views/lecture/diagramNumbers.js';
import { createCover } from '../views/microscope/answerMask.js';
import { createDock } from '../views/microscope/microscope.js';
import { createLight } from '../views/microscope/highlight.js';
import { createPicker } from '../views/microscope/examplePicker.js';
import { createStandHead } from '../views/lecture/networkHead.js';

/** @typedef {import('../state/pages/lecture.js').Exhibit} Exhibit */
/** @typedef {import('../state/pages/lecture.js').Shown} Shown */
/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../state/types.js').Catalog} Catalog */
/** @typedef {import('../actions/index.js').Actions} Actions */
/** @typedef {{update: (state: State) => void, destroy: () => void}} View */
/** @typedef {{palette: State['palette'], measures: Partial<State['measures']>}} Looks */
/** @typedef {ReturnType<typeof createStand>} Stand */

const PACE = 60;
const DRAWN_NOWHERE = 1;

/** A copy of a template's one element. @param {string} selector */
export function copyOf(selector) {
  const made = part(document, selector, HTMLTemplateElement).content.cloneNode(true);
  const node = made instanceof DocumentFragment ? made.firstElementChild : null;
  if (!(node instanceof HTMLElement)) throw new Error(`the template ${selector} is empty`);
  fillWords(node);
  return node;
}

/** @param {HTMLElement} root @param {Actions} actions @param {Set<string>} parts @param {Shown & {exhibit: Exhibit, walk: HTMLElement | null}} page @returns {View[]} */
function createViews(root, actions, parts, { label, exhibit, walk }) {
  const content = part(root, '.content', HTMLElement);
  const board = part(root, '.board', HTMLElement);
  const views = [createStandHead(part(root, '.standHead', HTMLElement), label)];
  if (parts.has('network')) views.push(createDiagram(part(root, '.stage', HTMLElement), actions), createFigures(part(root, '.figures', HTMLElement), exhibit));
  else part(root, '.stage', HTMLElement).remove();
  if (parts.has('plane')) views.push(createBoard(board, actions));
  else board.remove();
  if (walk) views.push(createDock(walk, actions, exhibit.names), createCover(document.documentElement));
  if (walk && parts.has('network')) views.push(createLight(content));
  if (walk && parts.has('plane')) views.push(createPicker(board, actions));
  return views;
}

/**
 * @param {Shown} shown
 * @param {{exhibit: Exhibit, catalog: Catalog, looks: Looks, walk: HTMLElement | null}} page walk: where the network's walk is shown, if it is
 * @param {(state: State) => void} onDrawn after each draw
 */
export function createStand(shown, { exhibit, catalog, looks, walk }, onDrawn) {
  const parts = new Set(shown.again === undefined ? exhibit.parts : exhibit.parts.filter((name) => name === 'plane'));
  const measures = { ...INITIAL.measures, plain: true, used: true, width: DRAWN_NOWHERE, height: DRAWN_NOWHERE, board: DRAWN_NOWHERE };
  const store = createStore(reduce, {
    ...INITIAL,
    catalog,
    look: { ...INITIAL.look, pace: PACE, stepUnit: 'step' },
    microscope: { ...NOTHING_SEEN, open: walk !== null },
    palette: looks.palette,
    measures: { ...measures, ...looks.measures },
  });
  const session = createSession(store);
  const actions = createActions(store, session);
  const root = copyOf('#standTemplate');
  if (shown.again !== undefined) root.className = 'standAgain';
  const views = createViews(root, actions, parts, { ...shown, exhibit, walk });
  const worker = new Worker(new URL('../lib/render/worker.js', import.meta.url), { type: 'module' });
  const painter = createPainter(worker, (pictures) => store.dispatch({ type: 'pictures', pictures }));
  let due = false;
  let closed = false;

  function draw() {
    due = false;
    if (closed) return;
    const state = store.get();
    painter.consider(state);
    for (const view of views) view.update(state);
    session.acknowledge();
    onDrawn(state);
  }
  store.subscribe(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(draw);
  });

  async function begin() {
    await session.join(shown.id);
    if (exhibit.play && wantsMotion()) await actions.play();
    if (walk) {
      await actions.pickExample(exhibit.example);
      const phase = /** @type {import('../lib/trace/walk.js').Phase} */ (exhibit.walk[0] ?? 'forward');
      actions.walkToPhase(phase);
    }
  }
  void begin();

  return {
    root,
    actions,
    state: store.get,
    /** @param {Looks} next */
    wear({ palette, measures: sizes }) {
      if (palette) store.dispatch({ type: 'palette', palette });
      store.dispatch({ type: 'measures', change: sizes });
    },
    close() {
      closed = true;
      session.close();
      worker.terminate();
      for (const view of views) view.destroy();
      root.remove();
    },
  };
}
