/**
 * The card of what is chosen: a weight or a bias to be set, or a unit with its response map and all that
 * leads into it.
 */

import { element, icon, requireElement as find } from '../../lib/dom/element.js';
import { middle } from '../../lib/plot/diagramLayout.js';
import { diagramOf } from '../../lib/model/selectors.js';
import { unitName, weightName } from '../../lib/format/notation.js';
import { samePart } from '../../lib/plot/diagramHitTest.js';
import { text } from '../../lib/format/i18n.js';
import { createUnit } from './unit.js';
import { createWeight } from './weight.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../../lib/plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const AWAY = 14;
const CLEAR = 30;

/** What the card is called, in nodes. @param {Part} part */
function titleOf({ kind, layer, unit, input }) {
  if (kind === 'unit') return [`${text('card.unit', { unit: unit + 1 })} `, unitName(layer, unit)];
  return [`${text(kind === 'bias' ? 'card.bias' : 'card.weight')} `, weightName(layer, unit, input)];
}

/** @param {Part} part @param {NetworkState} network @param {Actions} actions */
function contentOf(part, network, actions) {
  const content =
    part.kind === 'unit' ? createUnit(part, network, actions) : createWeight(part, network, actions);
  const close = element('button', { type: 'button', class: 'tool square', 'aria-label': text('close') }, [
    icon('close'),
  ]);
  close.addEventListener('click', () => actions.dismiss());
  const header = element('header', {}, [
    element('div', {}, [element('h3', { tabindex: '-1' }, titleOf(part)), content.where]),
    close,
  ]);
  return { ...content, nodes: [header, ...content.nodes] };
}

/** The button of the unit that a part belongs to. @param {Part} part @returns {HTMLElement | null} */
const unitOf = ({ layer, unit }) => document.querySelector(`#units [data-part="${layer}.${unit}"]`);

/** Where on the diagram a part is. @param {Part} part @param {Geometry} geometry */
function anchorOf(part, { links, columns }) {
  if (part.kind === 'link') {
    const link = links.find(
      ({ layer, unit, input }) => layer === part.layer && unit === part.unit && input === part.input,
    );
    if (link) return { ...middle(link), reach: 0 };
  }
  const column = columns[part.layer + 1];
  return { ...column.units[part.unit], reach: column.size / 2 };
}

/**
 * Beside what it is about, inside the panel: a unit's card to its right or left, a link's above or below
 * where there is room.
 * @param {HTMLElement} root
 * @param {Part} part
 * @param {Geometry} geometry
 */
function place(root, part, geometry) {
  const panel = /** @type {HTMLElement} */ (root.parentElement);
  const stage = find(panel, '#stage', HTMLElement);
  const anchor = anchorOf(part, geometry);
  const x = stage.offsetLeft + anchor.x - stage.scrollLeft;
  const y = stage.offsetTop + anchor.y - stage.scrollTop;
  const microscope = find(panel, '#microscope', HTMLElement);
  const open = microscope.hasAttribute('data-open') && microscope.offsetParent !== null;
  const floor = open ? microscope.offsetTop : panel.clientHeight;
  root.style.maxHeight = open ? `${floor - 2 * AWAY}px` : '';
  const { offsetWidth: width, offsetHeight: height } = root;
  const beside = part.kind === 'link' ? CLEAR : anchor.reach + AWAY;
  const right = x + beside;
  let left =
    right + width <= panel.clientWidth - AWAY || x < width + beside + AWAY ? right : x - beside - width;
  let top = y - height / 2;
  if (part.kind === 'link' && y - height - CLEAR >= AWAY) [left, top] = [x - width / 2, y - height - CLEAR];
  else if (part.kind === 'link' && y + CLEAR + height <= floor - AWAY)
    [left, top] = [x - width / 2, y + CLEAR];
  root.style.left = `${Math.max(AWAY, Math.min(panel.clientWidth - width - AWAY, left))}px`;
  root.style.top = `${Math.max(AWAY, Math.min(floor - height - AWAY, top))}px`;
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createCard(root, actions) {
  /** @type {Part | null} */
  let shown = null;
  /** @type {ReturnType<typeof contentOf> | null} */
  let content = null;
  let builtFor = '';
  /** @type {Geometry | null} */
  let around = null;
  const watcher = new ResizeObserver(() => {
    if (shown && around && !root.hidden) place(root, shown, around);
  });
  watcher.observe(root);

  return {
    /** @param {State} state */
    update(state) {
      const { chosen } = state.selection;
      const { network } = state;
      const geometry = diagramOf(state);
      const held = root.contains(document.activeElement);
      root.hidden = !chosen || !network || !geometry;
      if (!chosen || !network || !geometry) {
        if (held && shown) unitOf(shown)?.focus();
        shown = null;
        return;
      }
      const setup = JSON.stringify([network.spec.features, network.spec.layers.map(({ units }) => units)]);
      const fresh = !samePart(chosen, shown) || setup !== builtFor;
      if (fresh) {
        shown = chosen;
        builtFor = setup;
        content = contentOf(chosen, network, actions);
        root.replaceChildren(...content.nodes);
        root.setAttribute('aria-label', root.querySelector('h3')?.textContent ?? '');
      }
      content?.update(state);
      if (fresh || around !== geometry) place(root, chosen, geometry);
      if (fresh && (held || unitOf(chosen)?.matches(':focus-visible'))) find(root, 'h3', HTMLElement).focus();
      around = geometry;
    },
    destroy() {
      watcher.disconnect();
    },
  };
}
