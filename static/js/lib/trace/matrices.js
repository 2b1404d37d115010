/** What stands on the board at a stop, layer by layer, in matrix form: z = W a + b with the matrices themselves. */

import { figure } from './figures.js';
import { layerInPython, matrixInPython as python, stepInPython } from './python.js';
import { loss, updateRule } from './slides.js';
import { text } from '../text.js';

/** @typedef {import('./walk.js').Stop} Stop */
/** @typedef {import('./walk.js').Line} Line */
/** @typedef {import('./slides.js').Setting} Setting */
/** @typedef {import('./slides.js').Board} Board */
/** @typedef {import('./slides.js').Equation} Equation */
/** @typedef {import('./walk.js').Value[][]} Matrix rows */

const MOST = 8;

/** The first few and the last, "…" between. @template Item @param {Item[]} items @param {Item} gap @param {boolean} exact @returns {Item[]} */
function elided(items, gap, exact) {
  if (items.length <= MOST || exact) return items;
  return [...items.slice(0, MOST - 2), gap, items[items.length - 1]];
}

/** @param {Matrix} matrix @param {boolean} exact */
function matrixTex(matrix, exact) {
  const rows = matrix.map((row) => elided(row.map((value) => figure(value, exact)), String.raw`\cdots`, exact).join(' & '));
  return String.raw`\begin{bmatrix}${elided(rows, String.raw`\vdots`, exact).join(String.raw`\\ `)}\end{bmatrix}`;
}

/** @param {import('./walk.js').Value[]} values @returns {Matrix} */
const column = (values) => values.map((value) => [value]);

/** @param {Matrix} matrix @returns {Matrix} */
const transposed = (matrix) => matrix[0].map((_, j) => matrix.map((row) => row[j]));

/** @param {string} symbol @param {string} formula @param {string} numbers @param {Matrix} result @param {boolean} exact @param {Equation['python']} code @returns {Equation} */
function equation(symbol, formula, numbers, result, exact, code) {
  const forms = [formula, ...(numbers ? [numbers] : []), matrixTex(result, exact)];
  return { symbol, relation: '=', forms, value: null, python: code };
}

/** W, b and what comes in, of a layer's forward lines. @param {Line[]} lines */
function linear(lines) {
  const sums = lines.filter(({ symbol }) => symbol.startsWith('z_'));
  return {
    b: sums.map(({ terms }) => terms[0].values[0]),
    W: sums.map(({ terms }) => terms.slice(1).map(({ values }) => values[0])),
    below: sums[0].terms.slice(1).map(({ values }) => values[1]),
    z: sums.map(({ value }) => value),
    a: lines.filter(({ symbol }) => symbol.startsWith('a_')).map(({ value }) => value),
  };
}

/** @param {number} layer @param {Setting} setting the forward lines of a layer counted as the slides do */
const forwardLines = (layer, { trace }) => trace.lines.filter((line) => line.phase === 'forward' && line.layer === layer);

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
function forward({ lines, layer }, { exact, catalog, spec }) {
  const { b, W, below, z, a } = linear(lines);
  const l = layer - 1;
  const numbers = `${matrixTex(W, exact)}${matrixTex(column(below), exact)} + ${matrixTex(column(b), exact)}`;
  const entry = catalog.activations.find(({ name }) => name === spec.layers[layer - 2]?.activation);
  const code = `import numpy as np\nW, a, b = np.array(${python(W)}), np.array(${python(column(below))}), np.array(${python(column(b))})\nz = W @ a + b`;
  return {
    equations: [
      equation(`z^{(${layer})}`, `W^{(${l})} a^{(${l})} + b^{(${l})}`, numbers, column(z), exact, code),
      equation(`a^{(${layer})}`, `g(z^{(${layer})}),\\;\\; g(z) = ${entry?.formula ?? 'g(z)'}`, `g${matrixTex(column(z), exact)}`, column(a), exact, layerInPython(z, entry?.name ?? 'linear')),
    ],
  };
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
function delta({ lines, layer }, setting) {
  const { exact } = setting;
  const das = lines.filter(({ symbol }) => symbol.startsWith('∂'));
  const deltas = lines.filter(({ symbol }) => symbol.startsWith('δ'));
  const da = column(das.map(({ value }) => value));
  const slopes = column(deltas.map(({ terms }) => terms[0].values[1]));
  const result = column(deltas.map(({ value }) => value));
  const symbol = String.raw`\frac{\partial E}{\partial a^{(${layer})}}`;
  const product = `${matrixTex(da, exact)} \\odot ${matrixTex(slopes, exact)}`;
  const code = `import numpy as np\ndelta = np.array(${python(da)}) * np.array(${python(slopes)})`;
  const last = equation(String.raw`\delta^{(${layer})}`, String.raw`${symbol} \odot g'(z^{(${layer})})`, product, result, exact, code);
  if (das[0].terms.length === 0) return { equations: [last] };
  const Wt = transposed(linear(forwardLines(layer + 1, setting)).W);
  const above = column(das[0].terms.map(({ values }) => values[0]));
  const back = `import numpy as np\nda = np.array(${python(Wt)}) @ np.array(${python(above)})`;
  const first = equation(symbol, String.raw`(W^{(${layer})})^{\mathsf T}\, \delta^{(${layer + 1})}`, `${matrixTex(Wt, exact)}${matrixTex(above, exact)}`, da, exact, back);
  return { equations: [first, last] };
}

/** A layer's lines about weights, in rows with the bias first. @param {Line[]} lines @returns {Line[][]} */
function rowsOf(lines) {
  /** @type {Line[][]} */
  const rows = [];
  for (const line of lines) (rows[line.unit - 1] ??= []).push(line);
  return rows;
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
function gradient({ lines, layer }, setting) {
  const { exact } = setting;
  const rows = rowsOf(lines);
  const l = layer - 1;
  const deltas = column(rows.map(([first]) => first.value));
  const below = [linear(forwardLines(layer, setting)).below];
  const W = rows.map((row) => row.slice(1).map(({ value }) => value));
  const code = `import numpy as np\ndW = np.array(${python(deltas)}) @ np.array(${python(below)})`;
  return {
    equations: [
      equation(String.raw`\frac{\partial E}{\partial W^{(${l})}}`, String.raw`\delta^{(${layer})}\,(a^{(${l})})^{\mathsf T}`, `${matrixTex(deltas, exact)}${matrixTex(below, exact)}`, W, exact, code),
      equation(String.raw`\frac{\partial E}{\partial b^{(${l})}}`, String.raw`\delta^{(${layer})}`, '', deltas, exact, `db = ${python(deltas)}`),
    ],
  };
}

/** What a layer's weights, or its biases, become: old, minus the rate times the gradient or plus the step. @param {string} name @param {Line[][]} rows @param {boolean} exact @returns {Equation} */
function moved(name, rows, exact) {
  const factorsOf = (/** @type {Line} */ { terms }) => terms[1]?.values ?? [0];
  const rates = rows.flat().flatMap(({ terms }) => (terms[1]?.values.length === 2 ? [terms[1].values[0]] : []));
  const still = rows.flat().every(({ terms }) => terms.length === 1);
  const old = rows.map((row) => row.map(({ terms }) => terms[0].values[0]));
  const after = rows.map((row) => row.map(({ value }) => value));
  const relation = String.raw`\leftarrow`;
  if (still) return { ...equation(name, `${name}\\;\\text{(${text('microscope.frozen')})}`, '', after, exact, stepInPython(old, null, null)), relation };
  const change = rows.map((row) => row.map((line) => factorsOf(line).at(-1)));
  const rate = typeof rates[0] === 'number' ? -rates[0] : null;
  const formula = rate === null ? String.raw`${name} + \Delta ${name}` : String.raw`${name} - \eta\,\frac{\partial E}{\partial ${name}}`;
  const sign = rate === null ? '+ ' : String.raw`- ${figure(rate, exact)}\cdot `;
  const numbers = `${matrixTex(old, exact)} ${sign}${matrixTex(change, exact)} = ${matrixTex(after, exact)}`;
  return { symbol: name, relation, forms: [formula, numbers], value: null, python: stepInPython(old, rate, change) };
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
function update({ lines, layer }, setting) {
  const { exact } = setting;
  const rows = rowsOf(lines);
  const of = (/** @type {string} */ letter) => `${letter}^{(${layer - 1})}`;
  const weights = rows.map((row) => row.slice(1));
  const biases = rows.map((row) => row.slice(0, 1));
  const plain = lines.some(({ terms }) => terms[1]?.values.length === 2);
  return { equations: [moved(of('W'), weights, exact), moved(of('b'), biases, exact)], ...(!plain && { rule: updateRule(setting) }) };
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
export function matricesBoard(stop, setting) {
  if (stop.kind === 'forward') return forward(stop, setting);
  if (stop.kind === 'loss') return { equations: [loss(stop.lines[0], setting)] };
  if (stop.kind === 'delta') return delta(stop, setting);
  return stop.kind === 'gradient' ? gradient(stop, setting) : update(stop, setting);
}
