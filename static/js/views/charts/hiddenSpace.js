/** The hidden space: the worker's picture of it, what its axes are, and whose it is. */

import { element, setAttribute, showPicture, setText } from '../../lib/dom/element.js';
import { percent, shortest, whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../lib/render/scene.js').Space} Space */

/** An axis's name and, at its ends, its values. @param {string} side */
function createAxis(side) {
  const [low, name, high] = [element('span'), element('b'), element('span')];
  const node = element('div', { class: `spaceAxis ${side}`, 'aria-hidden': 'true' }, [low, name, high]);
  return {
    node,
    /** @param {string} words @param {[number, number] | null} range */
    set(words, range) {
      setText(name, words);
      setText(low, range ? shortest(range[0], 2) : '');
      setText(high, range ? shortest(range[1], 2) : '');
    },
  };
}

/** @param {Space} space @param {0 | 1} axis */
function axisName({ kind, shares }, axis) {
  if (kind === 'components')
    return text('space.component', { number: axis + 1, share: percent(shares[axis], 0) });
  if (kind === 'unit' && axis === 1) return '';
  return text('card.unit', { unit: axis + 1 });
}

/** @param {HTMLElement} root @param {Actions} actions */
export function createHiddenSpace(root, actions) {
  const canvas = element('canvas', { class: 'plane', role: 'img', 'aria-label': text('sight.space.name') });
  const menu = element('select', { class: 'ofLayer', 'aria-label': text('space.layer') });
  const axes = { across: createAxis('across'), up: createAxis('up') };
  const square = element('div', { class: 'square' }, [canvas, menu, axes.across.node, axes.up.node]);
  root.append(square);
  menu.addEventListener('change', () => actions.setUi({ spaceLayer: Number(menu.value) }));
  let filled = 0;
  /** @type {State['pictures']} */
  let shown = null;

  /** @param {State} state @param {Space} space */
  function describe({ network, frame }, { kind, layer, shares }) {
    const { units } = network?.spec.layers[layer] ?? { units: 0 };
    const words = {
      layer: layer + 2,
      units,
      step: whole(frame?.step ?? 0),
      share: percent(shares[0] + shares[1], 0),
    };
    setAttribute(
      canvas,
      'aria-label',
      text(kind === 'components' ? 'space.components' : 'space.described', words),
    );
  }

  return {
    /** @param {State} state */
    update(state) {
      const { network, pictures, layoutSizes } = state;
      const layers = Math.max(1, (network?.spec.layers.length ?? 1) - 1);
      if (layers !== filled) {
        filled = layers;
        menu.replaceChildren(
          ...Array.from({ length: layers }, (_, layer) =>
            element('option', { value: String(layer) }, [text('network.layer', { layer: layer + 2 })]),
          ),
        );
      }
      if (pictures === shown || !pictures?.space) return;
      shown = pictures;
      const { space } = pictures;
      showPicture(canvas, space.picture, layoutSizes.density);
      if (menu.value !== String(space.layer)) menu.value = String(space.layer);
      axes.across.set(axisName(space, 0), space.across);
      axes.up.set(axisName(space, 1), space.kind === 'unit' ? null : space.up);
      if (!network?.playing || !canvas.dataset.kind) describe(state, space);
      setAttribute(canvas, 'data-kind', space.kind);
    },
    destroy() {},
  };
}
