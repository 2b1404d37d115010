/** The card of what is chosen: a weight or a bias to be set, or a unit with its response map and all that leads into it. */

import { element, icon, part as find, showPicture } from '../../lib/element.js';
import { middle } from '../../lib/geometry.js';
import { diagramOf, valueOf } from '../../lib/network.js';
import { gatesAddress, weightName, unitName, weightWords } from '../../lib/notation.js';
import { samePart } from '../../lib/pointing.js';
import { entryName, text } from '../../lib/text.js';
import { createIncoming, sourceNodes } from './incoming.js';
import { createValue } from './value.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../../lib/geometry.js').Geometry} Geometry */
/** @typedef {import('../../lib/pointing.js').Part} Part */
/** @typedef {import('../../actions.js').Actions} Actions */
/** @typedef {{nodes: Node[], update: (state: State) => void}} Content */

const AWAY = 14;
const CLEAR = 30;

/** @param {Node[]} title @param {Actions} actions */
function heading(title, actions) {
  const close = element('button', { type: 'button', class: 'tool square', 'aria-label': text('close') }, [icon('close')]);
  close.addEventListener('click', () => actions.dismiss());
  return element('header', {}, [element('h3', {}, title), close]);
}

/** @param {Part} part @param {NetworkState} network @param {Actions} actions @returns {Content} */
function weightContent(part, { spec }, actions) {
  const { layer, unit, input } = part;
  const bias = part.kind === 'bias';
  const named = { unit: unit + 1, layer: layer + 2 };
  const value = createValue(weightWords(layer, unit, input), (next) => void actions.setWeight(part, next));
  const [before, after] = text('card.from', { ...named, from: '|' }).split('|');
  const where = bias ? [text('card.ofUnit', named)] : [before, ...sourceNodes(spec, layer, input), after];
  const title = [new Text(`${text(bias ? 'card.bias' : 'card.weight')} `), weightName(layer, unit, input)];
  return {
    nodes: [heading(title, actions), element('p', { class: 'where' }, where), ...value.nodes],
    update: (state) => value.set(valueOf(state, part)),
  };
}

/** @param {Part} part @param {NetworkState} network @param {State} state @param {Actions} actions @returns {Content} */
function unitContent(part, { spec }, { catalog }, actions) {
  const { layer, unit } = part;
  const canvas = element('canvas', { role: 'img', 'aria-label': text('network.unit.name', { unit: unit + 1, layer: layer + 2 }) });
  const incoming = createIncoming(spec, part, actions);
  const entry = catalog?.activations.find(({ name }) => name === spec.layers[layer].activation);
  const activation = entry ? entryName('activation', entry) : '';
  const title = [new Text(`${text('card.unit', { unit: unit + 1 })} `), unitName(layer, unit)];
  const gates = element('a', { class: 'quietButton toGates', href: 'expressions' }, [text('card.gates')]);
  /** @type {ImageBitmap | null} */
  let drawn = null;
  return {
    nodes: [
      heading(title, actions),
      element('p', { class: 'where' }, [text('card.inLayer', { layer: layer + 2, activation })]),
      canvas,
      incoming.node,
      gates,
    ],
    update(state) {
      incoming.update(state);
      gates.href = gatesAddress(state.network?.id ?? '', layer + 2, unit + 1, state.microscope.example);
      const picture = state.pictures?.chosen ?? null;
      if (!picture || picture === drawn) return;
      drawn = picture;
      showPicture(canvas, picture, state.measures.density);
    },
  };
}

/** Where on the diagram a part is. @param {Part} part @param {Geometry} geometry */
function anchorOf(part, { links, columns }) {
  if (part.kind === 'link') {
    const link = links.find(({ layer, unit, input }) => layer === part.layer && unit === part.unit && input === part.input);
    if (link) return { ...middle(link), reach: 0 };
  }
  const column = columns[part.layer + 1];
  return { ...column.units[part.unit], reach: column.size / 2 };
}

/** Beside what it is about, inside the panel. @param {HTMLElement} root @param {Part} part @param {Geometry} geometry */
function place(root, part, geometry) {
  const panel = /** @type {HTMLElement} */ (root.parentElement);
  const stage = find(panel, '#stage', HTMLElement);
  const anchor = anchorOf(part, geometry);
  const x = stage.offsetLeft + anchor.x - stage.scrollLeft;
  const y = stage.offsetTop + anchor.y - stage.scrollTop;
  const { offsetWidth: width, offsetHeight: height } = root;
  let left = x - width / 2;
  let top = y - height - CLEAR;
  if (part.kind === 'link') top = top < AWAY ? y + CLEAR : top;
  else {
    const right = x + anchor.reach + AWAY;
    left = right + width <= panel.clientWidth - AWAY ? right : x - anchor.reach - AWAY - width;
    top = y - height / 2;
  }
  root.style.left = `${Math.max(AWAY, Math.min(panel.clientWidth - width - AWAY, left))}px`;
  root.style.top = `${Math.max(AWAY, Math.min(panel.clientHeight - height - AWAY, top))}px`;
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createCard(root, actions) {
  /** @type {Part | null} */
  let shown = null;
  /** @type {Content | null} */
  let content = null;
  let builtFor = '';

  return {
    /** @param {State} state */
    update(state) {
      const { chosen } = state.selection;
      const { network } = state;
      const geometry = diagramOf(state);
      root.hidden = !chosen || !network || !geometry;
      if (!chosen || !network || !geometry) {
        shown = null;
        return;
      }
      const setup = JSON.stringify([network.spec.features, network.spec.layers]);
      const fresh = !samePart(chosen, shown) || setup !== builtFor;
      if (fresh) {
        shown = chosen;
        builtFor = setup;
        content = chosen.kind === 'unit' ? unitContent(chosen, network, state, actions) : weightContent(chosen, network, actions);
        root.replaceChildren(...content.nodes);
        root.classList.toggle('slim', chosen.kind !== 'unit');
        root.setAttribute('aria-label', root.querySelector('h3')?.textContent ?? '');
      }
      content?.update(state);
      if (fresh) place(root, chosen, geometry);
    },
    destroy() {},
  };
}
