/**
 * A gate's formula and its slopes in TeX, with the names of what it reads where all of that has a name; else
 * u and v.
 */

import { withOwnDecimals } from '../../lib/format/boardNumber.js';

/** @typedef {import('../../state/pages/graphWalk.js').Graph} Graph */
/** @typedef {import('../../state/pages/graphWalk.js').GraphNode} GraphNode */

const SHORT = /^([a-z])(\d*)$/i;
const PLACES = ['u', 'v'];

/** @param {GraphNode} node @param {Record<string, string>} names of gates, by their sign */
export function nameOf({ operation, label, inputs }, names) {
  if (inputs.length > 0) return names[label] ?? '';
  return operation === 'variable' ? label : '';
}

/** @param {string} name */
const tex = (name) => name.replace(SHORT, (_, letter, number) => (number ? `${letter}_{${number}}` : letter));

/**
 * What a gate reads, in TeX; isPlace: by a letter that stands nowhere else.
 * @param {GraphNode[]} inputs
 * @param {Record<string, string>} names
 */
function inputsOf(inputs, names) {
  const unknown = inputs.filter(({ operation }) => operation !== 'constant');
  const named = unknown.every((input) => SHORT.test(nameOf(input, names)));
  return inputs.map((input) => {
    if (input.operation === 'constant')
      return { written: input.label.replace('\u2212', '-'), isPlace: false, input };
    return {
      written: named ? tex(nameOf(input, names)) : PLACES[unknown.indexOf(input)],
      isPlace: !named,
      input,
    };
  });
}

/** A negative number beside a sign or under a power. @param {string} written */
const bracketed = (written) => (written.startsWith('-') ? `(${written})` : written);

/**
 * @param {Graph} graph
 * @param {GraphNode} node
 * @param {Record<string, string>} names
 * @returns {{
 *   output: string,
 *   value: string,
 *   places: {letter: string, value: number | null}[],
 *   slopes: {of: string, slope: string, local: number, isConstant: boolean}[],
 * }} places: the letters that only these formulas know
 */
export function formulas({ nodes }, node, names) {
  const inputs = node.inputs.map((id) => nodes[id]);
  const read = inputsOf(inputs, names);
  const [u, v] = read.map(({ written }) => written);
  const output = tex(nameOf(node, names));
  /** @type {Record<string, string>} */
  const letters = { u, v };
  const fill = (/** @type {string} */ formula) =>
    withOwnDecimals(formula).replace(/\\\\|\\?[a-zA-Z]+/g, (token) =>
      token in letters ? (token === formula ? letters[token] : bracketed(letters[token])) : token,
    );
  const value = fill(node.formula);
  letters.f = output || value;
  const slopes = node.local_formulas.map((formula, k) => ({
    of: output
      ? String.raw`\frac{\partial ${output}}{\partial ${letters[PLACES[k]]}}`
      : String.raw`\frac{\partial}{\partial ${letters[PLACES[k]]}}\bigl(${value}\bigr)`,
    slope: fill(formula),
    local: node.local_gradients[k] ?? NaN,
    isConstant: inputs[k].operation === 'constant',
  }));
  const places = read.flatMap(({ written, isPlace, input }) =>
    isPlace ? [{ letter: written, value: input.value }] : [],
  );
  return { output, value, places, slopes };
}
