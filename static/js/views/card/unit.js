/** A unit: its response map in large, its layer's activation, and all that leads into it. */

import { createSelect } from '../../lib/ui/select.js';
import { element, showPicture } from '../../lib/dom/element.js';
import { unitsOf } from '../../lib/model/frozen.js';
import { gatesAddress } from '../../lib/format/notation.js';
import { text } from '../../lib/format/i18n.js';
import { createFreezeButton } from './freezeButton.js';
import { createIncomingWeights } from './incomingWeights.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @param {Part} part @param {NetworkState} network @param {Actions} actions */
export function createUnit(part, { spec }, actions) {
  const { layer, unit } = part;
  const named = { unit: unit + 1, layer: layer + 2 };
  const canvas = element('canvas', { role: 'img', 'aria-label': text('card.map', named) });
  const menu = element('select', {
    'aria-label': text('activation.of', named),
    'data-hint': 'network.activation',
  });
  const activation = createSelect(menu, (name) => void actions.setActivation(layer, name));
  const incoming = createIncomingWeights(spec, part, actions);
  const freezes = [
    createFreezeButton(() => [part], { name: text('freeze.unit'), words: text('freeze.unit') }, actions),
    createFreezeButton(
      (now) => unitsOf(now, layer),
      { name: text('freeze.layer'), words: text('freeze.layer') },
      actions,
    ),
  ];
  const gates = element('a', { class: 'quietButton toGates', href: 'expressions' }, [text('card.gates')]);
  /** @type {ImageBitmap | null} */
  let drawn = null;
  return {
    where: element('p', { class: 'where inLayer' }, [text('network.layer', named), menu]),
    nodes: [
      canvas,
      incoming.node,
      element('div', { class: 'deeds' }, [...freezes.map(({ node }) => node), gates]),
    ],
    /** @param {State} state */
    update(state) {
      const { network, catalog, pictures, layoutSizes } = state;
      if (network && catalog)
        activation.set('activation', catalog.activations, network.spec.layers[layer].activation);
      incoming.update(state);
      gates.href = gatesAddress(network?.id ?? '', layer + 2, unit + 1, state.microscope.example);
      for (const freeze of freezes) freeze.update(state);
      canvas.hidden = network?.plane === null;
      const picture = pictures?.chosen ?? null;
      if (!picture || picture === drawn) return;
      drawn = picture;
      showPicture(canvas, picture, layoutSizes.density);
    },
  };
}
