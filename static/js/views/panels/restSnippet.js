/** The drawer "as REST": the last action as a program would send it. */

import { copyAll } from '../../lib/dom/clipboard.js';
import { createDrawer } from '../../lib/ui/panel.js';
import { mark, part, write } from '../../lib/dom/element.js';
import { asCurl, asPython } from '../../lib/format/requestSnippet.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const THANKS = 1500;

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createRest(root, actions) {
  const curl = part(root, '[data-code=curl]', HTMLElement);
  const python = part(root, '[data-code=python]', HTMLElement);
  const drawer = createDrawer(root, 'rest', actions);
  for (const [name, code] of /** @type {const} */ ([['curl', curl], ['python', python]])) {
    const button = part(root, `[data-copy=${name}]`, HTMLButtonElement);
    button.addEventListener('click', async () => {
      write(button, text((await copyAll(code)) ? 'rest.copied' : 'rest.select'));
      window.setTimeout(() => write(button, text('rest.copy')), THANKS);
    });
  }

  return {
    /** @param {State} state */
    update({ look, request }) {
      if (!drawer.update(look) || !request) return;
      const { origin } = window.location;
      mark(root, 'data-method', request.method);
      write(curl, asCurl(request, origin));
      write(python, asPython(request, origin));
    },
    destroy() {},
  };
}
