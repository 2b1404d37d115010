/** The panel "file": the whole network saved and opened, and its source, pictures and tables. */

import { createDrawer } from '../../lib/ui/panel.js';
import { part, write } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../actions/network/files.js').SavedAs} SavedAs */
/** @typedef {import('../../actions/network/files.js').Drawing} Drawing */

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createFile(root, actions) {
  const drawer = createDrawer(root, 'file', actions);
  const refusal = part(root, '#file-refusal', HTMLElement);
  const open = part(root, '[name=open]', HTMLInputElement);

  open.addEventListener('change', () => {
    const file = open.files?.[0];
    if (file) write(refusal, actions.openFile(file) ? '' : text('file.other', { name: file.name }));
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
      if (!drawer.update(state.look)) return;
      for (const button of root.querySelectorAll('[data-draws^=boundary]')) {
        if (button instanceof HTMLButtonElement) button.disabled = !state.network?.plane;
      }
    },
    destroy() {},
  };
}
