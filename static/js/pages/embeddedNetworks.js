/** The bench: the networks of the page in sight, each on a stand of its own. */

import { requireElement } from '../lib/dom/element.js';
import { showsPart } from '../state/pages/lecture.js';
import { cloneTemplate, createEmbeddedNetwork } from './embeddedNetwork.js';

/** @typedef {import('../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../state/types.js').Catalog} Catalog */
/** @typedef {import('./embeddedNetwork.js').Appearance} Appearance */
/** @typedef {import('./embeddedNetwork.js').EmbeddedNetwork} EmbeddedNetwork */

/**
 * @param {Promise<Catalog>} catalog
 * @param {(states: State[]) => void} onDrawn after any network has been drawn
 */
export function createEmbeddedNetworks(catalog, onDrawn) {
  const root = requireElement(document, '#stands', HTMLElement);
  const walkRoot = requireElement(document, '#walk', HTMLElement);
  /** @type {EmbeddedNetwork[]} */
  let embedded = [];
  /** @type {Lecture['networks']} */
  let shown = [];
  /** @type {Appearance} */
  let appearance = { palette: null, layoutSizes: {} };

  /** @param {Lecture} lecture */
  async function rebuild(lecture) {
    shown = lecture.networks;
    for (const stand of embedded) stand.close();
    embedded = [];
    walkRoot.replaceChildren();
    const { exhibit, networks } = lecture;
    const known = await catalog;
    if (!exhibit || shown !== networks) return;
    const hasWalk = showsPart(lecture, 'walk');
    if (hasWalk && networks.length > 0) walkRoot.append(cloneTemplate('#walkTemplate'));
    const walk = hasWalk ? walkRoot : null;
    embedded = networks.map((network, index) =>
      createEmbeddedNetwork(
        network,
        { exhibit, catalog: known, appearance, walk: index === 0 ? walk : null },
        () => onDrawn(embedded.map(({ state }) => state())),
      ),
    );
    const firsts = embedded.filter((_, index) => networks[index].again === undefined);
    networks.forEach(({ again }, index) => {
      if (again !== undefined)
        requireElement(firsts[again].root, '.standBody', HTMLElement).append(embedded[index].root);
    });
    root.replaceChildren(...firsts.map((stand) => stand.root));
    root.dataset.count = String(firsts.length);
    root.toggleAttribute('data-again', firsts.length < embedded.length);
  }

  return {
    networks: () => embedded,
    /** @param {Lecture} lecture */
    update(lecture) {
      root.hidden = !showsPart(lecture, 'network') && !showsPart(lecture, 'plane');
      walkRoot.hidden = !showsPart(lecture, 'walk');
      if (lecture.networks !== shown) void rebuild(lecture);
    },
    /** @param {Appearance} next */
    setAppearance(next) {
      appearance = next;
      for (const stand of embedded) stand.setAppearance(next);
    },
  };
}
