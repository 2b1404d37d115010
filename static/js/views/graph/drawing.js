/**
 * A graph as it is drawn: a value above each wire and a gradient below it, blank until computed, one gate
 * lit.
 */

import { roundedTex, roundedNumber } from '../../lib/format/roundedNumbers.js';
import { svgElement } from '../../lib/dom/svg.js';
import { text } from '../../lib/format/i18n.js';
import { wirePath, layoutGraph } from '../../lib/plot/graphLayout.js';
import { progress } from '../../state/pages/graphWalk.js';
import { formulas, nameOf } from './formulas.js';

/** @typedef {import('../../state/pages/graphWalk.js').Graph} Graph */
/** @typedef {import('../../state/pages/graphWalk.js').GraphNode} GraphNode */

const RADIUS = 20;
const LARGEST = 1.4;
const SMALLEST = 0.72;
const BESIDE = RADIUS + 3;
const ABOVE = 12;
const BELOW = 13;
const WIDE = 4;

/**
 * A number with all its digits for whoever points at it.
 * @param {'value' | 'gradient'} kind
 * @param {number | null} value
 * @param {number} x
 * @param {number} y
 */
function number(kind, value, x, y) {
  return svgElement('g', {}, [
    svgElement('title', {}, [String(value)]),
    svgElement('text', { x, y, class: kind }, [roundedNumber(value)]),
  ]);
}

/**
 * @param {GraphNode} node
 * @param {{x: number, y: number}} spot
 * @param {ReturnType<typeof progress>} now
 * @param {Record<string, string>} names
 */
function gate(node, { x, y }, { done, known, lit }, names) {
  const { id, inputs, label, operation, value, gradient } = node;
  const box = {
    x: x - RADIUS,
    y: y - RADIUS * 0.8,
    width: 2 * RADIUS,
    height: 1.6 * RADIUS,
    rx: operation === 'constant' ? 0 : 8,
  };
  const body =
    inputs.length > 0 ? svgElement('circle', { cx: x, cy: y, r: RADIUS }) : svgElement('rect', box);
  const sign = svgElement('text', { x, y, class: `sign${label.length > WIDE ? ' long' : ''}` }, [label]);
  const group = svgElement('g', { class: `gate${id === lit ? ' lit' : ''}`, 'data-node': id }, [body, sign]);
  if (inputs.length > 0 && nameOf(node, names))
    group.append(svgElement('text', { x, y: y - RADIUS - ABOVE, class: 'called' }, [nameOf(node, names)]));
  if (operation === 'variable') group.setAttribute('data-name', label);
  if (done.has(id) && operation !== 'constant') group.append(number('value', value, x + BESIDE, y - ABOVE));
  if (known(id) && operation !== 'constant')
    group.append(number('gradient', gradient, x + BESIDE, y + BELOW));
  return group;
}

/** @param {Graph} graph @param {number} at @param {Record<string, string>} names */
export function drawing(graph, at, names) {
  const { spots, width, height } = layoutGraph(graph);
  const now = progress(graph, at);
  const svg = svgElement('svg', {
    class: 'graph',
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': text('gates.name'),
  });
  if (svg instanceof SVGElement) {
    svg.style.setProperty('--largest', `${width * LARGEST}px`);
    svg.style.setProperty('--least', `${height * SMALLEST}px`);
    svg.style.setProperty('--narrowest', `${width * SMALLEST}px`);
  }
  for (const { id, inputs } of graph.nodes) {
    for (const from of inputs) svg.append(svgElement('path', { d: wirePath(spots[from], spots[id]) }));
  }
  svg.append(...graph.nodes.map((node) => gate(node, spots[node.id], now, names)));
  return svg;
}

/**
 * The lit gate's own formula, and backward each local derivative times what arrives, a line for each in TeX.
 * @param {Graph} graph
 * @param {number} at
 * @param {Record<string, string>} names
 */
export function gateTex(graph, at, names) {
  const { lit, backward, arriving } = progress(graph, at);
  const node = graph.nodes[lit];
  if (!node) return [String.raw`\displaystyle ${graph.tex}`];
  if (arriving) return [String.raw`\text{${text('gates.arriving')}}\quad ${roundedTex(node.gradient)}`];
  const { output, value, slopes } = formulas(graph, node, names);
  if (!backward) return [[output, value, roundedTex(node.value)].filter(Boolean).join(' = ')];
  return slopes.flatMap(({ of, slope, local, isConstant }) => {
    if (isConstant) return [];
    const number = roundedTex(local);
    const handed = roundedTex(local * (node.gradient ?? NaN));
    const equal = slope === number ? number : `${slope} = ${number}`;
    return [
      String.raw`{${of} = ${equal},\ \ } \allowbreak {${roundedTex(node.gradient)} \cdot (${number}) = ${handed}}`,
    ];
  });
}
