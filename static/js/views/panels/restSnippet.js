/** The drawer "as REST": the last action as a program would send it. */

import { copyText } from '../../lib/dom/clipboard.js';
import { createPanel } from '../../lib/ui/panel.js';
import { setAttribute, requireElement, setText } from '../../lib/dom/element.js';
import { asCurl, asPython } from '../../lib/format/requestSnippet.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const COPIED_MS = 1500;

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createRestSnippet(root, actions) {
  const curl = requireElement(root, '[data-code=curl]', HTMLElement);
  const python = requireElement(root, '[data-code=python]', HTMLElement);
  const panel = createPanel(root, 'rest', actions);
  for (const [name, code] of /** @type {const} */ ([
    ['curl', curl],
    ['python', python],
  ])) {
    const button = requireElement(root, `[data-copy=${name}]`, HTMLButtonElement);
    button.addEventListener('click', async () => {
      setText(button, text((await copyText(code)) ? 'rest.copied' : 'rest.select'));
      window.setTimeout(() => setText(button, text('rest.copy')), COPIED_MS);
    });
  }

  return {
    /** @param {State} state */
    update({ ui, request }) {
      if (!panel.update(ui) || !request) return;
      const { origin } = window.location;
      setAttribute(root, 'data-method', request.method);
      setText(curl, asCurl(request, origin));
      setText(python, asPython(request, origin));
    },
    destroy() {},
  };
}
