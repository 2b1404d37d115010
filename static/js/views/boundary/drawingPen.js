/**
 * The pen on the plane: a press adds a point or takes hold of one, a drag moves it, the eraser takes away
 * what it touches.
 */

import { element, setAttribute, requireElement } from '../../lib/dom/element.js';
import { nearestExample, planePointAt, examplePosition, positionOn } from '../../lib/plot/planeHitTest.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const REACH = 0.6;
const REACH_TOUCHED = 1.1;
const SLACK = 3;

/** @param {HTMLElement} node @param {{across: number, up: number} | null} spot */
function put(node, spot) {
  node.hidden = !spot;
  if (!spot) return;
  node.style.left = `${100 * spot.across}%`;
  node.style.bottom = `${100 * spot.up}%`;
}

/**
 * @param {HTMLElement} root the plane
 * @param {Actions} actions
 */
export function createDrawingPen(root, actions) {
  const surface = element('div', {
    class: 'surface',
    tabindex: '0',
    role: 'application',
    'aria-label': text('draw.surface'),
    hidden: true,
  });
  const ring = element('span', { class: 'exampleRing drawn', hidden: true, 'aria-hidden': 'true' });
  const cross = element('span', { class: 'cursor', hidden: true, 'aria-hidden': 'true' });
  const points = requireElement(root, '.points', HTMLCanvasElement);
  root.append(ring, cross, surface);
  /** @type {State | null} */
  let now = null;
  /** @type {State | null} that of which a point was rubbed out: its rows are others now */
  let rubbed = null;
  /** @type {{x: number, y: number, moved: boolean} | null} where the press began */
  let pressed = null;

  /** @param {PointerEvent} event */
  function under(event) {
    if (!now || now.drawing.blank) return -1;
    const reach = (event.pointerType === 'mouse' ? REACH : REACH_TOUCHED) * now.layoutSizes.rem;
    return nearestExample(now, root.getBoundingClientRect(), event, reach);
  }

  /** @param {PointerEvent} event */
  function rub(event) {
    const row = rubbed === now ? -1 : under(event);
    if (row < 0) return;
    rubbed = now;
    actions.removePoint(row);
  }

  surface.addEventListener('pointerdown', (event) => {
    const plane = now?.network?.plane;
    if (!now || !plane || event.button !== 0) return;
    surface.setPointerCapture(event.pointerId);
    pressed = { x: event.clientX, y: event.clientY, moved: false };
    actions.draw({ cursor: null, held: false });
    if (actions.isErasing()) rub(event);
    else {
      const row = under(event);
      if (row >= 0) actions.draw({ chosen: row });
      else actions.addPoint(planePointAt(plane, root.getBoundingClientRect(), event));
    }
  });
  surface.addEventListener('pointermove', (event) => {
    const plane = now?.network?.plane;
    if (!now || !plane) return;
    if (!pressed) {
      setAttribute(
        surface,
        'data-over',
        Number.isNaN(now.drawing.brush) ? 'rub' : under(event) >= 0 ? 'point' : 'plane',
      );
      return;
    }
    pressed.moved ||= Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > SLACK;
    if (actions.isErasing()) rub(event);
    else if (pressed.moved) actions.moveChosen(planePointAt(plane, root.getBoundingClientRect(), event));
  });
  for (const end of ['pointerup', 'pointercancel']) {
    surface.addEventListener(end, () => {
      pressed = null;
    });
  }

  return {
    /** @param {State} state */
    update(state) {
      const { drawing, network } = state;
      now = state;
      if (surface.hidden === drawing.on) {
        surface.hidden = !drawing.on;
        if (drawing.on) surface.focus({ preventScroll: true });
      }
      points.classList.toggle('fading', drawing.on && drawing.blank);
      const all = { ...state, look: { ...state.ui, testPoints: true } };
      put(ring, drawing.on && drawing.chosen >= 0 ? examplePosition(all, drawing.chosen) : null);
      put(
        cross,
        drawing.on && drawing.cursor && network?.plane ? positionOn(network.plane, drawing.cursor) : null,
      );
      cross.classList.toggle('held', drawing.held);
    },
    destroy() {
      for (const node of [surface, ring, cross]) node.remove();
    },
  };
}
