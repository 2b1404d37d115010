/**
 * What an address asks the page to show. Three kinds of address, apart by what stands behind the #:
 *
 * - `#id=…` is one network that lives on the server: whoever opens it sees it train and can change it;
 * - `#seed=7&data.name=…` is a set-up: whoever opens it gets a new network with that start;
 * - `#activation=tanh&networkShape=…` is the part of a TensorFlow Playground link behind its #.
 *
 * The page's own network is a set-up in the address, and its id is kept in the entry of the browser's
 * history:
 * loading again, going back and going forward find the same network, and a copied address gives away a copy
 * alone.
 */

import { parseSpec } from './spec.js';

/**
 * @typedef {{id: string | null, spec: Record<string, any> | null}} Route id: a network to join; spec: to make
 *   one from, or where there is none by this id any more
 */

const KEYS = [
  'activation',
  'regularization',
  'batchSize',
  'dataset',
  'regDataset',
  'learningRate',
  'regularizationRate',
  'noise',
  'networkShape',
  'showTestData',
  'discretize',
  'percTrainData',
  '[xy]',
  'xTimesY',
  '[xy]Squared',
  '(sin|cos)[XY]',
  'problem',
  'initZero',
];
const PLAYGROUND = new RegExp(`playground\\.tensorflow\\.org|(^|[#&])(${KEYS.join('|')})=`);
const ID = /^id=([\w-]+)$/;

/** @param {string} hash without the # @returns {Route} */
function routeOf(hash) {
  const id = ID.exec(hash)?.[1] ?? null;
  if (id !== null || !hash.includes('=')) return { id, spec: null };
  return { id, spec: parseSpec(hash) ?? { tfplayground: hash } };
}

/**
 * @param {string} hash of the page's address
 * @param {unknown} remembered what the browser's history keeps with it
 * @returns {Route}
 */
export function routeAt(hash, remembered) {
  const place = routeOf(hash.replace(/^#/, ''));
  const known =
    remembered !== null && typeof remembered === 'object' && 'id' in remembered
      ? String(remembered.id)
      : null;
  return { ...place, id: place.id ?? known };
}

/**
 * What a person means by a text: an address of ours or of TensorFlow Playground, whole or the part behind the
 * #.
 * @param {string} text @param {string} home the page's own address @returns {Route | null} null: none of
 *   these
 */
export function routeInText(text, home) {
  const [, before, hash] = /^\s*(?:(\S*)#)?(\S*)\s*$/.exec(text) ?? [];
  if (!hash) return null;
  if (ID.test(hash)) return !before || home.startsWith(before) ? routeOf(hash) : null;
  const theirs = before?.includes('playground.tensorflow.org');
  const spec = theirs ? null : parseSpec(hash);
  if (spec) return { id: null, spec };
  return PLAYGROUND.test(text) ? { id: null, spec: { tfplayground: text.trim() } } : null;
}
