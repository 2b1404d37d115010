/**
 * What stands on the board at a stop, layer by layer, in matrix form: z = W a + b with the matrices
 * themselves.
 */

import { batchBoard } from './batchWalk.js';
import { numberTex } from '../format/boardNumber.js';
import { layerInPython, matrixInPython as python, stepInPython } from './python.js';
import { activationFormulas, loss, updateRule } from './unitBoard.js';
import { text } from '../format/i18n.js';

/** @typedef {import('./walk.js').Stop} Stop */
/** @typedef {import('./walk.js').Line} Line */
/** @typedef {import('./walk.js').Trace} Trace */
/** @typedef {import('./unitBoard.js').Setting} Setting */
/** @typedef {import('./unitBoard.js').Board} Board */
/** @typedef {import('./unitBoard.js').Equation} Equation */
/** @typedef {import('./walk.js').Value[][]} Matrix rows */

const MOST = 8;

/**
 * The first few and the last, "…" between.
 * @template Item
 * @param {Item[]} items
 * @param {Item} gap
 * @param {boolean} exact
 * @returns {Item[]}
 */
function elided(items, gap, exact) {
  if (items.length <= MOST || exact) return items;
  return [...items.slice(0, MOST - 2), gap, items[items.length - 1]];
}

/**
 * @param {Matrix} matrix
 * @param {boolean} exact
 * @param {boolean} [more] there are further columns, of examples that are not shown
 */
function matrixTex(matrix, exact, more = false) {
  const gap = more ? [String.raw`\cdots`] : [];
  const rows = matrix.map((row) =>
    [
      ...elided(
        row.map((value) => numberTex(value, exact)),
        String.raw`\cdots`,
        exact,
      ),
      ...gap,
    ].join(' & '),
  );
  return String.raw`\begin{bmatrix}${elided(rows, String.raw`\vdots`, exact).join(String.raw`\\ `)}\end{bmatrix}`;
}

/** @param {import('./walk.js').Value[]} values @returns {Matrix} */
const column = (values) => values.map((value) => [value]);

/** @param {Matrix} matrix @returns {Matrix} */
const transposed = (matrix) => matrix[0].map((_, j) => matrix.map((row) => row[j]));

/**
 * @param {string} symbol
 * @param {string} formula
 * @param {string} numbers
 * @param {Matrix} result
 * @param {boolean} exact
 * @param {Equation['python']} code
 * @param {boolean} [more]
 * @returns {Equation}
 */
function equation(symbol, formula, numbers, result, exact, code, more = false) {
  const forms = [formula, ...(numbers ? [numbers] : []), matrixTex(result, exact, more)];
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

/**
 * The examples on the board, a column each: one, or the first of a batch; more: the batch has others.
 * @param {Trace} trace
 */
const shownOf = (trace) => ({
  traces: trace.batch?.each ?? [trace],
  more: (trace.batch?.examples.length ?? 0) > (trace.batch?.each.length ?? 0),
});

/**
 * A column for each example.
 * @param {Trace[]} traces
 * @param {(trace: Trace) => import('./walk.js').Value[]} values
 * @returns {Matrix}
 */
const beside = (traces, values) => transposed(traces.map(values));

/** The forward lines of a layer counted as the slides do. @param {number} layer @param {Trace} trace */
const forwardLines = (layer, trace) =>
  trace.lines.filter((line) => line.phase === 'forward' && line.layer === layer);

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
function forward({ lines, layer }, { exact, catalog, spec, trace }) {
  const { b, W } = linear(lines);
  const { traces, more } = shownOf(trace);
  const [below, z, a] = /** @type {const} */ (['below', 'z', 'a']).map((name) =>
    beside(traces, (each) => linear(forwardLines(layer, each))[name]),
  );
  const l = layer - 1;
  const ones = trace.batch ? String.raw`\,\mathbf{1}^{\mathsf T}` : '';
  const numbers = `${matrixTex(W, exact)}${matrixTex(below, exact, more)} + ${matrixTex(column(b), exact)}${ones}`;
  const entry = catalog.activations.find(({ name }) => name === spec.layers[layer - 2]?.activation);
  const arrays = [W, below, column(b)].map((matrix) => `np.array(${python(matrix)})`);
  const code = `import numpy as np\nW, a, b = ${arrays.join(', ')}\nz = W @ a + b`;
  return {
    equations: [
      equation(`z^{(${layer})}`, `W^{(${l})} a^{(${l})} + b^{(${l})}${ones}`, numbers, z, exact, code, more),
      equation(
        `a^{(${layer})}`,
        `g(z^{(${layer})}),\\;\\; g(z) = ${activationFormulas(lines[1])[1]}`,
        `g${matrixTex(z, exact, more)}`,
        a,
        exact,
        layerInPython(z, entry?.name ?? 'linear'),
        more,
      ),
    ],
  };
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
function delta({ lines, layer }, { exact, trace }) {
  const { traces, more } = shownOf(trace);
  const backward = (/** @type {Trace} */ each, /** @type {string} */ start) =>
    each.lines.filter(
      (line) => line.phase === 'backward' && line.layer === layer && line.symbol.startsWith(start),
    );
  const da = beside(traces, (each) => backward(each, '∂E/∂a').map(({ value }) => value));
  const slopes = beside(traces, (each) => backward(each, 'δ').map(({ terms }) => terms[0].values[1]));
  const result = beside(traces, (each) => backward(each, 'δ').map(({ value }) => value));
  const symbol = String.raw`\frac{\partial E}{\partial a^{(${layer})}}`;
  const product = `${matrixTex(da, exact, more)} \\odot ${matrixTex(slopes, exact, more)}`;
  const code = `import numpy as np\ndelta = np.array(${python(da)}) * np.array(${python(slopes)})`;
  const last = equation(
    String.raw`\delta^{(${layer})}`,
    String.raw`${symbol} \odot g'(z^{(${layer})})`,
    product,
    result,
    exact,
    code,
    more,
  );
  if (lines[0].terms.length === 0) return { equations: [last] };
  const Wt = transposed(linear(forwardLines(layer + 1, trace)).W);
  const above = beside(traces, (each) => backward(each, '∂E/∂a')[0].terms.map(({ values }) => values[0]));
  const back = `import numpy as np\nda = np.array(${python(Wt)}) @ np.array(${python(above)})`;
  const first = equation(
    symbol,
    String.raw`(W^{(${layer})})^{\mathsf T}\, \delta^{(${layer + 1})}`,
    `${matrixTex(Wt, exact)}${matrixTex(above, exact, more)}`,
    da,
    exact,
    back,
    more,
  );
  return { equations: [first, last] };
}

/** A layer's lines about weights, in rows with the bias first. @param {Line[]} lines @returns {Line[][]} */
function rowsOf(lines) {
  /** @type {Line[][]} */
  const rows = [];
  for (const line of lines) {
    rows[line.unit - 1] ??= [];
    rows[line.unit - 1].push(line);
  }
  return rows;
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
function gradient({ lines, layer }, { exact, trace }) {
  const rows = rowsOf(lines);
  const l = layer - 1;
  const { traces, more } = shownOf(trace);
  const count = trace.batch?.examples.length ?? 1;
  const deltas = beside(traces, (each) =>
    each.lines
      .filter(({ symbol, layer: at }) => at === layer && symbol.startsWith('δ'))
      .map(({ value }) => value),
  );
  const below = traces.map((each) => linear(forwardLines(layer, each)).below);
  const W = rows.map((row) => row.slice(1).map(({ value }) => value));
  const b = column(rows.map(([first]) => first.value));
  const mean = trace.batch ? String.raw`\tfrac{1}{${count}}\,` : '';
  const ones = trace.batch ? String.raw`\,\mathbf{1}` : '';
  const numbers = `${mean}${matrixTex(deltas, exact, more)}${matrixTex(below, exact)}${more ? String.raw`\;\cdots` : ''}`;
  const all = `np.array(${python(deltas)})`;
  const codeOfB = more
    ? `db = ${python(b)}`
    : `import numpy as np\ndb = ${all}.sum(axis=1, keepdims=True) / ${count}`;
  const code = more
    ? `dW = ${python(W)}`
    : `import numpy as np\ndW = ${all} @ np.array(${python(below)})${trace.batch ? ` / ${count}` : ''}`;
  return {
    equations: [
      equation(
        String.raw`\frac{\partial E}{\partial W^{(${l})}}`,
        String.raw`${mean}\delta^{(${layer})}\,(a^{(${l})})^{\mathsf T}`,
        numbers,
        W,
        exact,
        code,
      ),
      equation(
        String.raw`\frac{\partial E}{\partial b^{(${l})}}`,
        String.raw`${mean}\delta^{(${layer})}${ones}`,
        '',
        b,
        exact,
        codeOfB,
      ),
    ],
  };
}

/**
 * What a layer's weights, or its biases, become: old, minus the rate times the gradient or plus the step.
 * @param {string} name
 * @param {Line[][]} rows
 * @param {boolean} exact
 * @returns {Equation}
 */
function moved(name, rows, exact) {
  const factorsOf = (/** @type {Line} */ { terms }) => terms[1]?.values ?? [0];
  const rates = rows
    .flat()
    .flatMap(({ terms }) => (terms[1]?.values.length === 2 ? [terms[1].values[0]] : []));
  const kept = rows.flat().filter(({ terms }) => terms.length === 1);
  const still = kept.length === rows.flat().length;
  const old = rows.map((row) => row.map(({ terms }) => terms[0].values[0]));
  const after = rows.map((row) => row.map(({ value }) => value));
  const relation = String.raw`\leftarrow`;
  if (still)
    return {
      ...equation(
        name,
        `${name}\\;\\text{(${text('microscope.frozen')})}`,
        '',
        after,
        exact,
        stepInPython(old, null, null),
      ),
      relation,
    };
  const change = rows.map((row) => row.map((line) => factorsOf(line).at(-1)));
  const rate = typeof rates[0] === 'number' ? -rates[0] : null;
  const zeros = kept.length > 0 ? String.raw`\;\;\text{(0: ${text('microscope.frozen')})}` : '';
  const formula =
    rate === null
      ? String.raw`${name} + \Delta ${name}`
      : String.raw`${name} - \eta\,\frac{\partial E}{\partial ${name}}`;
  const sign = rate === null ? '+ ' : String.raw`- ${numberTex(rate, exact)}\cdot `;
  const numbers = `${matrixTex(old, exact)} ${sign}${matrixTex(change, exact)} = ${matrixTex(after, exact)}`;
  return {
    symbol: name,
    relation,
    forms: [formula + zeros, numbers],
    value: null,
    python: stepInPython(old, rate, change),
  };
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
function update({ lines, layer }, { exact }) {
  const rows = rowsOf(lines);
  const of = (/** @type {string} */ letter) => `${letter}^{(${layer - 1})}`;
  const weights = rows.map((row) => row.slice(1));
  const biases = rows.map((row) => row.slice(0, 1));
  const plain = lines.some(({ terms }) => terms[1]?.values.length === 2);
  return {
    equations: [moved(of('W'), weights, exact), moved(of('b'), biases, exact)],
    ...(!plain && { rule: updateRule(lines) }),
  };
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
export function matrixBoard(stop, setting) {
  if (stop.kind === 'forward') return forward(stop, setting);
  if (stop.kind === 'loss')
    return setting.trace.batch ? batchBoard(stop, setting) : { equations: [loss(stop.lines[0], setting)] };
  if (stop.kind === 'delta') return delta(stop, setting);
  return stop.kind === 'gradient' ? gradient(stop, setting) : update(stop, setting);
}
