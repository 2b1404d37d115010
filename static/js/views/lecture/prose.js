/** A page's title, sentences and formulas. `$…$` in a sentence is a formula, `*…*` a stressed word. */

import { element } from '../../lib/dom/element.js';
import { formulaNode } from '../../lib/format/formula.js';
import { withOwnDecimals } from '../../lib/format/boardNumber.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */

/** @param {string} sentence @returns {Node[]} */
function inline(sentence) {
  return sentence.split(/(\$[^$]+\$|\*[^*]+\*)/).map((piece) => {
    if (piece.startsWith('$')) return formulaNode(withOwnDecimals(piece.slice(1, -1)));
    if (/^[,.:;?!)]/.test(piece)) return new Text(`\u2060${piece}`);
    return piece.startsWith('*') ? element('em', {}, [piece.slice(1, -1)]) : new Text(piece);
  });
}

/** @param {HTMLElement} root */
export function createProse(root) {
  /** @type {Lecture['exhibit']} */
  let shown = null;
  return {
    /** @param {Lecture} lecture */
    update({ exhibit }) {
      if (!exhibit || exhibit === shown) return;
      shown = exhibit;
      root.replaceChildren(
        element('h1', {}, [exhibit.title]),
        ...exhibit.prose.map((paragraph) => element('p', {}, inline(paragraph))),
        ...exhibit.formulas.map((tex) =>
          formulaNode(String.raw`\displaystyle ${withOwnDecimals(tex)}`, 'display'),
        ),
      );
      root.scrollTop = 0;
    },
    destroy() {},
  };
}
