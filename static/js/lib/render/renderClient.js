/**
 * Keeps the worker busy with the newest parameters and never more than one picture behind: what comes
 * while it paints waits, and only the latest of it is painted. Links are painted at most 20 times a second.
 */

import { cloudOf, spaceLayer } from '../model/hiddenSpace.js';
import { text } from '../format/i18n.js';
import { diagramOf, offersOf, predictionOf, memoizeLast, targetsOf, thetaOf } from '../model/selectors.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').Spec} Spec */
/** @typedef {import('../plot/palette.js').Palette} Palette */
/** @typedef {import('./scene.js').Cloud} Cloud */
/** @typedef {import('./scene.js').Pictures} Pictures */
/** @typedef {import('./scene.js').Scene} Scene */
/** @typedef {import('./scene.js').View} View */
/** @typedef {import('../plot/diagramLayout.js').Geometry} Geometry */

const ENLARGED = 13;
const LINK_PERIOD_MS = 50;

/**
 * @param {State['catalog']} catalog
 * @param {State['network']} network
 * @param {State['data']} data
 * @param {boolean} used
 * @returns {Omit<Scene, 'key'> | null}
 */
export function sceneOf(catalog, network, data, used) {
  if (!catalog || !network) return null;
  const known = new Map(catalog.features.map(({ formula, nodes }) => [formula, nodes]));
  for (const { formula, nodes } of network.features) known.set(formula, nodes);
  return {
    inputs: network.features.map(({ nodes }) => nodes),
    offers: offersOf(catalog, network.spec.features, used).map(({ formula }) => known.get(formula) ?? null),
    layers: network.spec.layers,
    plane: network.plane,
    standardization: network.standardization,
    prediction: predictionOf(network),
    classes: network.classes,
    targets: targetsOf({ network, data }),
  };
}

/** A number for each scene that differs from the one before. */
function createScenes() {
  let key = 0;
  const numbered = memoizeLast((/** @type {string} */ scene) => {
    key += 1;
    return /** @type {Scene} */ ({ ...JSON.parse(scene), key });
  });
  return memoizeLast(
    (
      /** @type {State['catalog']} */ catalog,
      /** @type {State['network']} */ network,
      /** @type {State['data']} */ data,
      /** @type {boolean} */ used,
    ) => {
      const scene = sceneOf(catalog, network, data, used);
      return scene && numbered(JSON.stringify(scene));
    },
  );
}

/** Views, each the same object while nothing of it changes. */
function createLooking() {
  return memoizeLast(
    (
      /** @type {Geometry} */ geometry,
      /** @type {Palette} */ colors,
      /** @type {State['layoutSizes']} */ { board, rem, line, density },
      /** @type {State['selection']} */ { chosen, pointed },
      /** @type {boolean} */ discretize,
      /** @type {boolean} */ plain,
      /** @type {number | null} */ space,
      /** @type {State['ui']['figures']} */ figures,
      /** @type {Spec['frozen'] | null} */ frozen,
    ) => {
      const enlarged = Math.round(ENLARGED * rem * density);
      return {
        geometry,
        board: Math.round(board * density),
        enlarged,
        chosen,
        pointed,
        discretize,
        plain,
        space,
        density,
        rem,
        line,
        colors,
        figures,
        frozen: frozen ?? null,
        decimal: text('number.decimal'),
      };
    },
  );
}

/**
 * @param {Worker} worker
 * @param {(pictures: Pictures) => void} onPainted
 */
export function createRenderClient(worker, onPainted) {
  const describe = createScenes();
  const looking = createLooking();
  const gather = memoizeLast(cloudOf);
  /**
   * What the last painting was made from.
   * @type {{
   *   scene: Scene | null,
   *   view: View | null,
   *   cloud: Cloud | null,
   *   theta: Float32Array | null,
   *   sharp: boolean,
   * }}
   */
  let last = { scene: null, view: null, cloud: null, theta: null, sharp: false };
  /** @type {{theta: Float32Array | null, time: number}} */
  let linked = { theta: null, time: 0 };
  let painting = false;
  /** @type {State | null} */
  let waiting = null;

  /**
   * Whether links are due.
   * @param {Float32Array} theta
   * @param {boolean} changed the set-up or the view
   * @param {boolean} sharp
   */
  function linksDue(theta, changed, sharp) {
    const now = performance.now();
    const due = changed || (theta !== linked.theta && (sharp || now - linked.time >= LINK_PERIOD_MS));
    if (due) linked = { theta, time: now };
    return due;
  }

  /** @param {State} state */
  function consider(state) {
    if (painting) {
      waiting = state;
      return;
    }
    const scene = describe(state.catalog, state.network, state.data, state.layoutSizes.used);
    const theta = thetaOf(state);
    const geometry = diagramOf(state);
    const { palette, layoutSizes, selection, ui } = state;
    if (!scene || !theta || !palette || !geometry || layoutSizes.board === 0) return;
    const view = looking(
      geometry,
      palette,
      layoutSizes,
      selection,
      ui.discretize,
      ui.chart === 'boundary',
      spaceLayer(state),
      ui.figures,
      state.network?.spec.frozen ?? null,
    );
    const cloud = gather(state.data, state.network, ui.testPoints);
    const sharp = state.network?.status !== 'playing';
    const changed = scene !== last.scene || view !== last.view || cloud !== last.cloud;
    const links = linksDue(theta, changed, sharp);
    if (!links && theta === last.theta && sharp === last.sharp) return;
    if (scene !== last.scene) worker.postMessage({ type: 'scene', scene });
    if (view !== last.view) worker.postMessage({ type: 'view', view });
    if (cloud && (cloud !== last.cloud || scene !== last.scene)) worker.postMessage({ type: 'cloud', cloud });
    last = { scene, view, cloud, theta, sharp };
    painting = true;
    worker.postMessage({ type: 'paint', theta, sharp, links });
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
