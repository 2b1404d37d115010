/** Take back, and make again: each button says what it is about. */

import { setAttribute, requireElement } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/undoHistory.js').Edit} Edit */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createUndoButtons(root, actions) {
  const [undo, redo] = ['undo', 'redo'].map((name) =>
    requireElement(root, `[name=${name}]`, HTMLButtonElement),
  );
  undo.addEventListener('click', () => void actions.undo());
  redo.addEventListener('click', () => void actions.redo());

  /**
   * A button with nothing to do keeps the focus it may have.
   * @param {HTMLButtonElement} button
   * @param {Edit[]} edits
   */
  function show(button, edits) {
    const edit = edits.at(-1);
    const name = text(`${button.name}.name`);
    setAttribute(button, 'aria-disabled', String(!edit));
    setAttribute(button, 'aria-label', edit ? text('undo.of', { name, what: text(edit.what) }) : name);
  }

  return {
    /** @param {State} state */
    update({ edits }) {
      show(undo, edits.done);
      show(redo, edits.undone);
    },
    destroy() {},
  };
}
