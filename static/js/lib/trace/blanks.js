/**
 * Blanks: values of a trace that somebody is to find. What is asked for and all that follows from it is taken
 * out of the
 * trace itself, so that nothing made of it (board, sentence, diagram, copied TeX) can give it away.
 */

import { memoizeLast } from '../model/selectors.js';

/** @typedef {import('./walk.js').Trace} Trace */
/** @typedef {import('./walk.js').Line} Line */
/** @typedef {import('./walk.js').Stop} Stop */
/**
 * @typedef {{
 *   symbol: string,
 *   number: number | null,
 *   correct: boolean,
 *   hint: {missing: string, tex: string} | null,
 *   refused?: string,
 * }} Judged an answer, as the service judged it
 */
/**
 * @typedef {object} Blanks
 * @property {boolean} all every value is one until it has been found
 * @property {string[]} asked those that somebody blanked, one by one
 * @property {string[]} found those that are open again
 * @property {Record<string, number> | null} tolerances of every symbol that can be asked for
 * @property {Judged | null} judged the last answer
 */
/** @typedef {{trace: Trace, asked: Set<string>, any: boolean}} Veiled any: something is hidden */

/** @type {Blanks} */
export const NO_BLANKS = { all: false, asked: [], found: [], tolerances: null, judged: null };

/** @param {Blanks} blanks */
export const isAsking = ({ all, asked }) => all || asked.length > 0;

/** The symbols to be found. @param {Blanks} blanks */
function toFind({ all, asked, found, tolerances }) {
  const wanted = all ? Object.keys(tolerances ?? {}) : asked;
  return new Set(wanted.filter((symbol) => !found.includes(symbol) && symbol in (tolerances ?? {})));
}

/**
 * What a line is made of beside its terms: the slope of the loss of every output.
 * @param {Line} line
 * @param {Line[]} lines
 */
function sourcesOf(line, lines) {
  if (line.phase !== 'backward' || line.terms.length > 0) return [];
  return lines
    .filter(
      ({ phase, layer, symbol }) => phase === 'forward' && layer === line.layer && symbol.startsWith('a_'),
    )
    .map(({ symbol }) => symbol);
}

/** @param {Trace} trace @param {Set<string>} asked @returns {Trace} */
function taken(trace, asked) {
  /** @type {Set<string>} */
  const hidden = new Set();
  /** g′(z) says as much as z and a do. @param {string} symbol */
  function isHidden(symbol) {
    if (!symbol.startsWith("g'(")) return hidden.has(symbol);
    const z = symbol.slice(3, -1);
    return hidden.has(z) || hidden.has(z.replace('z', 'a'));
  }
  const lines = trace.lines.map((line) => {
    const own = asked.has(line.symbol);
    const terms = line.terms.map(({ symbols, values, product }) => {
      const seen = values.map((value, index) => (isHidden(symbols[index]) ? undefined : value));
      return { symbols, values: seen, product: own || seen.includes(undefined) ? undefined : product };
    });
    const follows =
      terms.some(({ values }) => values.includes(undefined)) || sourcesOf(line, trace.lines).some(isHidden);
    if (!own && !follows) return line;
    if (line.phase !== 'update') hidden.add(line.symbol);
    return { ...line, terms, value: undefined };
  });
  return { ...trace, lines };
}

/** A trace with its blanks. */
export const hideAnswers = memoizeLast((/** @type {Trace} */ trace, /** @type {Blanks} */ blanks) => {
  const asked = toFind(blanks);
  return /** @type {Veiled} */ (
    asked.size === 0 ? { trace, asked, any: false } : { trace: taken(trace, asked), asked, any: true }
  );
});

/** The symbols asked for at a stop. @param {Stop | undefined} stop @param {Set<string>} asked */
export const blanksAt = (stop, asked) =>
  [...new Set(stop?.lines.map(({ symbol }) => symbol))].filter((symbol) => asked.has(symbol));

/** Whether a stop has something that is not told. @param {Stop} stop */
export const isOpen = ({ lines }) => lines.every(({ value }) => value !== undefined);
