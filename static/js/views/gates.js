/** A computation graph: values above the wires, gradients below, one gate lit at a time, blank until computed. */

import { element } from '../lib/element.js';
import { formulaNode } from '../lib/formula.js';
import { fixed, parseNumber, shortest } from '../lib/number.js';
import { text } from '../lib/text.js';
import { wire } from '../lib/wiring.js';
import { gatesOf } from '../state/deck.js';

/** @typedef {import('../state/deck.js').Deck} Deck */
/** @typedef {import('../state/deck.js').Graph} Graph */
/** @typedef {import('../state/deck.js').GraphNode} GraphNode */
/** @typedef {{round: (rounded: boolean) => unknown, set: (name: string, value: number) => unknown}} Actions */

const RADIUS = 20;
const LARGEST = 1.4;

/** @param {string} tag @param {Record<string, string | number>} attributes @param {(Node | string)[]} [children] */
function shape(tag, attributes, children = []) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** A number as the slides print it: two decimals, none where there are none. @param {number | null} value */
function printed(value) {
  if (value === null) return '';
  return Math.abs(value - Math.round(value)) < 1e-9 ? fixed(value, 0) : fixed(value, 2);
}

/** How far the walk is: what has a value, what has a gradient, which gate is lit. @param {Graph} graph @param {number} at */
function progress(graph, at) {
  const gates = gatesOf(graph);
  const count = gates.length;
  const done = new Set(graph.nodes.filter(({ inputs }) => inputs.length === 0).map(({ id }) => id));
  gates.slice(0, at).forEach(({ id }) => done.add(id));
  const back = at - count - 1;
  const walked = new Set([...gates].reverse().slice(0, Math.max(0, back)).map(({ id }) => id));
  const last = graph.nodes.length - 1;
  const known = (/** @type {number} */ id) => {
    const users = gates.filter(({ inputs }) => inputs.includes(id));
    return id === last ? back >= 0 : back >= 0 && users.every((gate) => walked.has(gate.id));
  };
  const lit = at === 0 ? -1 : at <= count ? gates[at - 1].id : back > 0 ? (gates[count - Math.min(back, count)]?.id ?? -1) : last;
  return { done, known, lit, backward: back > 0 };
}

/** @param {Graph} graph @param {number} at */
function drawing(graph, at) {
  const { spots, width, height } = wire(graph);
  const { done, known, lit } = progress(graph, at);
  const svg = shape('svg', { class: 'graph', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': text('gates.name') });
  if (svg instanceof SVGElement) svg.style.maxWidth = `${width * LARGEST}px`;
  for (const { id, inputs } of graph.nodes) {
    for (const from of inputs) svg.append(shape('path', { d: `M${spots[from].x},${spots[from].y} L${spots[id].x},${spots[id].y}` }));
  }
  for (const { id, inputs, label, operation, value, gradient } of graph.nodes) {
    const { x, y } = spots[id];
    const gate = inputs.length > 0;
    const box = { x: x - RADIUS, y: y - RADIUS * 0.8, width: 2 * RADIUS, height: 1.6 * RADIUS, rx: operation === 'constant' ? 0 : 8 };
    const body = gate ? shape('circle', { cx: x, cy: y, r: RADIUS }) : shape('rect', box);
    const group = shape('g', { class: `gate${id === lit ? ' lit' : ''}`, 'data-node': id }, [body, shape('text', { x, y, class: 'sign' }, [label])]);
    const beside = x + ACROSS_TEXT;
    if (done.has(id) && operation !== 'constant') group.append(shape('text', { x: beside, y: y - 12, class: 'value' }, [printed(value)]));
    if (known(id) && operation !== 'constant') group.append(shape('text', { x: beside, y: y + 13, class: 'gradient' }, [printed(gradient)]));
    svg.append(group);
  }
  return svg;
}

const ACROSS_TEXT = 46;

/** The lit gate's own formula, and backward each local derivative times what arrives. @param {Graph} graph @param {number} at */
function gateTex(graph, at) {
  const { lit, backward } = progress(graph, at);
  const node = graph.nodes[lit];
  if (!node) return graph.tex;
  if (!backward) return at <= gatesOf(graph).length ? `f = ${node.formula} = ${printed(node.value)}` : String.raw`\frac{\partial f}{\partial f} = 1`;
  const names = ['u', 'v'];
  const slopes = node.local_formulas.map((formula, k) => {
    const local = node.local_gradients[k] ?? NaN;
    const handed = printed(local * (node.gradient ?? NaN));
    return String.raw`\frac{\partial f}{\partial ${names[k]}} = ${formula} = ${printed(local)},\quad ${printed(node.gradient)} \cdot (${printed(local)}) = ${handed}`;
  });
  return slopes.join(String.raw`\qquad `).replace(/\u2212/g, '-');
}

/** @param {Deck} deck @param {Actions} actions */
function fields({ values }, actions) {
  return element('div', { class: 'given' }, Object.entries(values).map(([name, value]) => {
    const field = element('input', { inputmode: 'decimal', value: shortest(value), name: `value-${name}` });
    field.addEventListener('change', () => {
      const next = parseNumber(field.value);
      if (Number.isFinite(next)) actions.set(name, next);
    });
    return element('label', {}, [name, field]);
  }));
}

/** @param {HTMLElement} root @param {HTMLInputElement} rounded @param {Actions} actions */
export function createGates(root, rounded, actions) {
  rounded.addEventListener('change', () => actions.round(rounded.checked));
  /** @type {Deck | null} */
  let before = null;
  return {
    /** @param {Deck} deck */
    update(deck) {
      const { graphs, at } = deck;
      rounded.checked = deck.rounded;
      if (before?.graphs === graphs && before.at === at) return;
      before = deck;
      root.hidden = graphs.length === 0;
      if (root.hidden) return;
      const pictures = graphs.flatMap((graph) => [
        drawing(graph, Math.min(at, 2 * gatesOf(graph).length + 1)),
        element('p', { class: 'gateLine' }, [formulaNode(gateTex(graph, Math.min(at, 2 * gatesOf(graph).length + 1)))]),
      ]);
      root.replaceChildren(fields(deck, actions), ...pictures);
    },
    destroy() {},
  };
}
