/** Gates to put in their places in a network, one by one or all at once; and biases to hold or let go. */

import { element } from '../lib/element.js';
import { text } from '../lib/text.js';

/** @typedef {import('../state/deck.js').Deck} Deck */
/** @typedef {{compose: (names: string[]) => unknown}} Actions */

/** @param {HTMLElement} root @param {Actions} actions */
export function createCompose(root, actions) {
  let page = '';
  /** @type {Set<string>} */
  let placed = new Set();

  /** @param {string[]} names */
  function build(names) {
    const button = (/** @type {string} */ words, /** @type {() => string[]} */ next, /** @type {string | null} */ name) => {
      const node = element('button', { type: 'button', ...(name ? { 'aria-pressed': String(placed.has(name)) } : {}) }, [words]);
      node.addEventListener('click', () => {
        placed = new Set(next());
        build(names);
        void actions.compose([...placed]);
      });
      return node;
    };
    const gates = names.map((name) => button(name, () => (placed.has(name) ? [...placed].filter((other) => other !== name) : [...placed, name]), name));
    root.replaceChildren(element('span', { class: 'term' }, [text('deck.gates')]), ...gates, button(text('deck.compose'), () => names, null), button(text('deck.apart'), () => [], null));
  }

  return {
    /** @param {Deck} deck */
    update({ exhibit }) {
      const names = Object.keys(exhibit?.compose ?? {});
      root.hidden = names.length === 0;
      if (page === exhibit?.id) return;
      page = exhibit?.id ?? '';
      placed = new Set(names);
      build(names);
    },
    destroy() {},
  };
}
