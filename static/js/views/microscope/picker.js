/** Picking an example on the plane: a click takes the nearest point, a ring shows the one looked at. */

import { element } from '../../lib/element.js';
import { text } from '../../lib/text.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions.js').Actions} Actions */

const REACH = 1.1;

/** Where an example stands on the plane, 0…1 across and up; null where it cannot be seen. @param {State} state @param {number} example */
function spotOf({ data, network, look }, example) {
  const row = data?.x[example];
  if (!row || row.length !== 2 || !network?.plane) return null;
  if (data?.split[example] === 'test' && !look.testPoints) return null;
  const { x1, x2 } = network.plane;
  return { across: (row[0] - x1[0]) / (x1[1] - x1[0]), up: (row[1] - x2[0]) / (x2[1] - x2[0]) };
}

/**
 * @param {HTMLElement} root the plane
 * @param {Actions} actions
 */
export function createPicker(root, actions) {
  const ring = element('span', { class: 'exampleRing', hidden: true, role: 'img' });
  root.append(ring);
  /** @type {State | null} */
  let now = null;

  /** @param {MouseEvent} event */
  function nearest(event) {
    if (!now?.data) return -1;
    const box = root.getBoundingClientRect();
    let best = -1;
    let least = REACH * now.measures.rem;
    for (let example = 0; example < now.data.x.length; example += 1) {
      const spot = spotOf(now, example);
      if (!spot) continue;
      const away = Math.hypot(box.left + spot.across * box.width - event.clientX, box.bottom - spot.up * box.height - event.clientY);
      if (away < least) {
        least = away;
        best = example;
      }
    }
    return best;
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
      const spot = open && trace ? spotOf({ ...state, look: { ...state.look, testPoints: true } }, example) : null;
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
