/**
 * The engine's numbers for the chosen part: asked for when they are others, seldom enough that training
 * hardly notices.
 */

import { samePart } from '../../lib/plot/diagramHitTest.js';
import { blocksOf, parameterValue } from '../../lib/model/selectors.js';
import { parameterName } from '../../lib/format/notation.js';
import { MAX_WEIGHT, sliceRange } from '../../lib/model/lossSlice.js';
import { NO_PROBE } from '../../state/slices/probe.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../lib/plot/diagramHitTest.js').Part} Part */

const PERIOD_MS = 250;
const IDLE_FACTOR = 4;
const POINTS = 81;

/** What the numbers depend on. @param {State} state */
function snapshotKey({ network, frame, selection, microscope }) {
  return JSON.stringify([
    network?.id,
    network?.version,
    frame?.step ?? network?.step,
    selection.chosen,
    microscope.example,
  ]);
}

/** Whether the network has this part. @param {State} state @param {Part} part */
function has({ network }, { layer, unit }) {
  return network !== null && layer >= 0 && unit < (blocksOf(network)[layer]?.units ?? 0);
}

/** @param {Store} store @param {Sender} sender */
export function createProbe(store, sender) {
  let known = '';
  let asking = false;
  let free = -Infinity;
  let later = 0;

  /** @param {Part} part @param {State} state */
  async function ask(part, state) {
    const { layer, unit, input } = part;
    const reach = sliceRange(parameterValue(state, part));
    const name = encodeURIComponent(parameterName(layer, unit, input));
    const shape = `parameter=${name}&low=${-reach}&high=${reach}&points=${POINTS}`;
    const example = Math.min(state.microscope.example, (state.network?.spec.data.examples ?? 1) - 1);
    const [slice, gradients, answers] = await Promise.all([
      part.kind === 'unit' || reach > MAX_WEIGHT
        ? null
        : sender.read((id) => `/networks/${id}/slice?${shape}`),
      part.kind === 'unit' ? sender.read((id) => `/networks/${id}/gradients?rows=false`) : null,
      sender.read((id) => `/networks/${id}/activations?example=${example}`),
    ]);
    return { part, slice, gradients, answers: answers && { ...answers, example } };
  }

  /** @param {Part} part @param {State} state */
  async function probe(part, state) {
    const begun = performance.now();
    asking = true;
    known = snapshotKey(state);
    const response = await ask(part, state);
    const now = performance.now();
    free = now + Math.max(PERIOD_MS, IDLE_FACTOR * (now - begun));
    asking = false;
    const { network, selection } = store.get();
    if (network?.id === state.network?.id && samePart(selection.chosen, part))
      store.dispatch({ type: 'probe', probe: response });
    else if (samePart(store.get().probe.part, part)) store.dispatch({ type: 'probe', probe: NO_PROBE });
  }

  function consider() {
    const state = store.get();
    const { chosen } = state.selection;
    if (!chosen || !has(state, chosen) || asking || snapshotKey(state) === known) return;
    const wait = state.network?.playing && samePart(state.probe.part, chosen) ? free - performance.now() : 0;
    window.clearTimeout(later);
    if (wait > 0) later = window.setTimeout(consider, wait);
    else void probe(chosen, state);
  }

  store.subscribe(consider);
}
