/** The network diagram: measures its stage, shows links and maps, and tells what the pointer touches. */

import { setAttribute, requireElement, showPicture, setText } from '../../lib/dom/element.js';
import { blocksOf, diagramOf } from '../../lib/model/selectors.js';
import { parameterCount } from '../../lib/model/parameterLayout.js';
import { partAt } from '../../lib/plot/diagramHitTest.js';
import { entryName, text } from '../../lib/format/i18n.js';
import { createLayerControls } from './layerControls.js';
import { createValueTag } from './valueTag.js';
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
  const content = requireElement(stage, '.content', HTMLElement);
  /** @type {Geometry | null} */
  let geometry = null;

  /** @param {MouseEvent} event */
  function under(event) {
    if (!geometry || (event.target instanceof Element && event.target.closest('.head, .insert, .feature')))
      return null;
    const box = content.getBoundingClientRect();
    const found = partAt(geometry, event.clientX - box.left, event.clientY - box.top);
    return found && found.layer >= 0 ? found : null;
  }

  stage.addEventListener('pointermove', (event) => {
    if (
      event.pointerType === 'touch' ||
      (event.target instanceof Element && event.target.closest('.feature'))
    )
      return;
    const found = under(event);
    setAttribute(content, 'data-over', found?.kind ?? '');
    actions.hoverPart(found);
  });
  stage.addEventListener('pointerleave', () => actions.hoverPart(null));
  stage.addEventListener('click', (event) => {
    if (event.detail === 0) return;
    const onControl = event.target instanceof Element && event.target.closest('.head, .insert, .feature');
    if (!onControl) actions.selectPart(under(event));
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
  const content = requireElement(root, '.content', HTMLElement);
  const links = requireElement(root, '.links', HTMLCanvasElement);
  const maps = requireElement(root, '.maps', HTMLCanvasElement);
  const description = requireElement(root, '.description', HTMLElement);
  const heads = createLayerControls(requireElement(root, '.heads', HTMLElement), actions);
  const units = createUnits(requireElement(root, '.units', HTMLElement), actions);
  const tag = createValueTag(requireElement(root, '.tag', HTMLElement));
  const pointer = listenToPointer(root, actions);
  const watcher = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = root;
    // Hidden, it keeps its size, and the board its picture.
    if (width > 0) actions.setLayoutSizes({ width, height });
  });
  watcher.observe(root);
  /** @type {Geometry | null} */
  let arranged = null;
  /** @type {State['pictures']} */
  let shown = null;

  /** @param {State} state */
  function show({ pictures, layoutSizes }) {
    if (!pictures || pictures === shown) return;
    if (pictures.links && pictures.links !== shown?.links)
      showPicture(links, pictures.links, layoutSizes.density);
    showPicture(maps, pictures.maps, layoutSizes.density);
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
      setText(description, described(state));
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
