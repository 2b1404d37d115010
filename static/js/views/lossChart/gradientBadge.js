/**
 * The standing mark beside the loss of a network that rests: backpropagation was checked, and how near it
 * came.
 */

import { setAttribute, setText } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';
import { formatBriefly } from '../../lib/format/boardNumber.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {{checkQuietly: () => unknown, checkGradient: () => unknown}} Actions */

const SETTLE_MS = 700;

/** What a check is of. @param {State} state */
const settledKey = ({ network, frame }) =>
  `${network?.id} ${network?.version} ${frame?.step ?? network?.step}`;

/** @param {HTMLButtonElement} root @param {Actions} actions */
export function createGradientBadge(root, actions) {
  let checkedKey = '';
  let timer = 0;
  root.addEventListener('click', () => void actions.checkGradient());

  /** @param {State} state */
  function askSoon(state) {
    const key = settledKey(state);
    if (key === checkedKey) return;
    checkedKey = key;
    window.clearTimeout(timer);
    if (state.network?.spec.dtype === 'float64')
      timer = window.setTimeout(() => void actions.checkQuietly(), SETTLE_MS);
  }

  return {
    /** @param {State} state */
    update(state) {
      const { network, microscope } = state;
      const rests = network !== null && network.status !== 'playing' && network.status !== 'diverged';
      if (rests) askSoon(state);
      else window.clearTimeout(timer);
      if (!rests) checkedKey = '';
      const { check, checkOf } = microscope;
      root.hidden = !rests || !check || checkOf !== settledKey(state);
      if (root.hidden || !check) return;
      setText(root, text('microscope.check.mark', { error: formatBriefly(check.error) }));
      setAttribute(root, 'data-fine', String(check.agrees));
    },
    destroy() {
      window.clearTimeout(timer);
    },
  };
}
