/** The bench: the networks of the page in sight, each on a stand of its own. */

import { requireElement } from '../lib/dom/element.js';
import { showsPart } from '../state/pages/lecture.js';
import { cloneTemplate, createEmbeddedNetwork } from './embeddedNetwork.js';

/** @typedef {import('../state/pages/lecture.js').Lecture} Deck */
/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../state/types.js').Catalog} Catalog */
/** @typedef {import('./embeddedNetwork.js').Appearance} Looks */
/** @typedef {import('./embeddedNetwork.js').EmbeddedNetwork} Stand */

/**
 * @param {Promise<Catalog>} catalog
 * @param {(states: State[]) => void} onDrawn after any network has been drawn
 */
export function createEmbeddedNetworks(catalog, onDrawn) {
  const root = requireElement(document, '#stands', HTMLElement);
  const walkRoot = requireElement(document, '#walk', HTMLElement);
  /** @type {Stand[]} */
  let stands = [];
  /** @type {Deck['networks']} */
  let shown = [];
  /** @type {Looks} */
  let looks = { palette: null, measures: {} };

  /** @param {Deck} deck */
  async function rebuild(deck) {
    shown = deck.networks;
    for (const stand of stands) stand.close();
    stands = [];
    walkRoot.replaceChildren();
    const { exhibit, networks } = deck;
    const known = await catalog;
    if (!exhibit || shown !== networks) return;
    const hasWalk = showsPart(deck, 'walk');
    if (hasWalk && networks.length > 0) walkRoot.append(cloneTemplate('#walkTemplate'));
    const walk = hasWalk ? walkRoot : null;
    stands = networks.map((network, index) =>
      createEmbeddedNetwork(network, { exhibit, catalog: known, looks, walk: index === 0 ? walk : null }, () => onDrawn(stands.map(({ state }) => state()))),
    );
    const firsts = stands.filter((_, index) => networks[index].again === undefined);
    networks.forEach(({ again }, index) => {
      if (again !== undefined) requireElement(firsts[again].root, '.standBody', HTMLElement).append(stands[index].root);
    });
    root.replaceChildren(...firsts.map((stand) => stand.root));
    root.dataset.count = String(firsts.length);
    root.toggleAttribute('data-again', firsts.length < stands.length);
  }

  return {
    stands: () => stands,
    /** @param {Deck} deck */
    update(deck) {
      root.hidden = !showsPart(deck, 'network') && !showsPart(deck, 'plane');
      walkRoot.hidden = !showsPart(deck, 'walk');
      if (deck.networks !== shown) void rebuild(deck);
    },
    /** @param {Looks} next */
    setAppearance(next) {
      looks = next;
      for (const stand of stands) stand.setAppearance(next);
    },
  };
}
