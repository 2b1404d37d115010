/**
 * The product of a network's matrices, multiplied out beside the one neuron it is; and a bend to switch on
 * between them.
 */

import { element, setAttribute } from '../../lib/dom/element.js';
import { showFormula } from '../../lib/format/formula.js';
import { text } from '../../lib/format/i18n.js';
import { bracketedTex, numberTex } from '../../lib/format/boardNumber.js';
import { showsPart } from '../../state/pages/lecture.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {{setHiddenActivation: (name: string) => unknown}} Actions */

const BENDS = ['linear', 'tanh', 'relu'];
const tex = (/** @type {number} */ value) => numberTex(value, false);
const matrix = (/** @type {number[][]} */ rows) =>
  String.raw`\begin{pmatrix}${rows.map((row) => row.map(tex).join(' & ')).join(String.raw`\\`)}\end{pmatrix}`;
const column = (/** @type {number[]} */ values) => matrix(values.map((value) => [value]));

/** @param {HTMLElement} root @param {Actions} actions */
export function createMatrixProduct(root, actions) {
  const product = element('p', { class: 'productLine' });
  const bias = element('p', { class: 'productLine' });
  const words = element('p', { class: 'quietly' });
  const buttons = BENDS.map((name) => {
    const button = element('button', { type: 'button', name: `bend-${name}`, 'aria-pressed': 'false' }, [
      text(`activation.${name}.name`),
    ]);
    button.addEventListener('click', () => void actions.setHiddenActivation(name));
    return button;
  });
  root.append(
    element('div', { class: 'choices', role: 'group', 'aria-label': text('deck.bend') }, [
      element('span', { class: 'term' }, [text('deck.bend')]),
      ...buttons,
    ]),
    product,
    bias,
    words,
  );

  return {
    /** @param {Lecture} lecture */
    update(lecture) {
      const now = lecture.product;
      root.hidden = !showsPart(lecture, 'product') || !now;
      if (!now || root.hidden) return;
      const straight = now.activation === 'linear';
      buttons.forEach((button, index) =>
        setAttribute(button, 'aria-pressed', String(BENDS[index] === now.activation)),
      );
      root.toggleAttribute('data-bent', !straight);
      const [W1, W2] = now.W;
      const [b1, b2] = now.b;
      showFormula(
        product,
        straight
          ? `W^{(2)} W^{(1)} = ${matrix(W2)}${matrix(W1)} = ${matrix([now.product])}`
          : String.raw`f(x) = ${matrix(W2)}\,g\!\left(${matrix(W1)} x + ${column(b1)}\right) + ${bracketedTex(b2[0], false)}`,
      );
      showFormula(
        bias,
        straight
          ? `W^{(2)} b^{(1)} + b^{(2)} = ${matrix(W2)}${column(b1)} + ${bracketedTex(b2[0], false)} = ${tex(now.bias)}`
          : '',
      );
      words.textContent = text(straight ? 'deck.readOff' : 'deck.parted');
    },
    destroy() {},
  };
}
