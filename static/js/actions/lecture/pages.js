/** Turning pages, and how the lecture looks: what is open over it, projector, theme, language. */

import { speak } from '../page/language.js';
import { chooseNext } from '../page/theme.js';

/** @typedef {ReturnType<typeof import('../../state/pages/lecture.js').createDeck>} Store */

/** @param {Store} store */
export function createPages(store) {
  return {
    /** @param {number} by pages */
    turn(by) {
      const { exhibits, exhibit } = store.get();
      const next = exhibits[(exhibit?.number ?? 1) - 1 + by];
      if (next) window.location.hash = next.id;
    },
    /** @param {number} number */
    jump(number) {
      const page = store.get().exhibits[number - 1];
      if (page) window.location.hash = page.id;
    },
    /** @param {'contents' | 'help'} sheet */
    toggleSheet: (sheet) => store.change({ sheet: store.get().sheet === sheet ? null : sheet }),
    speak,
    closeSheet: () => store.change({ sheet: null }),
    switchProjector: () => store.change({ projector: !store.get().projector }),
    switchTheme: () => store.change({ theme: chooseNext(store.get().theme) }),
    fullScreen() {
      if (document.fullscreenElement) void document.exitFullscreen();
      else void document.documentElement.requestFullscreen();
    },
  };
}
