/** Lines of a trace as Python that runs on its own and comes to the same numbers. */

import { identifier } from './symbols.js';

const evaluator = String(new URL('../../../../evaluator.js', import.meta.url));
/** @type {Promise<Record<string, Function>>} */
const registry = import(evaluator).then(({ activations }) => activations);

/** @typedef {import('./walk.js').Line} Line */
/** @typedef {import('./walk.js').Value} Value */

/** As Python writes it; a value that is to be found as "...". @param {Value} value */
export function literal(value) {
  if (value === undefined) return '...';
  return value === null ? 'float("nan")' : String(value);
}

/** @param {[string, Value][]} named each name once @returns {string} */
function assignment(named) {
  const unique = new Map(named.map(([symbol, value]) => [identifier(symbol), value]));
  return [...unique].map(([name, value]) => `${name} = ${literal(value)}`).join('; ');
}

/** g(z) in Python, from the registry's own JavaScript. @param {string} activation @param {string} z */
async function activationInPython(activation, z) {
  const source = String((await registry)[activation]).replace('(z) => ', '');
  return source
    .replace(/Math\.(max|abs)/g, '$1')
    .replace(/Math\./g, 'np.')
    .replace(/(\(?)z > 0 \? ([^:]+) : (.+?)(\)?)$/, '$1$2 if z > 0 else $3$4')
    .replace(/\bz\b/g, z);
}

/** A sum of products: z, a hidden ∂E/∂a, δ, ∂E/∂w. @param {Line} line */
export function sumInPython({ symbol, terms, value }) {
  const named = terms.flatMap(({ symbols, values }) =>
    symbols.map((name, index) => /** @type {[string, Value]} */ ([name, values[index]])),
  );
  const products = terms.map(({ symbols }) => symbols.map(identifier).join(' * '));
  return `${assignment(named)}\n${identifier(symbol)} = ${products.join(' + ')}  # ${literal(value)}`;
}

/** @param {Line} line @param {string} activation */
export async function activationLineInPython({ symbol, terms: [term], value }, activation) {
  const z = identifier(term.symbols[0]);
  const body = await activationInPython(activation, z);
  const start = body.includes('np.') ? 'import numpy as np\n' : '';
  return `${start}${z} = ${literal(term.values[0])}\n${identifier(symbol)} = ${body}  # ${literal(value)}`;
}

/** @param {Value[][]} matrix */
export const matrixInPython = (matrix) =>
  `[${matrix.map((row) => `[${row.map(literal).join(', ')}]`).join(', ')}]`;

/** g of a whole layer. @param {Value[][]} z @param {string} activation */
export async function layerInPython(z, activation) {
  const body = await activationInPython(activation, 'z');
  const start = body.includes('np.') ? 'import numpy as np\n' : '';
  return `${start}a = [[${body} for z in row] for row in ${matrixInPython(z)}]`;
}

/**
 * What becomes of a layer's weights: with a rate minus it times the gradient, else plus the step.
 * @param {Value[][]} old
 * @param {number | null} rate
 * @param {Value[][] | null} change null: they are frozen
 */
export function stepInPython(old, rate, change) {
  const array = (/** @type {Value[][]} */ matrix) => `np.array(${matrixInPython(matrix)})`;
  const step = change ? (rate === null ? ` + ${array(change)}` : ` - ${rate} * ${array(change)}`) : '';
  return `import numpy as np\nnew = ${array(old)}${step}`;
}

/**
 * A call of what the engine itself computes with: its source, and the call.
 * @param {string} source
 * @param {string} given lines before it
 * @param {(name: string) => string} call
 * @param {Value} value
 */
function called(source, given, call, value) {
  const name = source.match(/.*^def (\w+)/ms)?.[1] ?? '';
  return `import numpy as np\n\n${source}\n\n${given}\n${call(name)}  # ${literal(value)}`;
}

/**
 * g'(z).
 * @param {string} symbol
 * @param {string} source
 * @param {Line} z
 * @param {Line} a
 * @param {Value} value
 */
export function slopeInPython(symbol, source, z, a, value) {
  const given = assignment([
    [z.symbol, z.value],
    [a.symbol, a.value],
  ]);
  return called(
    source,
    given,
    (name) => `${identifier(symbol)} = ${name}(${identifier(z.symbol)}, ${identifier(a.symbol)})`,
    value,
  );
}

/** @param {Line} line its terms are the outputs and what they should be */
function outputsInPython({ terms }) {
  const array = (/** @type {number} */ index) =>
    `np.array([${terms.map(({ values }) => literal(values[index])).join(', ')}])`;
  return `a = ${array(0)}\ny = ${array(1)}`;
}

/** E of one example. @param {Line} line @param {string} source */
export function lossInPython(line, source) {
  return called(source, outputsInPython(line), (name) => `E = ${name}(a, y, -1).sum()`, line.value);
}

/** The loss's slope at one output. @param {Line} loss @param {Line} line @param {string} source */
export function lossSlopeInPython(loss, { symbol, unit, value }, source) {
  return called(
    source,
    outputsInPython(loss),
    (name) => `${identifier(symbol)} = ${name}(a, y, -1)[${unit - 1}]`,
    value,
  );
}

/** A sum of numbers. @param {Line} line */
export function totalInPython({ symbol, terms, value }) {
  return `${identifier(symbol)} = ${terms.map(({ product }) => literal(product)).join(' + ')}  # ${literal(value)}`;
}

/** w ← w − η ∂E/∂w, or the step another optimiser makes. @param {Line} line */
export function updateInPython({ symbol, terms, value }) {
  const [, step] = terms;
  const name = identifier(symbol);
  if (!step) return `${name} = ${literal(value)}  # frozen`;
  const [old] = terms[0].values;
  const change = step.symbols.map(identifier).join(' * ');
  const named = step.symbols.map(
    (given, index) => /** @type {[string, Value]} */ ([given, step.values[index]]),
  );
  return `${name} = ${literal(old)}; ${assignment(named)}\n${name} = ${name} + ${change}  # ${literal(value)}`;
}
