/** A button that keeps the values of parts as they are, whatever training does, or lets them learn again. */

import { element, icon, setAttribute, setText } from '../../lib/dom/element.js';
import { allFrozen } from '../../lib/model/frozen.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').Spec} Spec */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/**
 * @param {(spec: Spec) => Part[]} partsOf what it is about
 * @param {{name: string, words?: string}} labels name: for those who do not see it; words: on the button,
 *   none on a small one
 * @param {Actions} actions
 */
export function createFreezeButton(partsOf, { name, words }, actions) {
  const shackle = icon('unlock');
  const said = element('span', {}, [words ?? '']);
  const kind = words ? 'quietButton freeze' : 'freeze';
  const button = element(
    'button',
    { type: 'button', class: kind, 'aria-label': name, 'aria-pressed': 'false', 'data-hint': 'freeze' },
    words ? [shackle, said] : [shackle],
  );
  /** @type {Part[]} */
  let parts = [];
  button.addEventListener(
    'click',
    () => void actions.freeze(parts, button.getAttribute('aria-pressed') !== 'true'),
  );
  return {
    node: button,
    /** @param {State} state */
    update({ network }) {
      if (!network) return;
      parts = partsOf(network.spec);
      const frozen = allFrozen(network.spec, parts);
      setAttribute(button, 'aria-pressed', String(frozen));
      const use = shackle.querySelector('use');
      if (words) setText(said, frozen ? text('freeze.done') : words);
      if (use) setAttribute(use, 'href', frozen ? '#icon-lock' : '#icon-unlock');
    },
  };
}
