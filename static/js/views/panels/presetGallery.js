/**
 * Two groups of set-ups: each with its data at a glance, one sentence why, and what helps those that fail.
 */

import { element, setAttribute } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';
import { drawThumbnail } from '../../lib/plot/thumbnail.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/presets.js').Preset} Preset */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/**
 * @typedef {{preset: Preset, node: HTMLElement, open: HTMLButtonElement, canvas: HTMLCanvasElement}} Entry
 */

const SIZE = 2.5;
const USUAL = 'circle';

/** @param {Preset} preset @param {Actions} actions @returns {Entry} */
function createEntry(preset, actions) {
  const { name, remedy } = preset;
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  const open = element(
    'button',
    { type: 'button', class: 'preset', name: `preset-${name}`, 'aria-describedby': `why-${name}` },
    [
      canvas,
      element('span', { class: 'presetName' }, [text(`preset.${name}.name`)]),
      element('span', { class: 'why', id: `why-${name}` }, [text(`preset.${name}.why`)]),
    ],
  );
  open.setAttribute('aria-label', text(`preset.${name}.name`));
  open.addEventListener('click', () => void actions.openPreset(name));
  const node = element('li', {}, [open]);
  if (remedy) {
    const cure = element('button', {
      type: 'button',
      class: 'quietButton cure',
      name: `cure-${name}`,
      'aria-label': text('presets.cureOf', {
        preset: text(`preset.${name}.name`),
        cure: text(`preset.${name}.cure`),
      }),
    });
    cure.textContent = text('presets.cure', { cure: text(`preset.${name}.cure`) });
    cure.addEventListener('click', () => void actions.curePreset(name));
    node.append(cure);
  }
  return { preset, node, open, canvas };
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createGallery(root, actions) {
  /** @type {Entry[]} */
  let entries = [];
  let drawn = '';

  /** @param {Preset[]} list */
  function build(list) {
    entries = list.map((preset) => createEntry(preset, actions));
    const group = (/** @type {boolean} */ works) => {
      const id = works ? 'presets-works' : 'presets-fails';
      const items = entries.filter(({ preset }) => preset.works === works).map(({ node }) => node);
      return element('section', { 'aria-labelledby': id }, [
        element('h3', { id }, [text(works ? 'presets.works' : 'presets.fails')]),
        element('ul', {}, items),
      ]);
    };
    root.replaceChildren(group(true), group(false));
  }

  return {
    /** @param {State} state */
    update({ presets, catalog, palette, layoutSizes }) {
      if (entries.length === 0 && presets.list.length > 0) build(presets.list);
      for (const { preset, open } of entries)
        setAttribute(open, 'aria-current', String(presets.shown?.name === preset.name));
      const lookKey = JSON.stringify([
        palette?.paper,
        palette?.negative,
        layoutSizes.rem,
        layoutSizes.density,
        entries.length,
      ]);
      if (!catalog || !palette || lookKey === drawn) return;
      drawn = lookKey;
      for (const { preset, canvas } of entries) {
        const data = catalog.datasets.find(({ name }) => name === (preset.spec.data?.name ?? USUAL));
        if (data) drawThumbnail(canvas, data, palette, SIZE * layoutSizes.rem);
      }
    },
  };
}
