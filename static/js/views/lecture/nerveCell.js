/**
 * A nerve cell with the numbers of an artificial neuron, each where its counterpart is; a stronger weight is
 * a thicker branch.
 */

import { roundedNumber } from '../../lib/format/roundedNumbers.js';
import { svgElement } from '../../lib/dom/svg.js';
import { text } from '../../lib/format/i18n.js';
import { showsPart } from '../../state/pages/lecture.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../../state/pages/graphWalk.js').Graph} Graph */

const WIDTH = 310;
const HEIGHT = 196;
const BODY =
  'M102,84 C106,60 150,56 162,80 C172,92 172,108 162,120 C150,146 106,140 102,116 C92,106 92,94 102,84 Z';
const AXON = 'M167,100 H238';
const SHEATHS = [178, 209];
const ENDINGS = 'M238,100 C252,96 256,84 264,74 M238,100 H268 M238,100 C252,104 256,116 264,126';
const ENDS = [
  [264, 74],
  [268, 100],
  [264, 126],
];
const BRANCHES = [
  {
    trunk: 'M8,42 C40,40 70,58 104,84',
    twigs: 'M30,42 C36,52 42,58 50,62 M56,52 C64,42 70,38 78,35',
    input: [2, 24],
    weight: [98, 34],
  },
  {
    trunk: 'M8,158 C40,160 70,142 104,116',
    twigs: 'M30,158 C36,148 42,142 50,138 M56,148 C64,158 70,162 78,165',
    input: [2, 188],
    weight: [98, 177],
  },
];
const THINNEST = 2;
const PER_WEIGHT = 2;
const THICKEST = 12;

/** What the graph has for a name. @param {Graph} graph @param {string} name */
const namedValue = ({ nodes }, name) =>
  nodes.find(({ operation, label }) => operation === 'variable' && label === name)?.value ?? null;

/** @param {Graph} graph whose last gate is a function of the sum */
function read(graph) {
  const [sum] = graph.nodes[graph.nodes.length - 1].inputs;
  const [bias, ...weights] = ['w0', 'w1', 'w2'].map((name) => namedValue(graph, name));
  return {
    bias,
    weights,
    inputs: ['x1', 'x2'].map((name) => namedValue(graph, name)),
    sum: graph.nodes[sum].value,
    output: graph.value,
  };
}

/**
 * A name with its index, and its number.
 * @param {number[]} at
 * @param {string} name
 * @param {string} index
 * @param {number | null} value
 * @param {string} [anchor]
 */
function term([x, y], name, index, value, anchor = 'start') {
  const low = index
    ? [
        svgElement('tspan', { class: 'index', dy: 4 }, [index]),
        svgElement('tspan', { dy: -4 }, [` = ${roundedNumber(value)}`]),
      ]
    : [` = ${roundedNumber(value)}`];
  return svgElement('text', { x, y, 'text-anchor': anchor }, [name, ...low]);
}

/** @param {string} part @param {number} x @param {number} y */
const label = (part, x, y) => svgElement('text', { x, y, class: 'anatomy' }, [text(`cell.${part}`)]);

/** @param {Graph} graph */
function drawing(graph) {
  const { bias, weights, inputs, sum, output } = read(graph);
  const branches = BRANCHES.flatMap(({ trunk, twigs, input, weight }, k) => {
    const w = weights[k] ?? 0;
    const width = Math.min(THICKEST, THINNEST + PER_WEIGHT * Math.abs(w));
    return [
      svgElement('path', { class: 'twig', d: twigs }),
      svgElement('path', { class: w < 0 ? 'branch negative' : 'branch', d: trunk, 'stroke-width': width }),
      term(input, 'x', String(k + 1), inputs[k]),
      term(weight, 'w', String(k + 1), w),
    ];
  });
  const values = {
    x1: inputs[0],
    x2: inputs[1],
    w0: bias,
    w1: weights[0],
    w2: weights[1],
    z: sum,
    a: output,
  };
  const words = text(
    'cell.name',
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, roundedNumber(value)])),
  );
  return svgElement('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': words }, [
    ...branches,
    svgElement('path', { class: 'axon', d: AXON }),
    svgElement('path', { class: 'twig', d: ENDINGS }),
    ...SHEATHS.map((x) => svgElement('rect', { x, y: 93, width: 24, height: 14, rx: 7 })),
    ...ENDS.map(([cx, cy]) => svgElement('circle', { cx, cy, r: 5 })),
    svgElement('path', { class: 'body', d: BODY }),
    svgElement('text', { x: 131, y: 95, class: 'sum' }, ['z']),
    svgElement('text', { x: 131, y: 115, class: 'sum' }, [roundedNumber(sum)]),
    term([168, 78], 'w', '0', bias),
    term([308, 54], 'a', '', output, 'end'),
    label('dendrites', 2, 105),
    label('body', 150, 152),
    label('axon', 186, 128),
  ]);
}

/** @param {HTMLElement} root */
export function createNerveCell(root) {
  /** @type {Graph | null} */
  let drawn = null;
  return {
    /** @param {Lecture} lecture */
    update(lecture) {
      const [graph] = lecture.graphs;
      root.hidden = !showsPart(lecture, 'cell') || !graph;
      if (root.hidden || graph === drawn) return;
      drawn = graph;
      root.replaceChildren(drawing(graph));
    },
    destroy() {},
  };
}
