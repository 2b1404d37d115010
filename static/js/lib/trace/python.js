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
    .replace(/Math\./g, 'math.')
    .replace(/(\(?)z > 0 \? ([^:]+) : (.+?)(\)?)$/, '$1$2 if z > 0 else $3$4')
    .replace(/\bz\b/g, z);
}

/** A sum of products: z, a hidden ∂E/∂a, δ, ∂E/∂w. @param {Line} line */
export function sumInPython({ symbol, terms, value }) {
  const named = terms.flatMap(({ symbols, values }) => symbols.map((name, index) => /** @type {[string, Value]} */ ([name, values[index]])));
  const products = terms.map(({ symbols }) => symbols.map(identifier).join(' * '));
  return `${assignment(named)}\n${identifier(symbol)} = ${products.join(' + ')}  # ${literal(value)}`;
}

/** @param {Line} line @param {string} activation */
export async function activationLineInPython({ symbol, terms: [term], value }, activation) {
  const z = identifier(term.symbols[0]);
  const body = await activationInPython(activation, z);
  const start = body.includes('math.') ? 'import math\n' : '';
  return `${start}${z} = ${literal(term.values[0])}\n${identifier(symbol)} = ${body}  # ${literal(value)}`;
}

/** The loss, and its first slope, where the loss is the half squared error; of others the value. @param {Line} line @param {string} loss */
export function lossInPython({ terms, value }, loss) {
  const named = terms.flatMap(({ symbols, values }) => symbols.map((name, index) => /** @type {[string, Value]} */ ([name, values[index]])));
  const shares = terms.map(({ symbols: [a, y], product }) =>
    loss === 'half_squared_error' ? `0.5 * (${identifier(a)} - ${identifier(y)}) ** 2` : literal(product),
  );
  return `${assignment(named)}\nE = ${shares.join(' + ')}  # ${literal(value)}`;
}

/** @param {string} symbol @param {Value} value */
export function valueInPython(symbol, value) {
  return `${identifier(symbol)} = ${literal(value)}`;
}

/** w ← w − η ∂E/∂w, or the step another optimiser makes. @param {Line} line */
export function updateInPython({ symbol, terms, value }) {
  const [, step] = terms;
  const name = identifier(symbol);
  if (!step) return `${name} = ${literal(value)}  # frozen`;
  const [old] = terms[0].values;
  const change = step.symbols.map(identifier).join(' * ');
  const named = step.symbols.map((given, index) => /** @type {[string, Value]} */ ([given, step.values[index]]));
  return `${name} = ${literal(old)}; ${assignment(named)}\n${name} = ${name} + ${change}  # ${literal(value)}`;
}
