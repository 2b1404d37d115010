/**
 * Captions of a stop: one sentence on the board, the same for screen readers line by line, and a page's own
 * names of weights.
 */

import { formatNumber } from '../format/boardNumber.js';
import { text } from '../format/i18n.js';
import { symbolTex } from './symbols.js';

/** @typedef {import('./walk.js').Stop} Stop */
/** @typedef {import('./walk.js').Line} Line */
/** @typedef {import('./walk.js').Trace} Trace */

/** @param {import('./walk.js').Value[]} values */
const list = (values) => values.map((value) => formatNumber(value)).join(text('number.list'));

/** @param {Stop} stop @returns {Record<string, string | number>} the numbers a sentence speaks of */
function wordsOf({ kind, layer, unit, lines }) {
  const [first, second] = lines;
  const words = {
    unit,
    layer,
    units: new Set(lines.map((line) => line.unit)).size,
    weights: lines.length - 1,
  };
  if (kind === 'forward')
    return {
      ...words,
      bias: formatNumber(first.terms[0].values[0]),
      inputs: first.terms.length - 1,
      z: formatNumber(first.value),
      a: formatNumber(second.value),
    };
  if (kind === 'loss')
    return {
      ...words,
      outputs: list(first.terms.map(({ values }) => values[0])),
      targets: list(first.terms.map(({ values }) => values[1])),
      loss: formatNumber(first.value),
    };
  if (kind === 'delta') {
    const [da, local] = second.terms[0]?.values ?? [null, null];
    return { ...words, da: formatNumber(da), local: formatNumber(local), delta: formatNumber(second.value) };
  }
  if (kind === 'gradient') return { ...words, delta: formatNumber(first.value) };
  const frozen = lines.filter(({ terms }) => terms.length === 1).length;
  return { ...words, moved: lines.length - frozen, frozen };
}

/** @param {Stop} stop @param {boolean} logits the loss reads z, from which chances are still to be made */
export function sentenceOf(stop, logits) {
  const hidden = stop.kind === 'delta' && stop.lines[0].terms.length > 0;
  const kind = hidden ? 'deltaHidden' : stop.kind === 'loss' && logits ? 'lossLogits' : stop.kind;
  const whole = stop.unit === 0 && stop.kind !== 'loss' ? 'Layer' : '';
  const words = wordsOf(stop);
  const frozen =
    stop.kind === 'update' && Number(words.frozen) > 0 ? ` ${text('microscope.say.frozen', words)}` : '';
  return text(`microscope.say.${kind}${whole}`, words) + frozen;
}

/** @param {Stop} stop what it is about: a unit, a layer, the loss */
export function titleOf({ kind, layer, unit }) {
  if (kind === 'loss') return text('microscope.title.loss');
  return text(unit > 0 ? `microscope.title.${kind}` : `microscope.title.${kind}Layer`, { unit, layer });
}

/** As many lines, terms and examples as one listens to. */
const MOST = 8;

/** @typedef {Record<string, string>} Names the page's own, of weights, by symbol */

const SLOPE = '∂E/∂';

/** "∂E/∂w_12^(1)" as it is read out. @param {string} symbol @param {Names} [names] */
export function spokenSymbol(symbol, names = {}) {
  const bare = symbol.replace(SLOPE, '');
  const read = (names[bare] ?? bare).replaceAll(/[_^]/g, ' ').replaceAll(/[{}]/g, '');
  return symbol.startsWith(SLOPE) ? text('microscope.workings.slope', { symbol: read }) : read;
}

/** The first ones, and how many more there are. @param {string[]} words @param {string} joined */
function first(words, joined) {
  const more =
    words.length > MOST ? ` ${text('microscope.workings.more', { count: words.length - MOST })}` : '';
  return words.slice(0, MOST).join(joined) + more;
}

/** @param {Line} line @param {Names} names */
const result = ({ symbol, value }, names) =>
  text('microscope.workings.is', { symbol: spokenSymbol(symbol, names), value: formatNumber(value) });

/** @param {Line} line @param {Names} names */
function made(line, names) {
  const { symbol, terms, value } = line;
  const products = terms.map(({ values }) =>
    values.map((factor) => formatNumber(factor)).join(text('microscope.workings.times')),
  );
  if (products.join() === formatNumber(value)) return result(line, names);
  return text('microscope.workings.made', {
    symbol: spokenSymbol(symbol, names),
    terms: first(products, text('microscope.workings.plus')),
    value: formatNumber(value),
  });
}

/** @param {Line} line @param {Names} names */
function moved({ symbol, terms, value }, names) {
  const words = {
    symbol: spokenSymbol(symbol, names),
    before: formatNumber(terms[0].values[0]),
    value: formatNumber(value),
  };
  return text(`microscope.workings.${terms.length > 1 ? 'becomes' : 'stays'}`, words);
}

/** @param {Stop} stop @param {Names} names */
export function spokenLines({ kind, lines }, names) {
  if (kind === 'update')
    return first(
      lines.map((line) => moved(line, names)),
      ' ',
    );
  const response = lines.filter(
    ({ symbol, terms }) => terms.length > 0 && kind !== 'loss' && !symbol.startsWith('a_'),
  );
  return first(
    response.map((line) => made(line, names)),
    ' ',
  );
}

/**
 * Each example's own numbers, then what the batch makes of them.
 * @param {Stop} stop
 * @param {Trace} trace
 * @param {Names} names
 */
export function spokenBatchLines({ kind, phase, lines }, { batch }, names) {
  if (kind === 'update')
    return first(
      lines.map((line) => moved(line, names)),
      ' ',
    );
  if (kind === 'gradient')
    return first(
      lines.map((line) => result(line, names)),
      ' ',
    );
  const symbols = new Set(lines.map(({ symbol }) => symbol).filter((symbol) => !symbol.startsWith(SLOPE)));
  const each = (batch?.each ?? []).map((trace) => {
    const own = trace.lines
      .filter((line) => line.phase === phase && symbols.has(line.symbol))
      .map((line) => result(line, names));
    return text('microscope.workings.example', { example: trace.example, words: first(own, ' ') });
  });
  return first(each, ' ');
}

/** @typedef {(tex: string) => string} Relabel */

/** @param {Record<string, string>} names by symbol @returns {Relabel} */
export function weightRelabeler(names) {
  const pairs = Object.entries(names).filter(([symbol]) => symbol.startsWith('w_'));
  return (tex) => pairs.reduce((written, [symbol, name]) => written.replaceAll(symbolTex(symbol), name), tex);
}
