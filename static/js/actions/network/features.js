/** Inputs by formula: looked over while they are typed, added, taken away. */

import { text } from '../../lib/format/i18n.js';
import { namesIn } from '../../state/pages/graphWalk.js';
import { PREFIX, Problem, call } from '../../transport/rest.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/**
 * @typedef {{words: string, position: number | null}} Fault position: of the letter where it cannot go on;
 *   null: nowhere in particular
 */

const PLACE = / \(position (\d+)\)$/;

const MIDDLE = 0.5;

/** @param {string} expression @param {Record<string, number>} values */
const expressionRequest = (expression, values) => ({
  method: 'POST',
  path: `${PREFIX}/expressions`,
  body: { expression, values },
});

/** @param {string} message */
function faultOf(message) {
  const plain = message.replace(/^[\w.]+: /, '');
  const place = PLACE.exec(plain);
  const words = plain.replace(PLACE, '').replace(/ at position \d+/, '');
  return { words, position: place ? Number(place[1]) : null };
}

/**
 * @param {Store} store
 * @param {Sender} sender
 */
export function createFeatures(store, sender) {
  return {
    /**
     * What is wrong with a formula as such; null: nothing.
     * @param {string} formula
     * @returns {Promise<Fault | null>}
     */
    async checkFormula(formula) {
      const inputs = Array.from(
        { length: store.get().data?.x[0]?.length ?? 2 },
        (_, index) => `x${index + 1}`,
      );
      const names = namesIn(formula);
      const stranger = names.find((name) => !inputs.includes(name));
      try {
        await call(expressionRequest(formula, Object.fromEntries(names.map((name) => [name, MIDDLE]))));
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        return faultOf(problem.message);
      }
      if (!stranger) return null;
      const words = text('formulas.stranger', { name: stranger, inputs: inputs.join(', ') });
      return { words, position: formula.search(new RegExp(`\\b${stranger}\\b`)) };
    },
    /**
     * One input more; every weight starts anew.
     * @param {string} formula
     * @returns {Promise<Fault | null>} null: it is there
     */
    async addFormula(formula) {
      let there = false;
      const made = await sender.enqueue(({ features }) => {
        there = features.includes(formula);
        return there ? null : { features: [...features, formula] };
      });
      if (there || made) return null;
      const fault = faultOf(store.get().problem?.message ?? '');
      store.dispatch({ type: 'problem', problem: null });
      return fault;
    },
    /** @param {boolean} standardize */
    setStandardize: (standardize) => sender.patch({ data: { standardize } }),
  };
}
