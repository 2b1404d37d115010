/** The head of the page for expressions: one gate on, one back, and how far the walk is. */

import { setEnabled, setAttribute, requireElement, setText } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';
import { walkLength } from '../../state/pages/graphWalk.js';

/** @typedef {import('../../state/pages/expressions.js').Expressions} Expressions */
/** @typedef {import('../../actions/expressions.js').ExpressionActions} Actions */

/** @param {HTMLElement} root @param {Actions} actions */
export function createExpressionControls(root, actions) {
  const on = (/** @type {string} */ name, /** @type {() => unknown} */ run) => {
    const button = requireElement(root, `[name=${name}]`, HTMLButtonElement);
    button.addEventListener('click', () => void run());
    return button;
  };
  const back = on('back', () => actions.walk(-1));
  const further = on('on', () => actions.walk(1));
  const all = on('all', actions.toEnd);
  const projector = on('projector', actions.switchProjector);
  const help = on('help', actions.toggleHelp);
  on('theme', actions.switchTheme);
  const progress = requireElement(root, '#progress', HTMLElement);
  return {
    /** @param {Expressions} state */
    update(state) {
      const count = walkLength(state);
      setEnabled(back, state.at > 0);
      for (const button of [further, all]) setEnabled(button, state.at < count);
      setText(progress, count > 0 ? text('deck.progress', { at: state.at, count }) : '');
      setAttribute(projector, 'aria-pressed', String(state.projector));
      setAttribute(help, 'aria-expanded', String(state.openPanel === 'help'));
    },
    destroy() {},
  };
}
