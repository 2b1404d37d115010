/**
 * A number for each name in a formula: typed, stepped with the arrow keys, or dragged, beside the graph and
 * in it.
 */

import { element } from '../../lib/dom/element.js';
import { parseNumber, shortest } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {{set: (name: string, value: number) => unknown}} Actions */

const STEP = 0.1;
const FINE = 0.01;
const PIXELS = 6;
const DECIMALS = 6;

/** @param {number} value */
const tidy = (value) => Number(value.toFixed(DECIMALS));

/**
 * Whatever carries a name can be dragged to another value.
 * @param {HTMLElement} root
 * @param {() => Record<string, number>} values
 * @param {Actions} actions
 */
export function makeDraggable(root, values, actions) {
  /** @type {{name: string, start: number, x: number, moved: boolean} | null} */
  let held = null;
  root.addEventListener('pointerdown', (event) => {
    const named = event.target instanceof Element ? event.target.closest('[data-name]') : null;
    const name = named?.getAttribute('data-name') ?? '';
    if (!(name in values()) || event.button !== 0) return;
    held = { name, start: values()[name], x: event.clientX, moved: false };
  });
  root.addEventListener('pointermove', (event) => {
    if (!held) return;
    const steps = Math.round((event.clientX - held.x) / PIXELS);
    if (steps === 0 && !held.moved) return;
    if (!held.moved) root.setPointerCapture(event.pointerId);
    held.moved = true;
    actions.set(held.name, tidy(held.start + steps * (event.shiftKey ? FINE : STEP)));
  });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    root.addEventListener(end, () => {
      held = null;
    });
  }
}

/** @param {string} name @param {() => Record<string, number>} values @param {Actions} actions */
function field(name, values, actions) {
  const input = element('input', { inputmode: 'decimal', name: `value-${name}`, autocomplete: 'off' });
  /** @param {number} next */
  const offer = (next) => {
    if (Number.isFinite(next)) actions.set(name, next);
    else input.value = shortest(values()[name]);
  };
  let typing = false;
  input.addEventListener('input', () => {
    typing = true;
  });
  input.addEventListener('change', () => {
    typing = false;
    offer(parseNumber(input.value));
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    offer(tidy(values()[name] + (event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? FINE : STEP)));
  });
  const handle = element('span', { class: 'handle', 'data-name': name, title: text('gates.drag') }, [name]);
  return {
    node: element('label', {}, [handle, input]),
    /** What is being typed stays. */
    show() {
      const shown = shortest(values()[name]);
      if (!typing && input.value !== shown) input.value = shown;
    },
  };
}

/** @param {HTMLElement} root @param {() => Record<string, number>} values @param {Actions} actions */
export function createFields(root, values, actions) {
  /** @type {Map<string, ReturnType<typeof field>>} */
  let fields = new Map();
  return {
    update() {
      const names = Object.keys(values());
      if (names.join() !== [...fields.keys()].join()) {
        fields = new Map(names.map((name) => [name, fields.get(name) ?? field(name, values, actions)]));
        root.replaceChildren(...[...fields.values()].map(({ node }) => node));
      }
      for (const { show } of fields.values()) show();
    },
  };
}
