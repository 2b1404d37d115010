/** The standing mark beside the loss of a network that rests: backpropagation was checked, and how near it came. */

import { setAttribute, setText } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';
import { formatBriefly } from '../../lib/format/boardNumber.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {{checkQuietly: () => unknown, checkGradient: () => unknown}} Actions */

const REST = 700;

/** What a check is of. @param {State} state */
const standOf = ({ network, frame }) => `${network?.id} ${network?.version} ${frame?.step ?? network?.step}`;

/** @param {HTMLButtonElement} root @param {Actions} actions */
export function createGradientBadge(root, actions) {
  let asked = '';
  let timer = 0;
  root.addEventListener('click', () => void actions.checkGradient());

  /** @param {State} state */
  function askSoon(state) {
    const stand = standOf(state);
    if (stand === asked) return;
    asked = stand;
    window.clearTimeout(timer);
    if (state.network?.spec.dtype === 'float64') timer = window.setTimeout(() => void actions.checkQuietly(), REST);
  }

  return {
    /** @param {State} state */
    update(state) {
      const { network, microscope } = state;
      const rests = network !== null && network.status !== 'playing' && network.status !== 'diverged';
      if (rests) askSoon(state);
      else window.clearTimeout(timer);
      if (!rests) asked = '';
      const { check, checkOf } = microscope;
      root.hidden = !rests || !check || checkOf !== standOf(state);
      if (root.hidden || !check) return;
      setText(root, text('microscope.check.mark', { error: formatBriefly(check.error) }));
      setAttribute(root, 'data-fine', String(check.agrees));
    },
    destroy() {
      window.clearTimeout(timer);
    },
  };
}
