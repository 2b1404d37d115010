/** Handing a network on by address, and taking one that was handed on. */

import { routeInText } from '../../lib/url/route.js';
import { Problem, get } from '../../transport/rest.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../session.js').createSession>} Session */

/** What it is about when nothing of a text is a link. */
export const NO_LINK = '';

/**
 * @param {Store} store
 * @param {Session} session
 */
export function createSharing(store, session) {
  /** @param {string | null} refusal */
  const say = (refusal) => store.dispatch({ type: 'pasted', refusal });

  /**
   * Open what a text says: an address of ours, or one of TensorFlow Playground, whole or the part behind the
   * #.
   * @param {string} text
   * @returns {Promise<boolean>} whether it was one, and is open
   */
  async function openLink(text) {
    const place = routeInText(text, window.location.href);
    say(place ? null : NO_LINK);
    if (!place) return false;
    if (place.id !== null) {
      await session.watch(place.id);
      return true;
    }
    const made = await session.create(place.spec ?? {}, { anew: true });
    if (!made) say(store.get().problem?.message ?? null);
    return made;
  }

  return {
    openLink,
    /**
     * A text that was pasted somewhere on the page.
     * @param {string} text
     * @returns {boolean} whether it is a link, and is being opened
     */
    takeLink(text) {
      const isLink = routeInText(text, window.location.href) !== null;
      if (isLink) void openLink(text);
      return isLink;
    },
    forgetRefusal: () => say(null),
    /** The same set-up as a link to TensorFlow Playground, or why there is none. */
    async askPlayground() {
      const id = store.get().network?.id;
      try {
        const { tfplayground, notes } = await get(`/networks/${id}/export?format=tfplayground`);
        store.dispatch({ type: 'playground', playground: { link: tfplayground, notes } });
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        const reasons = problem.reasons.length > 0 ? problem.reasons : [problem.message];
        store.dispatch({ type: 'playground', playground: { reasons } });
      }
    },
    /** Every control again, whatever the link hides. */
    showAll: () => store.dispatch({ type: 'ui', change: { hides: [] } }),
  };
}
