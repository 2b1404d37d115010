/**
 * On the first plane of a page that multiplies out its matrices: the line of the one neuron they make, dashed
 * over the boundary.
 */

import { svgElement } from '../../lib/dom/svg.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../../state/types.js').State} State */

const SIDE = 100;

/** @param {HTMLElement} root where the networks stand */
export function createCollapsedLine(root) {
  /** @type {{product: number[], bias: number} | null} as it was while there was no bend */
  let neuron = null;
  let drawn = '';
  return {
    /** @param {Lecture} lecture @param {State[]} networks */
    update({ product }, [first]) {
      const board = root.querySelector('.board');
      const plane = first?.network?.plane;
      if (!product || !board || !plane) return;
      if (product.activation === 'linear') neuron = product;
      if (!neuron) return;
      const key = JSON.stringify([neuron, plane, first.network?.id]);
      if (key === drawn && board.querySelector('.equalLine')) return;
      drawn = key;
      const [w1, w2] = neuron.product;
      const { bias } = neuron;
      const [left, right] = plane.x1;
      const [low, high] = plane.x2;
      const y = (/** @type {number} */ x1) => (SIDE * (high - -(bias + w1 * x1) / w2)) / (high - low);
      const d = `M0,${y(left)}L${SIDE},${y(right)}`;
      board.querySelector('.equalLine')?.remove();
      board.append(
        svgElement('svg', { class: 'equalLine', viewBox: `0 0 ${SIDE} ${SIDE}`, 'aria-hidden': 'true' }, [
          svgElement('path', { class: 'under', d }),
          svgElement('path', { d }),
        ]),
      );
    },
    destroy() {},
  };
}
