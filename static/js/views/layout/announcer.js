/** Tells a screen reader what changed: polite, and rare. */

import { setText } from '../../lib/dom/element.js';
import { readable, whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */

/** @param {HTMLElement} root */
export function createAnnouncer(root) {
  let said = '';
  /** @type {State['note']} */
  let noted = null;
  return {
    /** @param {State} state */
    update({ network, connection, frame, note }) {
      if (note !== noted) {
        noted = note;
        if (note) setText(root, text(note.key, note.values));
      }
      const now = connection.status === 'live' ? (network?.status ?? '') : connection.status;
      if (now === said) return;
      said = now;
      const seen = frame ?? network;
      const words = { step: whole(seen?.step ?? 0), test: readable((seen?.test ?? seen?.train)?.loss) };
      const known = ['playing', 'paused', 'diverged', 'reached', 'lost'].includes(now);
      if (known) setText(root, text(`announce.${now}`, words));
    },
    destroy() {},
  };
}
