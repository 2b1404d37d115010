/** The gradient check: backpropagation beside central differences, weight by weight, the worst first. */

import { element } from '../../lib/dom/element.js';
import { formulaNode } from '../../lib/format/formula.js';
import { formatBriefly, formatNumber } from '../../lib/format/boardNumber.js';
import { symbolTex } from '../../lib/trace/symbols.js';
import { whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/slices/microscope.js').GradientCheck} GradientCheck */

const MOST = 200;

/** @param {GradientCheck} check */
function head({ step, error, agrees, kinks }) {
  const words = { step: whole(step), error: formatBriefly(error), kinks };
  const verdict = text(agrees ? 'microscope.check.agree' : 'microscope.check.differ', words);
  return element('p', { class: 'verdict' }, [
    kinks > 0 ? `${verdict} ${text('microscope.check.kinks', words)}` : verdict,
  ]);
}

/** @param {HTMLElement} root */
export function createGradientCheck(root) {
  /** @type {GradientCheck | null} */
  let shown = null;
  return {
    /** @param {GradientCheck | null} check */
    show(check) {
      if (check === shown) return;
      shown = check;
      if (!check) {
        root.replaceChildren(element('p', { class: 'quietly' }, [text('microscope.check.waiting')]));
        return;
      }
      const titles = ['weight', 'backprop', 'numerical', 'error'].map((name) =>
        element('th', { scope: 'col' }, [text(`microscope.check.${name}`)]),
      );
      const worst = [...check.parameters]
        .sort((a, b) => (b.relative_error ?? 0) - (a.relative_error ?? 0))
        .slice(0, MOST);
      const rows = worst.map(({ name, backprop, numerical, relative_error, kink }) =>
        element('tr', {}, [
          element('th', { scope: 'row' }, [formulaNode(symbolTex(name))]),
          element('td', { title: String(backprop) }, [formatNumber(backprop)]),
          element('td', { title: String(numerical) }, [formatNumber(numerical)]),
          element('td', {}, [kink ? text('microscope.check.kink') : formatBriefly(relative_error)]),
        ]),
      );
      const table = element('table', {}, [
        element('thead', {}, [element('tr', {}, titles)]),
        element('tbody', {}, rows),
      ]);
      root.replaceChildren(
        head(check),
        element(
          'div',
          { class: 'tableBox', tabindex: '0', role: 'region', 'aria-label': text('microscope.check.name') },
          [table],
        ),
      );
    },
  };
}
