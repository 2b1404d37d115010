/** Picking an example on the plane: a click takes the nearest point, a ring shows the one looked at. */

import { element } from '../../lib/dom/element.js';
import { nearestExample, examplePosition } from '../../lib/plot/planeHitTest.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const REACH = 1.1;

/**
 * @param {HTMLElement} root the plane
 * @param {Actions} actions
 */
export function createExamplePicker(root, actions) {
  const ring = element('span', { class: 'exampleRing', hidden: true, role: 'img' });
  root.append(ring);
  /** @type {State | null} */
  let now = null;

  /** @param {MouseEvent} event */
  function nearest(event) {
    if (!now || now.drawing.on) return -1;
    return nearestExample(now, root.getBoundingClientRect(), event, REACH * now.layoutSizes.rem);
  }

  root.addEventListener('click', (event) => {
    const example = nearest(event);
    if (example >= 0) void actions.pickExample(example);
  });
  root.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'mouse') root.classList.toggle('pickable', nearest(event) >= 0);
  });

  return {
    /** @param {State} state */
    update(state) {
      now = state;
      const { open, example, trace } = state.microscope;
      const spot =
        open && trace ? examplePosition({ ...state, ui: { ...state.ui, testPoints: true } }, example) : null;
      ring.hidden = !spot;
      if (!spot) return;
      ring.style.left = `${100 * spot.across}%`;
      ring.style.bottom = `${100 * spot.up}%`;
      ring.setAttribute('aria-label', text('microscope.ring', { example }));
    },
    destroy() {
      ring.remove();
    },
  };
}
