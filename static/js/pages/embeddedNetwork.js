/**
 * A stand: one network of a page of the lecture, with a store, a live socket, a painter and views of its own.
 */

import { createSession } from '../actions/session.js';
import { createActions } from '../actions/index.js';
import { requireElement } from '../lib/dom/element.js';
import { wantsMotion } from '../lib/dom/motion.js';
import { fillTexts } from '../lib/format/i18n.js';
import { createRenderClient } from '../lib/render/renderClient.js';
import { INITIAL_MICROSCOPE } from '../state/slices/microscope.js';
import { INITIAL, reduce } from '../state/reducer.js';
import { createStore } from '../state/store.js';
import { createPlane } from '../views/boundary/plane.js';
import { createDiagram } from '../views/diagram/diagram.js';
import { createDiagramNumbers } from '../views/lecture/diagramNumbers.js';
import { createAnswerMask } from '../views/microscope/answerMask.js';
import { createMicroscope } from '../views/microscope/microscope.js';
import { createHighlight } from '../views/microscope/highlight.js';
import { createExamplePicker } from '../views/microscope/examplePicker.js';
import { createNetworkHead } from '../views/lecture/networkHead.js';

/** @typedef {import('../state/pages/lecture.js').Exhibit} Exhibit */
/** @typedef {import('../state/pages/lecture.js').ShownNetwork} ShownNetwork */
/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../state/types.js').Catalog} Catalog */
/** @typedef {import('../actions/index.js').Actions} Actions */
/** @typedef {{update: (state: State) => void, destroy: () => void}} View */
/** @typedef {{palette: State['palette'], layoutSizes: Partial<State['layoutSizes']>}} Appearance */
/** @typedef {ReturnType<typeof createEmbeddedNetwork>} EmbeddedNetwork */

const EPOCHS_PER_SECOND = 60;
const HIDDEN_SIZE = 1;

/** A copy of a template's one element. @param {string} selector */
export function cloneTemplate(selector) {
  const made = requireElement(document, selector, HTMLTemplateElement).content.cloneNode(true);
  const node = made instanceof DocumentFragment ? made.firstElementChild : null;
  if (!(node instanceof HTMLElement)) throw new Error(`the template ${selector} is empty`);
  fillTexts(node);
  return node;
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 * @param {Set<string>} parts
 * @param {ShownNetwork & {exhibit: Exhibit, walk: HTMLElement | null}} page
 * @returns {View[]}
 */
function createViews(root, actions, parts, { label, exhibit, walk }) {
  const content = requireElement(root, '.content', HTMLElement);
  const board = requireElement(root, '.board', HTMLElement);
  const views = [createNetworkHead(requireElement(root, '.standHead', HTMLElement), label)];
  if (parts.has('network'))
    views.push(
      createDiagram(requireElement(root, '.stage', HTMLElement), actions),
      createDiagramNumbers(requireElement(root, '.figures', HTMLElement), exhibit),
    );
  else requireElement(root, '.stage', HTMLElement).remove();
  if (parts.has('plane')) views.push(createPlane(board, actions));
  else board.remove();
  if (walk)
    views.push(createMicroscope(walk, actions, exhibit.names), createAnswerMask(document.documentElement));
  if (walk && parts.has('network')) views.push(createHighlight(content));
  if (walk && parts.has('plane')) views.push(createExamplePicker(board, actions));
  return views;
}

/**
 * @param {ShownNetwork} shown
 * @param {{exhibit: Exhibit, catalog: Catalog, appearance: Appearance, walk: HTMLElement | null}} page walk:
 *   where the network's walk is shown, if it is
 * @param {(state: State) => void} onDrawn after each draw
 */
export function createEmbeddedNetwork(shown, { exhibit, catalog, appearance, walk }, onDrawn) {
  const parts = new Set(
    shown.again === undefined ? exhibit.parts : exhibit.parts.filter((name) => name === 'plane'),
  );
  const measures = {
    ...INITIAL.layoutSizes,
    plain: true,
    used: true,
    width: HIDDEN_SIZE,
    height: HIDDEN_SIZE,
    board: HIDDEN_SIZE,
  };
  const store = createStore(reduce, {
    ...INITIAL,
    catalog,
    ui: { ...INITIAL.ui, pace: EPOCHS_PER_SECOND, stepUnit: 'step' },
    microscope: { ...INITIAL_MICROSCOPE, open: walk !== null },
    palette: appearance.palette,
    layoutSizes: { ...measures, ...appearance.layoutSizes },
  });
  const session = createSession(store);
  const actions = createActions(store, session);
  const root = cloneTemplate('#standTemplate');
  if (shown.again !== undefined) root.className = 'standAgain';
  const views = createViews(root, actions, parts, { ...shown, exhibit, walk });
  const worker = new Worker(new URL('../lib/render/worker.js', import.meta.url), { type: 'module' });
  const renderClient = createRenderClient(worker, (pictures) =>
    store.dispatch({ type: 'pictures', pictures }),
  );
  let due = false;
  let closed = false;

  function draw() {
    due = false;
    if (closed) return;
    const state = store.get();
    renderClient.consider(state);
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
    /** @param {Appearance} next */
    setAppearance({ palette, layoutSizes: sizes }) {
      if (palette) store.dispatch({ type: 'palette', palette });
      store.dispatch({ type: 'layoutSizes', change: sizes });
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
