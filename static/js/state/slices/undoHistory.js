/**
 * What was changed by hand and can be taken back: set-up, data and weights, the newest last. Training is not
 * among it.
 */

/**
 * @typedef {object} Edit
 * @property {string} what the words for it, by their key
 * @property {string} subject what it is a change of, to the single number: a drag is one edit; '': it is one
 *   of its own
 * @property {number} version the network's, just before it
 * @property {boolean} keepTraining whether the training goes on when it is taken back; not after a reset
 * @property {number} at when it was made, in milliseconds
 * @property {number | null} group what was done with one click
 */
/** @typedef {{done: Edit[], undone: Edit[]}} Edits */
/**
 * @typedef {{type: 'edited', edit: Edit} | {
 *   type: 'undone',
 *   again: Edit | null,
 * } | {type: 'redone', again: Edit | null} | {type: 'remembered', edits: Edits}} EditEvent again: the same
 *   the other way; null: it cannot be done any more
 */

/** @type {Edits} */
export const NO_EDITS = { done: [], undone: [] };

const MAX_EDITS = 100;
const DRAG = 1000;

/** Whether an edit goes on with the one before it. @param {Edit} before @param {Edit} edit */
function goesOn(before, edit) {
  if (edit.group !== null && edit.group === before.group) return true;
  return edit.subject !== '' && edit.subject === before.subject && edit.at - before.at < DRAG;
}

/** @param {Edit[]} edits @param {Edit} edit @returns {Edit[]} */
function added(edits, edit) {
  const before = edits.at(-1);
  if (!before || !goesOn(before, edit)) return [...edits, edit].slice(-MAX_EDITS);
  return [
    ...edits.slice(0, -1),
    { ...before, at: edit.at, keepTraining: before.keepTraining && edit.keepTraining },
  ];
}

/** @param {Edit[]} edits @param {Edit | null} again */
const moved = (edits, again) => (again ? [...edits, again] : edits);

/** @param {Edits} edits @param {import('../types.js').Event} event @returns {Edits} */
export function reduceEdits(edits, event) {
  if (event.type === 'joined') return NO_EDITS;
  if (event.type === 'edited')
    return { done: added(edits.undone.length > 0 ? sealed(edits.done) : edits.done, event.edit), undone: [] };
  if (event.type === 'undone')
    return { done: edits.done.slice(0, -1), undone: moved(edits.undone, event.again) };
  if (event.type === 'redone')
    return { done: moved(edits.done, event.again), undone: edits.undone.slice(0, -1) };
  if (event.type === 'remembered') return { done: sealed(event.edits.done), undone: event.edits.undone };
  return edits;
}

/** With nothing that could go on. @param {Edit[]} edits */
const sealed = (edits) => edits.map((edit) => ({ ...edit, subject: '', group: null }));
