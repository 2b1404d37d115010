/**
 * The slides' names: layers count from 1, the inputs; w_ij^(l) goes from unit j of layer l to unit i of
 * layer l + 1, and w_i0^(l) is the bias. Inside the page, layers of weights, units and inputs count from 0.
 */

import { element } from '../dom/element.js';

/** @param {number} i @param {number} j */
const index = (i, j) => (i < 10 && j < 10 ? `${i}${j}` : `${i},${j}`);

/**
 * @param {string} letter
 * @param {string} above
 * @param {string} below
 * @param {Record<string, string>} [attributes]
 */
function symbol(letter, above, below, attributes = {}) {
  const scripts = [element('sup', {}, [`(${above})`]), element('sub', {}, [below])];
  return element('span', { class: 'symbol', ...attributes }, [
    element('i', {}, [letter]),
    element('span', { class: 'scripts' }, scripts),
  ]);
}

/**
 * w_ij^(l) as nodes. input −1 is the bias.
 * @param {number} layer
 * @param {number} unit
 * @param {number} input
 */
export const weightName = (layer, unit, input) => symbol('w', `${layer + 1}`, index(unit + 1, input + 1));

/** The same, spoken. @param {number} layer @param {number} unit @param {number} input */
export function weightWords(layer, unit, input) {
  return `w ${index(unit + 1, input + 1)} (${layer + 1})`;
}

/** The same, as the service writes it. @param {number} layer @param {number} unit @param {number} input */
export function parameterName(layer, unit, input) {
  const below = index(unit + 1, input + 1);
  return `w_${below.includes(',') ? `{${below}}` : below}^(${layer + 1})`;
}

/** a_i^(l) as nodes. @param {number} layer @param {number} unit */
export const unitName = (layer, unit) => symbol('a', `${layer + 2}`, `${unit + 1}`);

/**
 * Words in which parameters stand as the service writes them, with these set as symbols.
 * @param {string} words
 */
export function withSymbols(words) {
  return words.split(/(w_\{?[\d,]+\}?\^\(\d+\))/).map((piece) => {
    const [, below, above] = /^w_\{?([\d,]+)\}?\^\((\d+)\)$/.exec(piece) ?? [];
    return below
      ? symbol('w', above, below, { role: 'img', 'aria-label': `w ${below} (${above})` })
      : new Text(piece);
  });
}

/**
 * A feature's formula as nodes: x1*x2 as x₁x₂, x1^2 as x₁².
 * @param {string} formula
 * @returns {Node[]}
 */
export function formulaNodes(formula) {
  /** @type {Node[]} */
  const nodes = [];
  for (const [, name, number, power, rest] of formula.matchAll(
    /([a-z])(\d+)|\^(\d+)|([^a-z^]+|[a-z]+|\^)/g,
  )) {
    if (name) nodes.push(element('i', {}, [name]), element('sub', {}, [number]));
    else if (power) nodes.push(element('sup', {}, [power]));
    else nodes.push(new Text(rest.replace(/\*/g, '').replace(/-/g, '\u2212')));
  }
  return nodes;
}

/**
 * The page that opens a unit into gates.
 * @param {string} network
 * @param {number} layer
 * @param {number} unit
 * @param {number} example
 */
export const gatesAddress = (network, layer, unit, example) =>
  `expressions#id=${encodeURIComponent(network)}&unit=${layer},${unit}&example=${example}`;
