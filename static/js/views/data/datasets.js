/** The data sets as thumbnails; the chosen one said in words. */

import { element, setAttribute, requireElement } from '../../lib/dom/element.js';
import { datasetOf } from '../../lib/model/selectors.js';
import { entryName, hasText, text } from '../../lib/format/i18n.js';
import { drawThumbnail } from '../../lib/plot/thumbnail.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').DatasetEntry} DatasetEntry */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const ARROWS = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'];

/** The entry's words: its name and one sentence. @param {DatasetEntry} entry */
function sentence(entry) {
  const key = `dataset.${entry.name}.what`;
  return hasText(key) ? text(key) : '';
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createDatasets(root, actions) {
  const list = requireElement(root, '#datasets', HTMLElement);
  const words = requireElement(root, '#dataset', HTMLElement);
  /** @type {Map<string, HTMLButtonElement>} */
  const buttons = new Map();
  let drawn = '';
  let said = '';

  /** @param {DatasetEntry[]} entries */
  function build(entries) {
    for (const entry of entries) {
      const name = entryName('dataset', entry);
      const attributes = {
        type: 'button',
        class: 'thumbnail',
        role: 'radio',
        'aria-label': `${name}: ${sentence(entry)}`,
      };
      const button = element('button', attributes, [element('canvas', { 'aria-hidden': 'true' })]);
      button.title = name;
      button.addEventListener('click', () => void actions.setDataset(entry.name));
      buttons.set(entry.name, button);
      list.append(button);
    }
  }

  list.addEventListener('keydown', (event) => {
    const way = ARROWS.indexOf(event.key);
    const all = [...buttons.values()];
    const at = all.findIndex((button) => button === document.activeElement);
    if (way < 0 || at < 0) return;
    event.preventDefault();
    all[(at + (way < 2 ? 1 : all.length - 1)) % all.length].focus();
  });

  return {
    /** @param {State} state */
    update(state) {
      const { catalog, network, palette, layoutSizes, ui } = state;
      root.toggleAttribute('data-open', ui.openPanel === 'data');
      if (!catalog || !palette) return;
      if (buttons.size === 0) build(catalog.datasets);
      const lookKey = JSON.stringify([palette.paper, palette.negative, layoutSizes.rem, layoutSizes.density]);
      if (lookKey !== drawn) {
        drawn = lookKey;
        const size = 2.5 * layoutSizes.rem;
        for (const entry of catalog.datasets) {
          const button = buttons.get(entry.name);
          if (button)
            drawThumbnail(requireElement(button, 'canvas', HTMLCanvasElement), entry, palette, size);
        }
      }
      const entry = datasetOf(state);
      const chosen = network?.spec.data.name ?? '';
      if (said === chosen) return;
      said = chosen;
      for (const [name, button] of buttons) {
        setAttribute(button, 'aria-checked', String(name === chosen));
        button.tabIndex = name === chosen || (!entry && name === catalog.datasets[0].name) ? 0 : -1;
      }
      const name = entry ? entryName('dataset', entry) : text('dataset.own.name');
      words.replaceChildren(
        element('b', {}, [name]),
        ` \u2013 ${entry ? sentence(entry) : text('dataset.own.what')}`,
      );
    },
    destroy() {},
  };
}
