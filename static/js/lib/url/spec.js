/**
 * A spec as the part of an address behind the #, and back: the names of the REST spec, joined by dots where
 * they
 * lie in one another, each number to its last bit. Readable, and no longer than it must be:
 * `seed=7&data.name=circle&layers=4-tanh,2-tanh,1-tanh&optimizer.learning_rate=0.03…`
 */

import { parseList, serializeList } from './specLists.js';

/** @typedef {import('../model/parameterLayout.js').LayerSpec} LayerSpec */
/** @typedef {{W: number[][], b: number[]}} LayerParameters */
/** @typedef {{W: boolean | boolean[][], b: boolean | boolean[]}} LayerFrozen */
/** @typedef {Record<string, any>} Tree */

/** An address that every chat, mail and whiteboard still takes. */
export const LONGEST = 2000;

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
const TOP = [
  'seed',
  'dtype',
  'features',
  'layers',
  'loss',
  'batch_size',
  'shuffle',
  'frozen',
  'parameters',
  'tfplayground',
];

/**
 * Everything but what would end a value, or would be taken for the end of an address in running text.
 * @param {string} text
 */
function quoted(text) {
  return encodeURIComponent(text)
    .replace(/%(2C|3B|3A|2F)/gi, decodeURIComponent)
    .replace(/[()!'*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** An object without a past: an address may hold any name. @returns {Tree} */
const bare = () => Object.create(null);

/**
 * A spec as name and value pairs, in the order they are in.
 * @param {Tree} tree
 * @param {string} [above]
 * @returns {[string, string][]}
 */
function pairsOf(tree, above = '') {
  return Object.entries(tree).flatMap(([name, value]) => {
    const path = above + name;
    if (value === null || value === undefined) return [];
    const list = serializeList(path, value);
    if (list !== null) return list === '' ? [] : [/** @type {[string, string]} */ ([path, list])];
    if (typeof value === 'object') return pairsOf(value, `${path}.`);
    return [/** @type {[string, string]} */ ([path, String(value)])];
  });
}

/**
 * @param {Tree} spec complete, as the server tells it, and with rows and parameters where it needs them
 * @returns {string} what stands behind the #
 */
export function serializeSpec(spec) {
  return pairsOf(spec)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join('&');
}

/** @param {string} text */
function scalar(text) {
  if (text === 'true' || text === 'false') return text === 'true';
  return NUMBER.test(text) ? Number(text) : text;
}

/**
 * The name and value pairs behind a #; null: it is no address of a spec.
 * @param {string} hash without the #
 * @returns {[string, string][] | null}
 */
function cut(hash) {
  const pairs = hash.split('&').map((pair) => pair.split(/=(.*)/s));
  if (!pairs.every(([name, value]) => value !== undefined && (name.includes('.') || TOP.includes(name))))
    return null;
  try {
    return pairs.map(([name, value]) => [name, decodeURIComponent(value)]);
  } catch {
    return null;
  }
}

/** @param {string} hash without the # @returns {Tree | null} null: these are no settings of ours */
export function parseSpec(hash) {
  const pairs = cut(hash);
  if (!pairs) return null;
  const spec = bare();
  for (const [path, value] of pairs) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let branch = spec;
    for (const name of names) branch = branch[name] ??= bare();
    if (typeof branch !== 'object') return null;
    branch[last] =
      parseList(path, value) ?? (last.endsWith('name') || path === 'tfplayground' ? value : scalar(value));
  }
  return spec;
}
