/** The network diagram: measures its stage, shows links and maps, and tells what the pointer touches. */

import { mark, part, showPicture, write } from '../../lib/dom/element.js';
import { blocksOf, diagramOf } from '../../lib/model/selectors.js';
import { parameterCount } from '../../lib/model/parameterLayout.js';
import { partAt } from '../../lib/plot/diagramHitTest.js';
import { entryName, text } from '../../lib/format/i18n.js';
import { createHeads } from './layerControls.js';
import { createTag } from './valueTag.js';
import { createUnits } from './units.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../lib/plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** The network in words. @param {State} state */
function described({ network, catalog }) {
  if (!network || !catalog) return '';
  const layers = network.spec.layers.map(({ units, activation }) => {
    const entry = catalog.activations.find(({ name }) => name === activation);
    return text('network.hidden', { units, activation: entry ? entryName('activation', entry) : activation });
  });
  const inputs = network.spec.features.join(', ');
  const count = text('network.parameters', { count: parameterCount(blocksOf(network)) });
  return `${text('network.described', { inputs, layers: layers.join(', ') })}; ${count}.`;
}

/**
 * @param {HTMLElement} stage
 * @param {Actions} actions
 */
function listenToPointer(stage, actions) {
  const content = part(stage, '.content', HTMLElement);
  /** @type {Geometry | null} */
  let geometry = null;

  /** @param {MouseEvent} event */
  function under(event) {
    if (!geometry || (event.target instanceof Element && event.target.closest('.head, .insert, .feature'))) return null;
    const box = content.getBoundingClientRect();
    const found = partAt(geometry, event.clientX - box.left, event.clientY - box.top);
    return found && found.layer >= 0 ? found : null;
  }

  stage.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'touch' || (event.target instanceof Element && event.target.closest('.feature'))) return;
    const found = under(event);
    mark(content, 'data-over', found?.kind ?? '');
    actions.point(found);
  });
  stage.addEventListener('pointerleave', () => actions.point(null));
  stage.addEventListener('click', (event) => {
    if (event.detail === 0) return;
    const onControl = event.target instanceof Element && event.target.closest('.head, .insert, .feature');
    if (!onControl) actions.choose(under(event));
  });

  return (/** @type {Geometry} */ next) => {
    geometry = next;
  };
}

/**
 * @param {HTMLElement} root the stage, which scrolls when the network is larger
 * @param {Actions} actions
 */
export function createDiagram(root, actions) {
  const content = part(root, '.content', HTMLElement);
  const links = part(root, '.links', HTMLCanvasElement);
  const maps = part(root, '.maps', HTMLCanvasElement);
  const description = part(root, '.description', HTMLElement);
  const heads = createHeads(part(root, '.heads', HTMLElement), actions);
  const units = createUnits(part(root, '.units', HTMLElement), actions);
  const tag = createTag(part(root, '.tag', HTMLElement));
  const pointer = listenToPointer(root, actions);
  const watcher = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = root;
    if (width > 0) actions.measure({ width, height });    // hidden, it keeps its size, and the board its picture
  });
  watcher.observe(root);
  /** @type {Geometry | null} */
  let arranged = null;
  /** @type {State['pictures']} */
  let shown = null;

  /** @param {State} state */
  function show({ pictures, measures }) {
    if (!pictures || pictures === shown) return;
    if (pictures.links && pictures.links !== shown?.links) showPicture(links, pictures.links, measures.density);
    showPicture(maps, pictures.maps, measures.density);
    shown = pictures;
  }

  return {
    /** @param {State} state */
    update(state) {
      const geometry = diagramOf(state);
      if (!geometry) return;
      if (arranged !== geometry) {
        arranged = geometry;
        content.style.width = `${geometry.width}px`;
        content.style.height = `${geometry.height}px`;
        pointer(geometry);
      }
      write(description, described(state));
      heads.update(state, geometry);
      units.update(state, geometry);
      show(state);
      tag.update(state, geometry);
    },
    destroy() {
      watcher.disconnect();
    },
  };
}
