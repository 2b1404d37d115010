/** The product of a network's matrices, multiplied out beside the one neuron it is; and a bend to switch on between them. */

import { element, mark } from '../../lib/dom/element.js';
import { showFormula } from '../../lib/format/formula.js';
import { text } from '../../lib/format/i18n.js';
import { bracketed, figure } from '../../lib/format/boardNumber.js';
import { shows } from '../../state/pages/lecture.js';

/** @typedef {import('../../state/pages/lecture.js').Deck} Deck */
/** @typedef {{bend: (name: string) => unknown}} Actions */

const BENDS = ['linear', 'tanh', 'relu'];
const tex = (/** @type {number} */ value) => figure(value, false);
const matrix = (/** @type {number[][]} */ rows) => String.raw`\begin{pmatrix}${rows.map((row) => row.map(tex).join(' & ')).join(String.raw`\\`)}\end{pmatrix}`;
const column = (/** @type {number[]} */ values) => matrix(values.map((value) => [value]));

/** @param {HTMLElement} root @param {Actions} actions */
export function createProduct(root, actions) {
  const product = element('p', { class: 'productLine' });
  const bias = element('p', { class: 'productLine' });
  const words = element('p', { class: 'quietly' });
  const buttons = BENDS.map((name) => {
    const button = element('button', { type: 'button', name: `bend-${name}`, 'aria-pressed': 'false' }, [text(`activation.${name}.name`)]);
    button.addEventListener('click', () => void actions.bend(name));
    return button;
  });
  root.append(element('div', { class: 'choices', role: 'group', 'aria-label': text('deck.bend') }, [element('span', { class: 'term' }, [text('deck.bend')]), ...buttons]), product, bias, words);

  return {
    /** @param {Deck} deck */
    update(deck) {
      const now = deck.product;
      root.hidden = !shows(deck, 'product') || !now;
      if (!now || root.hidden) return;
      const straight = now.activation === 'linear';
      buttons.forEach((button, index) => mark(button, 'aria-pressed', String(BENDS[index] === now.activation)));
      root.toggleAttribute('data-bent', !straight);
      const [W1, W2] = now.W;
      const [b1, b2] = now.b;
      showFormula(product, straight ? `W^{(2)} W^{(1)} = ${matrix(W2)}${matrix(W1)} = ${matrix([now.product])}` : String.raw`f(x) = ${matrix(W2)}\,g\!\left(${matrix(W1)} x + ${column(b1)}\right) + ${bracketed(b2[0], false)}`);
      showFormula(bias, straight ? `W^{(2)} b^{(1)} + b^{(2)} = ${matrix(W2)}${column(b1)} + ${bracketed(b2[0], false)} = ${tex(now.bias)}` : '');
      words.textContent = text(straight ? 'deck.readOff' : 'deck.parted');
    },
    destroy() {},
  };
}
