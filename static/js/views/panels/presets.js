/** The panel of presets: fetched and made when it is first opened. */

import { createPanel } from '../../lib/ui/panel.js';
import { requireElement } from '../../lib/dom/element.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createPresetsPanel(root, actions) {
  const panel = createPanel(root, 'presets', actions);
  const box = requireElement(root, '.groups', HTMLElement);
  /** @type {ReturnType<typeof import('./presetGallery.js').createGallery> | null} */
  let gallery = null;
  /** @type {State | null} */
  let newest = null;
  let isRequested = false;

  async function build() {
    isRequested = true;
    const [{ createGallery }] = await Promise.all([import('./presetGallery.js'), actions.readPresets()]);
    gallery = createGallery(box, actions);
    if (newest) gallery.update(newest);
  }

  return {
    /** @param {State} state */
    update(state) {
      newest = state;
      if (!panel.update(state.ui)) return;
      if (!isRequested) void build();
      gallery?.update(state);
    },
    destroy() {},
  };
}
