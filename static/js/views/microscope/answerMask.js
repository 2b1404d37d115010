/**
 * While something is to be found, whatever else on the page would tell it is covered: readings, tables,
 * curves.
 */

import { hideAnswers } from '../../lib/trace/blanks.js';

/** @typedef {import('../../state/types.js').State} State */

/** @param {HTMLElement} root the whole page */
export function createAnswerMask(root) {
  return {
    /** @param {State} state */
    update({ microscope, data }) {
      const { open, trace, blanks } = microscope;
      const covered = open && trace !== null && hideAnswers(trace, blanks).any;
      const trained = data?.split.filter((split) => split === 'train').length ?? 0;
      root.toggleAttribute('data-predicting', covered);
      root.toggleAttribute('data-alone', covered && trained === 1);
    },
    destroy() {
      root.removeAttribute('data-predicting');
      root.removeAttribute('data-alone');
    },
  };
}
