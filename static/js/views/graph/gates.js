/**
 * Computation graphs to walk through and to change: numbers for their names, the graphs, and the lit gate's
 * formula.
 */

import { element, setText } from '../../lib/dom/element.js';
import { formulaNode } from '../../lib/format/formula.js';
import { stepOf } from '../../state/pages/graphWalk.js';
import { drawing, gateTex } from './drawing.js';
import { createFields, makeDraggable } from './fields.js';
import { gateSentence } from './sentence.js';

/** @typedef {import('../../state/pages/graphWalk.js').Opened} Opened */
/**
 * @typedef {{
 *   round: (rounded: boolean) => unknown,
 *   set: (name: string, value: number) => unknown,
 *   walkTo: (at: number) => unknown,
 * }} Actions
 */

/** @param {HTMLElement} root @param {HTMLInputElement} rounded @param {Actions} actions */
export function createGates(root, rounded, actions) {
  /** @type {Opened | null} */
  let shown = null;
  const values = () => shown?.values ?? {};
  const given = element('div', { class: 'given' });
  const pictures = element('div', { class: 'pictures' });
  const fields = createFields(given, values, actions);
  const said = element('p', { class: 'unseen', role: 'status' });
  root.append(given, pictures, said);
  rounded.addEventListener('change', () => actions.round(rounded.checked));
  makeDraggable(root, values, actions);
  pictures.addEventListener('click', (event) => {
    const gate = event.target instanceof Element ? event.target.closest('.gate') : null;
    const picture = gate?.closest('.graph');
    const place = [...pictures.querySelectorAll('.graph')].findIndex((other) => other === picture);
    const graph = shown?.graphs[place];
    if (gate && graph && shown)
      actions.walkTo(stepOf(graph, Number(gate.getAttribute('data-node')), shown.at));
  });

  return {
    /** @param {Opened} opened */
    update(opened) {
      const { graphs, at } = opened;
      rounded.checked = opened.rounded;
      const before = shown;
      shown = opened;
      root.hidden = graphs.length === 0;
      if (root.hidden) return;
      fields.update();
      if (before?.graphs === graphs && before.at === at) return;
      const names = opened.exhibit?.names ?? {};
      const drawings = graphs.map((graph) =>
        element('div', { class: 'picture' }, [drawing(graph, at, names)]),
      );
      const lines = new Map(
        graphs.map((graph) => gateTex(graph, at, names)).map((line) => [line.join(), line]),
      );
      const formulas = [...lines.values()].map((line) =>
        element(
          'p',
          { class: 'gateLine' },
          line.map((tex) => formulaNode(tex)),
        ),
      );
      pictures.replaceChildren(...drawings, element('div', { class: 'gateLines' }, formulas));
      setText(said, [...new Set(graphs.map((graph) => gateSentence(graph, at, names)))].join(' '));
    },
    destroy() {},
  };
}
