/** The state of the page for expressions: a formula or a network's unit, opened into gates. */

import { createPatchStore } from '../store.js';

/** @typedef {import('./graphWalk.js').Opened} Opened */
/**
 * @typedef {{network: string, layer: number, unit: number, example: number, step: number}} Source the unit a
 *   formula was read off
 */
/**
 * @typedef {object} OwnExpressions
 * @property {string} expression as typed
 * @property {number} gradient what comes back to the whole formula
 * @property {boolean} both activations cut into elementary gates, beside the formula as it is
 * @property {boolean} cuts whether there is anything to cut
 * @property {Source | null} source
 * @property {string} fault
 * @property {'help' | null} openPanel
 * @property {'light' | 'dark' | 'contrast' | null} theme null: the system's
 * @property {boolean} projector
 */
/** @typedef {Opened & OwnExpressions} Expressions */

/** @type {Expressions} */
export const INITIAL_EXPRESSIONS = {
  expression: '',
  gradient: 1,
  both: false,
  cuts: false,
  source: null,
  fault: '',
  openPanel: null,
  theme: null,
  projector: false,
  graphs: [],
  values: {},
  rounded: false,
  at: 0,
};

/** What can be opened at a click. @type {{expression: string, values: Record<string, number>}[]} */
export const SAMPLES = [
  { expression: '(x+y)*z', values: { x: -2, y: 5, z: -4 } },
  { expression: '1/(1 + exp(-(w0*x0 + w1*x1 + w2)))', values: { w0: 2, x0: -1, w1: -3, x1: -2, w2: -3 } },
  { expression: 'sigmoid(w0*x0 + w1*x1 + w2)', values: { w0: 2, x0: -1, w1: -3, x1: -2, w2: -3 } },
  { expression: '(sigmoid(w*x + b) - y)^2/2', values: { w: 2, x: 1, b: -1, y: 0.25 } },
  { expression: 'max(a, b)*(a + b)', values: { a: 2, b: -1 } },
];

/** @param {Expressions} initial */
export const createExpressionStore = (initial) => createPatchStore(initial);

/** The page's address for what it shows. @param {Expressions} state */
export function addressOf({ expression, values, source }) {
  if (source)
    return new URLSearchParams({
      id: source.network,
      unit: `${source.layer},${source.unit}`,
      example: String(source.example),
    }).toString();
  return new URLSearchParams({
    f: expression,
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
  }).toString();
}
