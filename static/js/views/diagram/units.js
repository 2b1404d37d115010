/**
 * What can be pressed and focused: a button per unit, a switch per feature, with words for those who do not
 * see them.
 */

import { element, setAttribute } from '../../lib/dom/element.js';
import { samePart } from '../../lib/plot/diagramHitTest.js';
import { formulaNodes } from '../../lib/format/notation.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../lib/plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const LONG = 9;

/** @param {HTMLElement} node @param {number} x @param {number} y */
function put(node, x, y) {
  node.style.left = `${x}px`;
  node.style.top = `${y}px`;
}

/** @param {Geometry} geometry @param {Actions} actions */
function featureNodes({ columns: [{ units, size }], offers, used }, actions) {
  return offers.flatMap(({ formula, active }, index) => {
    const { x, y } = units[index];
    const off = `${active < 0 ? ' off' : ''}${formula.length > LONG ? ' long' : ''}`;
    const button = element('button', {
      type: 'button',
      class: `unit feature${off}`,
      'aria-pressed': String(active >= 0),
      'aria-label': text(active >= 0 ? 'network.on' : 'network.off', { formula }),
      'data-hint': 'network.feature',
    });
    button.style.width = button.style.height = `${size}px`;
    button.disabled = used;
    button.addEventListener('click', () => void actions.toggleFeature(formula));
    const part = /** @type {Part} */ ({ kind: 'unit', layer: -1, unit: index, input: -1 });
    button.addEventListener('pointerenter', ({ pointerType }) =>
      actions.hoverPart(pointerType === 'touch' ? null : part),
    );
    button.addEventListener('pointerleave', () => actions.hoverPart(null));
    button.addEventListener('focus', () => actions.hoverPart(button.matches(':focus-visible') ? part : null));
    button.addEventListener('blur', () => actions.hoverPart(null));
    const label = element('span', { class: `formula${off}`, 'aria-hidden': 'true' }, formulaNodes(formula));
    put(button, x, y);
    put(label, x - size / 2, y);
    return [button, label];
  });
}

/** @param {Geometry} geometry @param {Actions} actions */
function unitNodes({ columns }, actions) {
  /** @type {{button: HTMLButtonElement, part: Part}[]} */
  const found = [];
  for (const { layer, units, size } of columns.slice(1)) {
    units.forEach(({ x, y }, unit) => {
      const part = /** @type {Part} */ ({ kind: 'unit', layer, unit, input: -1 });
      const label = text('network.unit.name', { unit: unit + 1, layer: layer + 2 });
      const button = element('button', {
        type: 'button',
        class: 'unit',
        'aria-label': label,
        'data-hint': 'network.unit',
        'data-part': `${layer}.${unit}`,
      });
      button.style.width = button.style.height = `${size}px`;
      button.addEventListener('focus', () =>
        actions.hoverPart(button.matches(':focus-visible') ? part : null),
      );
      button.addEventListener('blur', () => actions.hoverPart(null));
      button.addEventListener('click', (event) => {
        if (event.detail === 0) actions.selectPart(part);
      });
      put(button, x, y);
      found.push({ button, part });
    });
  }
  return found;
}

/**
 * A unit that does nothing any more says so, by a ring and in words.
 * @param {HTMLButtonElement} button
 * @param {Part} part
 * @param {'' | 'dead' | 'flat'} silence
 */
function tell(button, { layer, unit }, silence) {
  const named = { unit: unit + 1, layer: layer + 2 };
  button.dataset.silence = silence;
  button.setAttribute('aria-label', text(`network.unit.${silence || 'name'}`, named));
  button.setAttribute('data-hint', silence ? `network.${silence}` : 'network.unit');
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createUnits(root, actions) {
  /** @type {Geometry | null} */
  let built = null;
  /** @type {{button: HTMLButtonElement, part: Part}[]} */
  let units = [];

  /** @param {Geometry} geometry */
  function build(geometry) {
    built = geometry;
    units = unitNodes(geometry, actions);
    root.replaceChildren(...featureNodes(geometry, actions), ...units.map(({ button }) => button));
  }

  return {
    /** @param {State} state @param {Geometry} geometry */
    update({ selection, pictures }, geometry) {
      if (geometry !== built) build(geometry);
      for (const { button, part } of units) {
        setAttribute(button, 'aria-expanded', String(samePart(selection.chosen, part)));
        const silence = pictures?.silent?.[part.layer]?.[part.unit] ?? '';
        if (button.dataset.silence !== silence) tell(button, part, silence);
      }
    },
  };
}
