/** Turning pages, and how the lecture looks: what is open over it, projector, theme, language. */

import { setLanguage } from '../page/language.js';
import { nextTheme } from '../page/theme.js';

/** @typedef {ReturnType<typeof import('../../state/pages/lecture.js').createLectureStore>} Store */

/** @param {Store} store */
export function createPager(store) {
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
    /** @param {'contents' | 'help'} panel */
    togglePanel: (panel) => store.change({ openPanel: store.get().openPanel === panel ? null : panel }),
    setLanguage,
    closePanel: () => store.change({ openPanel: null }),
    switchProjector: () => store.change({ projector: !store.get().projector }),
    switchTheme: () => store.change({ theme: nextTheme(store.get().theme) }),
    fullScreen() {
      if (document.fullscreenElement) void document.exitFullscreen();
      else void document.documentElement.requestFullscreen();
    },
  };
}
