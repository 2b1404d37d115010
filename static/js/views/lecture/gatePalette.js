/** Gates to put into a network: dragged onto any unit, or with one click to where the page has them. */

import { element } from '../../lib/dom/element.js';
import { createDrag } from '../../lib/dom/drag.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {{compose: (placed: Record<string, string>) => unknown, composeAll: () => unknown}} Actions */

/**
 * The places of a network's units, in the order of their buttons.
 * @param {Lecture['exhibit']} exhibit
 * @returns {string[]}
 */
function placesOf(exhibit) {
  const { layers } = /** @type {{layers: {units: number}[]}} */ (exhibit?.network ?? { layers: [] });
  return layers.flatMap(({ units }, layer) =>
    Array.from({ length: units }, (_, unit) => `${layer + 2}.${unit + 1}`),
  );
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} networksRoot the networks of the page
 * @param {Actions} actions
 */
export function createGatePalette(root, networksRoot, actions) {
  /** @type {Lecture | null} */
  let now = null;
  const units = () => [
    ...(networksRoot.querySelector('.stand')?.querySelectorAll('.unit:not(.feature)') ?? []),
  ];

  /** @param {string} name */
  function toggle(name) {
    if (!now) return;
    const { exhibit, placed } = now;
    const { layer, unit } = exhibit?.compose[name] ?? { layer: 2, unit: 1 };
    const others = Object.entries(placed).filter(([, other]) => other !== name);
    const on = others.length === Object.keys(placed).length;
    void actions.compose({ ...Object.fromEntries(others), ...(on && { [`${layer}.${unit}`]: name }) });
  }

  /**
   * Dropped on a unit that has as many inputs, a gate takes it over.
   * @param {string} name
   * @param {Element | null} target
   */
  function drop(name, target) {
    const place = placesOf(now?.exhibit ?? null)[target ? units().indexOf(target) : -1];
    if (now && place && fits(name, place)) void actions.compose({ ...now.placed, [place]: name });
  }

  /** @param {string} name @param {string} place */
  function fits(name, place) {
    const layer = Number(place.split('.')[0]);
    const { parameters } = /** @type {{parameters?: {W: number[][]}[]}} */ (now?.exhibit?.network ?? {});
    return parameters?.[layer - 2]?.W[0].length === (now?.exhibit?.compose[name].w.length ?? 0) - 1;
  }

  /** @param {string} words @param {() => unknown} press */
  function button(words, press) {
    const node = element('button', { type: 'button' }, [words]);
    node.addEventListener('click', () => void press());
    return node;
  }

  /** @param {Lecture} lecture */
  function build({ exhibit, placed }) {
    const names = Object.keys(exhibit?.compose ?? {});
    const gates = names.map((name) => {
      const node = button(name, () => toggle(name));
      node.setAttribute('aria-pressed', String(Object.values(placed).includes(name)));
      node.setAttribute('data-hint', 'deck.gate');
      node.className = 'gateChip';
      createDrag(node, { over: units, drop: (target) => drop(name, target) });
      return node;
    });
    root.replaceChildren(
      element('span', { class: 'term' }, [text('deck.gates')]),
      ...gates,
      button(text('deck.compose'), actions.composeAll),
      button(text('deck.apart'), () => actions.compose({})),
    );
  }

  /** Each gate's name on the unit it is in. @param {Lecture} lecture */
  function nameUnits({ exhibit, placed }) {
    const places = placesOf(exhibit);
    units().forEach((unit, index) => {
      const name = placed[places[index]] ?? '';
      if (unit instanceof HTMLElement && (unit.dataset.gate ?? '') !== name) unit.dataset.gate = name;
    });
  }

  return {
    /** @param {Lecture} lecture */
    update(lecture) {
      const before = now;
      now = lecture;
      root.hidden = Object.keys(lecture.exhibit?.compose ?? {}).length === 0;
      if (before?.exhibit !== lecture.exhibit || before?.placed !== lecture.placed) {
        const focused = [...root.querySelectorAll('button')].findIndex(
          (node) => node === document.activeElement,
        );
        build(lecture);
        root.querySelectorAll('button')[focused]?.focus();
      }
      if (!root.hidden) nameUnits(lecture);
    },
    /** Once the networks have been drawn. */
    draw() {
      if (now && !root.hidden) nameUnits(now);
    },
    destroy() {},
  };
}
