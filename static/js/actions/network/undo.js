/**
 * Taking back what was changed by hand, and making it again. Training goes on, unless it is of what is taken
 * back.
 */

import { startsAlike } from '../../lib/format/editLabels.js';
import { writeStorage, readStorage } from '../../lib/dom/storage.js';
import { whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';
import { NO_EDITS } from '../../state/slices/undoHistory.js';
import { commands } from '../../transport/commands.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../state/slices/undoHistory.js').Edit} Edit */

const NOTE_MS = 8000;
const STORAGE_KEY = 'edits';
/** The status of a refusal that will not be another one the next time: nothing is kept of that version. */
const INVALID_REQUEST = 422;

/**
 * The tab keeps them: loading it again finds the same network, and all that the service can still take back.
 * @param {Store} store
 */
function remember(store) {
  store.subscribe(({ edits, network }, before) => {
    if (!network) return;
    if (edits !== before.edits && edits !== NO_EDITS)
      writeStorage('sessionStorage', STORAGE_KEY, JSON.stringify({ id: network.id, edits }));
    if (edits !== NO_EDITS || network === before.network) return;
    const last = JSON.parse(readStorage('sessionStorage', STORAGE_KEY) ?? 'null');
    if (last?.id === network.id) store.dispatch({ type: 'remembered', edits: last.edits });
  });
}

/**
 * @param {Store} store
 * @param {Sender} sender
 * @param {{catchUp: () => void}} session
 */
export function createUndo(store, sender, session) {
  remember(store);
  /** One after the other: each begins where the one before has ended. */
  let last = Promise.resolve();

  /** @param {'undone' | 'redone'} way @param {Edit | undefined} edit the newest */
  async function rewind(way, edit) {
    const before = store.get().network;
    if (!edit || !before) return;
    const { version, keepTraining } = edit;
    const network = await sender.command((id) => commands.rewind(id, version, keepTraining));
    if (!network && store.get().problem?.status !== INVALID_REQUEST) return;
    store.dispatch({
      type: way,
      again: network && { ...edit, version: network.version - 1, subject: '', group: null },
    });
    if (!network) return;
    const other = !keepTraining || !startsAlike(before.spec, network.spec);
    if (other) session.catchUp();
    showNote(`undo.${way}${other ? 'Back' : ''}`, { what: text(edit.what), step: whole(network.step) });
  }

  /**
   * For as long as it takes to be read, and as it is true.
   * @param {string} key
   * @param {Record<string, string>} values
   */
  function showNote(key, values) {
    sender.note(key, values);
    const { note, network: atNote } = store.get();
    const timer = window.setTimeout(end, NOTE_MS);
    const stop = store.subscribe(({ network }) => network?.version !== atNote?.version && end());
    function end() {
      window.clearTimeout(timer);
      stop();
      if (store.get().note === note) store.dispatch({ type: 'note', note: null });
    }
  }

  return {
    undo: () => (last = last.then(() => rewind('undone', store.get().edits.done.at(-1)))),
    redo: () => (last = last.then(() => rewind('redone', store.get().edits.undone.at(-1)))),
  };
}
