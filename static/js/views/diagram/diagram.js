/** The network diagram: measures its stage, draws links and maps, and tells what the pointer touches. */

import { mark, part, write } from '../../lib/element.js';
import { blocksOf, diagramOf } from '../../lib/network.js';
import { parameterCount } from '../../lib/parameters.js';
import { partAt } from '../../lib/pointing.js';
import { entryName, text } from '../../lib/text.js';
import { createHeads } from './heads.js';
import { PERIOD, drawLinks } from './links.js';
import { drawMaps } from './maps.js';
import { createTag } from './tag.js';
import { createUnits } from './units.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../lib/geometry.js').Geometry} Geometry */
/** @typedef {import('../../actions.js').Actions} Actions */

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

/** @param {State} a @param {State} b whether links look the same in both */
function sameLinks(a, b) {
  return (
    a.frame?.theta === b.frame?.theta && a.selection === b.selection && a.palette === b.palette && a.network === b.network
  );
}

/**
 * @param {HTMLElement} stage
 * @param {Actions} actions
 */
function listenToPointer(stage, actions) {
  const content = part(stage, '#content', HTMLElement);
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
    if (event.pointerType === 'touch') return;
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
  const content = part(root, '#content', HTMLElement);
  const links = part(root, '#links', HTMLCanvasElement);
  const maps = part(root, '#maps', HTMLCanvasElement);
  const description = part(document, '#description', HTMLElement);
  const heads = createHeads(part(root, '#heads', HTMLElement), actions);
  const units = createUnits(part(root, '#units', HTMLElement), actions);
  const tag = createTag(part(root, '#tag', HTMLElement));
  const pointer = listenToPointer(root, actions);
  const watcher = new ResizeObserver(() => actions.measure({ width: root.clientWidth, height: root.clientHeight }));
  watcher.observe(root);
  /** @type {State | null} */
  let before = null;
  /** @type {{state: State, geometry: Geometry, time: number} | null} */
  let linked = null;

  /** @param {State} state @param {Geometry} geometry */
  function updateLinks(state, geometry) {
    const now = performance.now();
    if (linked && linked.geometry === geometry) {
      if (sameLinks(linked.state, state)) return;
      const onlyValues = linked.state.selection === state.selection && linked.state.palette === state.palette;
      if (onlyValues && state.network?.status === 'playing' && now - linked.time < PERIOD) return;
    }
    linked = { state, geometry, time: now };
    drawLinks(links, state, geometry);
  }

  return {
    /** @param {State} state */
    update(state) {
      const geometry = diagramOf(state);
      if (!geometry) return;
      if (linked?.geometry !== geometry) {
        content.style.width = `${geometry.width}px`;
        content.style.height = `${geometry.height}px`;
        write(description, described(state));
        pointer(geometry);
      }
      heads.update(state, geometry);
      units.update(state, geometry);
      const moved = before?.pictures !== state.pictures || before?.frame !== state.frame || before?.selection !== state.selection;
      if (moved || linked?.geometry !== geometry || before?.palette !== state.palette) drawMaps(maps, state, geometry);
      updateLinks(state, geometry);
      tag.update(state, geometry);
      before = state;
    },
    destroy() {
      watcher.disconnect();
    },
  };
}
