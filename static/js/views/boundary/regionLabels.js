/**
 * Three and more classes: the sign of its class on every region of the plane, so that colour is never alone.
 */

import { classSign } from '../../lib/format/classNames.js';
import { element, setText } from '../../lib/dom/element.js';
import { examplePosition } from '../../lib/plot/planeHitTest.js';
import { placeRegionLabels } from '../../lib/plot/regionLabels.js';

/** @typedef {import('../../state/types.js').State} State */

const PERIOD_MS = 250;

/** @param {HTMLElement} root the plane */
export function createRegionLabels(root) {
  /** @type {HTMLElement[]} */
  const signs = [];
  /** @type {State['pictures']} */
  let seenPictures = null;
  /** @type {State['data']} */
  let seenData = null;
  let last = -Infinity;

  /** @param {number} count */
  function keep(count) {
    while (signs.length < count) {
      const sign = element('span', { class: 'sign', 'aria-hidden': 'true' });
      signs.push(sign);
      root.append(sign);
    }
    for (const sign of signs.splice(count)) sign.remove();
  }

  return {
    /** @param {State} state */
    update(state) {
      const { pictures, network, data } = state;
      if (
        !pictures?.field ||
        !network ||
        network.classes < 3 ||
        pictures.field.length !== network.classes * pictures.side ** 2
      ) {
        keep(0);
        return;
      }
      const now = performance.now();
      if ((pictures === seenPictures && data === seenData) || (network.playing && now - last < PERIOD_MS))
        return;
      [seenPictures, seenData, last] = [pictures, data, now];
      const spots =
        data?.x.map((_, row) => examplePosition(state, row)).filter((spot) => spot !== null) ?? [];
      const places = placeRegionLabels(pictures.field, pictures.side, network.classes, spots);
      keep(places.length);
      places.forEach(({ label, across, up }, index) => {
        setText(signs[index], classSign(data, label));
        signs[index].style.left = `${100 * across}%`;
        signs[index].style.bottom = `${100 * up}%`;
      });
    },
    destroy() {
      keep(0);
    },
  };
}
