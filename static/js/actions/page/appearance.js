/** How the page is looked at: nothing here reaches the server. */

import { samePart } from '../../lib/plot/diagramHitTest.js';
import { setLanguage } from './language.js';
import { nextTheme } from './theme.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {import('../../state/types.js').UiState} UiState */
/** @typedef {import('../../state/types.js').LayoutSizes} LayoutSizes */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */

/** @param {Store} store */
export function createAppearance(store) {
  /** @param {Partial<UiState>} change */
  const setUi = (change) => store.dispatch({ type: 'ui', change });

  return {
    setUi,
    setLanguage,
    /** Choose a part of the network, or let go of it when it is chosen already. @param {Part | null} part */
    selectPart(part) {
      const { chosen } = store.get().selection;
      store.dispatch({ type: 'choose', part: samePart(part, chosen) ? null : part });
    },
    /** @param {Part | null} part */
    hoverPart(part) {
      if (!samePart(part, store.get().selection.pointed)) store.dispatch({ type: 'point', part });
    },
    /** @param {Partial<LayoutSizes>} change */
    setLayoutSizes(change) {
      store.dispatch({ type: 'layoutSizes', change });
    },
    /** @param {NonNullable<UiState['openPanel']>} panel */
    togglePanel(panel) {
      setUi({ openPanel: store.get().ui.openPanel === panel ? null : panel });
    },
    /** Close what is open, the innermost first. */
    dismiss() {
      const { ui: now, selection } = store.get();
      if (now.openPanel) setUi({ openPanel: null });
      else if (selection.chosen) store.dispatch({ type: 'choose', part: null });
    },
    /** Light, dark, high contrast, and light again. */
    switchTheme: () => setUi({ theme: nextTheme(store.get().ui.theme) }),
    isProjecting: () => store.get().ui.projector !== null,
    switchProjector() {
      setUi({ projector: store.get().ui.projector ? null : 'network', openPanel: null });
    },
    fullScreen() {
      if (document.fullscreenElement) void document.exitFullscreen();
      else void document.documentElement.requestFullscreen();
    },
    forgetNote() {
      store.dispatch({ type: 'note', note: null });
    },
    forgetProblem() {
      store.dispatch({ type: 'problem', problem: null });
    },
  };
}
