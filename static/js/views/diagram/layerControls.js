/** Above each column: how many units and which activation; between columns, a place for one more layer. */

import { createSelect } from '../../lib/ui/select.js';
import { element, setEnabled, icon, setText } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../lib/plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../../lib/plot/diagramLayout.js').Column} Column */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {{node: HTMLElement, update: (state: State) => void}} Head */

/** @param {string} name @param {string} label @param {string} hint @param {() => void} press */
function button(name, label, hint, press) {
  const node = element('button', { type: 'button', 'aria-label': label, 'data-hint': hint }, [icon(name)]);
  node.addEventListener('click', press);
  return node;
}

/** @param {Column} column @param {Actions} actions @returns {Head} */
function hiddenHead({ layer }, actions) {
  const named = { layer: layer + 2 };
  const count = element('b');
  const fewer = button(
    'minus',
    text('network.fewer', named),
    'network.resize',
    () => void actions.addUnits(layer, -1),
  );
  const more = button(
    'plus',
    text('network.more', named),
    'network.resize',
    () => void actions.addUnits(layer, 1),
  );
  const remove = button(
    'close',
    text('network.remove.name', named),
    'network.remove',
    () => void actions.removeLayer(layer),
  );
  remove.className = 'remove';
  const menu = element('select', {
    'aria-label': text('activation.of', named),
    'data-hint': 'network.activation',
  });
  const activation = createSelect(menu, (name) => void actions.setActivation(layer, name));
  const node = element('div', { class: 'head' }, [
    element('div', { class: 'count' }, [fewer, count, more]),
    element('div', { class: 'kind' }, [menu, remove]),
  ]);
  return {
    node,
    update({ network, catalog }) {
      const spec = network?.spec.layers[layer];
      if (!spec || !catalog) return;
      setText(count, String(spec.units));
      setEnabled(fewer, spec.units > 1);
      setEnabled(more, spec.units < (catalog.limits.units ?? Infinity));
      activation.set('activation', catalog.activations, spec.activation);
    },
  };
}

/** @param {Column} column @param {Actions} actions @returns {Head} */
function outputHead({ layer }, actions) {
  const menu = element('select', {
    'aria-label': text('activation.of', { layer: layer + 2 }),
    'data-hint': 'network.activation',
  });
  const activation = createSelect(menu, (name) => void actions.setActivation(layer, name));
  const node = element('div', { class: 'head' }, [
    element('div', { class: 'what' }, [text('network.output')]),
    element('div', { class: 'kind' }, [menu]),
  ]);
  return {
    node,
    update({ network, catalog }) {
      const spec = network?.spec.layers[layer];
      if (spec && catalog) activation.set('activation', catalog.activations, spec.activation);
    },
  };
}

/** @param {Actions} actions @returns {Head} */
function inputHead(actions) {
  const formula = element(
    'button',
    { type: 'button', class: 'formulaButton', 'data-hint': 'formulas', 'aria-controls': 'formulas' },
    [text('formulas.open')],
  );
  formula.addEventListener('click', () => actions.togglePanel('formula'));
  const node = element('div', { class: 'head' }, [
    element('div', { class: 'what' }, [text('network.inputs')]),
    element('div', { class: 'kind' }, [formula]),
  ]);
  return {
    node,
    update({ ui }) {
      formula.setAttribute('aria-expanded', String(ui.openPanel === 'formula'));
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createLayerControls(root, actions) {
  let layers = -1;
  /** @type {Head[]} */
  let heads = [];
  /** @type {HTMLButtonElement[]} */
  let inserts = [];

  /** @param {Geometry} geometry */
  function build({ columns, gaps }) {
    layers = columns.length;
    heads = columns.map((column) => {
      if (column.kind === 'input') return inputHead(actions);
      return column.kind === 'hidden' ? hiddenHead(column, actions) : outputHead(column, actions);
    });
    inserts = gaps.map(({ layer }) => {
      const insert = button(
        'plus',
        text('network.add.name'),
        'network.add',
        () => void actions.addLayer(layer),
      );
      insert.className = 'insert';
      return insert;
    });
    root.replaceChildren(...heads.flatMap(({ node }, index) => [node, ...inserts.slice(index, index + 1)]));
  }

  return {
    /** @param {State} state @param {Geometry} geometry */
    update(state, geometry) {
      if (geometry.columns.length !== layers) build(geometry);
      root.classList.toggle('compact', geometry.compact);
      root.classList.toggle('plain', geometry.plain);
      const full = layers - 1 >= (state.catalog?.limits.layers ?? Infinity);
      geometry.columns.forEach(({ x }, index) => {
        heads[index].node.style.left = `${x}px`;
        heads[index].update(state);
      });
      geometry.gaps.forEach(({ x }, index) => {
        inserts[index].style.left = `${x}px`;
        setEnabled(inserts[index], !full);
      });
    },
  };
}
