/** How the page is looked at: nothing here reaches the server. */

import { samePart } from '../../lib/plot/diagramHitTest.js';
import { speak } from './language.js';
import { chooseNext } from './theme.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {import('../../state/types.js').Look} Look */
/** @typedef {import('../../state/types.js').Measures} Measures */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */

/** @param {Store} store */
export function createLooks(store) {
  /** @param {Partial<Look>} change */
  const look = (change) => store.dispatch({ type: 'look', change });

  return {
    look,
    speak,
    /** Choose a part of the network, or let go of it when it is chosen already. @param {Part | null} part */
    choose(part) {
      const { chosen } = store.get().selection;
      store.dispatch({ type: 'choose', part: samePart(part, chosen) ? null : part });
    },
    /** @param {Part | null} part */
    point(part) {
      if (!samePart(part, store.get().selection.pointed)) store.dispatch({ type: 'point', part });
    },
    /** @param {Partial<Measures>} change */
    measure(change) {
      store.dispatch({ type: 'measures', change });
    },
    /** @param {NonNullable<Look['sheet']>} sheet */
    toggleSheet(sheet) {
      look({ sheet: store.get().look.sheet === sheet ? null : sheet });
    },
    /** Close what is open, the innermost first. */
    dismiss() {
      const { look: now, selection } = store.get();
      if (now.sheet) look({ sheet: null });
      else if (selection.chosen) store.dispatch({ type: 'choose', part: null });
    },
    /** Light, dark, high contrast, and light again. */
    switchTheme: () => look({ theme: chooseNext(store.get().look.theme) }),
    isProjecting: () => store.get().look.projector !== null,
    switchProjector() {
      look({ projector: store.get().look.projector ? null : 'network', sheet: null });
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
