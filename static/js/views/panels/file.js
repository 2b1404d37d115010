/** The panel "file": the whole network saved and opened, and its source, pictures and tables. */

import { createPanel } from '../../lib/ui/panel.js';
import { requireElement, setText } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../actions/network/files.js').SavedAs} SavedAs */
/** @typedef {import('../../actions/network/files.js').Drawing} Drawing */

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createFilePanel(root, actions) {
  const panel = createPanel(root, 'file', actions);
  const refusal = requireElement(root, '#file-refusal', HTMLElement);
  const open = requireElement(root, '[name=open]', HTMLInputElement);

  open.addEventListener('change', () => {
    const file = open.files?.[0];
    if (file) setText(refusal, actions.openFile(file) ? '' : text('file.other', { name: file.name }));
    open.value = '';
  });
  root.addEventListener('click', ({ target }) => {
    const button = target instanceof HTMLElement ? target.closest('button') : null;
    const { saves, draws } = button?.dataset ?? {};
    if (saves) void actions.saveFile(/** @type {SavedAs} */ (saves));
    if (draws) {
      const [drawing, form] = draws.split('.');
      void actions.savePicture(/** @type {Drawing} */ (drawing), form === 'svg' ? 'svg' : 'png');
    }
  });

  return {
    /** @param {State} state */
    update(state) {
      if (!panel.update(state.ui)) return;
      for (const button of root.querySelectorAll('[data-draws^=boundary]')) {
        if (button instanceof HTMLButtonElement) button.disabled = !state.network?.plane;
      }
    },
    destroy() {},
  };
}
