/** How the numbers of a stop come about, in words for screen readers: what stands on the board, line by line. */

import { text } from '../format/i18n.js';
import { spoken } from '../format/boardNumber.js';

/** @typedef {import('./walk.js').Stop} Stop */
/** @typedef {import('./walk.js').Line} Line */
/** @typedef {import('./walk.js').Trace} Trace */

/** As many lines, terms and examples as one listens to. */
const MOST = 8;

/** @typedef {Record<string, string>} Names the page's own, of weights, by symbol */

const SLOPE = '∂E/∂';

/** "∂E/∂w_12^(1)" as it is read out. @param {string} symbol @param {Names} [names] */
export function readOut(symbol, names = {}) {
  const bare = symbol.replace(SLOPE, '');
  const read = (names[bare] ?? bare).replaceAll(/[_^]/g, ' ').replaceAll(/[{}]/g, '');
  return symbol.startsWith(SLOPE) ? text('microscope.workings.slope', { symbol: read }) : read;
}

/** The first ones, and how many more there are. @param {string[]} words @param {string} joined */
function first(words, joined) {
  const more = words.length > MOST ? ` ${text('microscope.workings.more', { count: words.length - MOST })}` : '';
  return words.slice(0, MOST).join(joined) + more;
}

/** @param {Line} line @param {Names} names */
const result = ({ symbol, value }, names) => text('microscope.workings.is', { symbol: readOut(symbol, names), value: spoken(value) });

/** @param {Line} line @param {Names} names */
function made(line, names) {
  const { symbol, terms, value } = line;
  const products = terms.map(({ values }) => values.map((factor) => spoken(factor)).join(text('microscope.workings.times')));
  if (products.join() === spoken(value)) return result(line, names);
  return text('microscope.workings.made', { symbol: readOut(symbol, names), terms: first(products, text('microscope.workings.plus')), value: spoken(value) });
}

/** @param {Line} line @param {Names} names */
function moved({ symbol, terms, value }, names) {
  const words = { symbol: readOut(symbol, names), before: spoken(terms[0].values[0]), value: spoken(value) };
  return text(`microscope.workings.${terms.length > 1 ? 'becomes' : 'stays'}`, words);
}

/** @param {Stop} stop @param {Names} names */
export function workings({ kind, lines }, names) {
  if (kind === 'update') return first(lines.map((line) => moved(line, names)), ' ');
  const told = lines.filter(({ symbol, terms }) => terms.length > 0 && kind !== 'loss' && !symbol.startsWith('a_'));
  return first(told.map((line) => made(line, names)), ' ');
}

/** Each example's own numbers, then what the batch makes of them. @param {Stop} stop @param {Trace} trace @param {Names} names */
export function batchWorkings({ kind, phase, lines }, { batch }, names) {
  if (kind === 'update') return first(lines.map((line) => moved(line, names)), ' ');
  if (kind === 'gradient') return first(lines.map((line) => result(line, names)), ' ');
  const symbols = new Set(lines.map(({ symbol }) => symbol).filter((symbol) => !symbol.startsWith(SLOPE)));
  const each = (batch?.each ?? []).map((trace) => {
    const own = trace.lines.filter((line) => line.phase === phase && symbols.has(line.symbol)).map((line) => result(line, names));
    return text('microscope.workings.example', { example: trace.example, words: first(own, ' ') });
  });
  return first(each, ' ');
}
