/**
 * Keeps the worker busy with the newest parameters and never more than one picture behind: what comes
 * while it paints waits, and only the latest of it is painted.
 */

import { diagramOf, offersOf, predictionOf, remembered, targetsOf, thetaOf } from '../network.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('./scene.js').Pictures} Pictures */
/** @typedef {import('./scene.js').Scene} Scene */
/** @typedef {import('./scene.js').View} View */

const ENLARGED = 13;

/** @param {State['catalog']} catalog @param {State['network']} network @param {State['data']} data @returns {Omit<Scene, 'key'> | null} */
function sceneOf(catalog, network, data) {
  if (!catalog || !network?.plane || !data) return null;
  const known = new Map(catalog.features.map(({ formula, nodes }) => [formula, nodes]));
  for (const { formula, nodes } of network.features) known.set(formula, nodes);
  return {
    inputs: network.features.map(({ nodes }) => nodes),
    offers: offersOf(catalog, network.spec.features).map(({ formula }) => known.get(formula) ?? null),
    layers: network.spec.layers,
    plane: network.plane,
    standardization: network.standardization,
    prediction: predictionOf(network),
    classes: data.classes,
    targets: targetsOf({ network, data }),
  };
}

/** @param {State} state @returns {View | null} */
function viewOf(state) {
  const { palette, measures, selection, look } = state;
  const geometry = diagramOf(state);
  if (!palette || !geometry || measures.board === 0) return null;
  const { chosen } = selection;
  const { density, rem, board } = measures;
  return {
    board: Math.round(board * density),
    tile: Math.round(Math.max(...geometry.columns.map(({ size }) => size)) * density),
    enlarged: Math.round(ENLARGED * rem * density),
    chosen: chosen?.kind === 'unit' && chosen.layer >= 0 ? { layer: chosen.layer, unit: chosen.unit } : null,
    discretize: look.discretize,
    density,
    colours: {
      negative: palette.fieldNegative,
      neutral: palette.neutral,
      positive: palette.fieldPositive,
      ink: palette.ink,
      classes: palette.classes,
    },
  };
}

/**
 * @param {Worker} worker
 * @param {(pictures: Pictures) => void} onPainted
 */
export function createPainter(worker, onPainted) {
  let key = 0;
  const numbered = remembered((/** @type {string} */ scene) => {
    key += 1;
    return /** @type {Scene} */ ({ ...JSON.parse(scene), key });
  });
  const describe = remembered(
    (/** @type {State['catalog']} */ catalog, /** @type {State['network']} */ network, /** @type {State['data']} */ data) => {
      const scene = sceneOf(catalog, network, data);
      return scene && numbered(JSON.stringify(scene));
    },
  );
  let sceneSent = 0;
  let number = 0;
  let painting = false;
  let paintedFrom = '';
  /** @type {Float32Array | null} */
  let paintedTheta = null;
  /** @type {State | null} */
  let waiting = null;

  /** @param {State} state */
  function consider(state) {
    if (painting) {
      waiting = state;
      return;
    }
    const now = describe(state.catalog, state.network, state.data);
    const theta = thetaOf(state);
    const view = viewOf(state);
    if (!now || !theta || !view) return;
    const sharp = state.network?.status !== 'playing';
    const from = JSON.stringify([now.key, view, sharp]);
    if (theta === paintedTheta && from === paintedFrom) return;
    if (now.key !== sceneSent) worker.postMessage({ type: 'scene', scene: now });
    sceneSent = now.key;
    paintedFrom = from;
    paintedTheta = theta;
    painting = true;
    number += 1;
    worker.postMessage({ type: 'paint', number, theta, view, sharp });
  }

  worker.addEventListener('message', ({ data }) => {
    painting = false;
    if (data) onPainted(data);
    const next = waiting;
    waiting = null;
    if (next) consider(next);
  });

  return { consider };
}
