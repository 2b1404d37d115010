/**
 * The walk of a whole batch: each stop shows its first examples row by row, a gradient is the mean of theirs.
 */

import { text } from '../format/i18n.js';
import { bracketedTex, numberTex, formatNumber } from '../format/boardNumber.js';
import { totalInPython } from './python.js';
import { activation, delta, loss, sum, update } from './unitBoard.js';
import { inlineTex, ruleOf, symbolTex } from './symbols.js';

/** @typedef {import('./walk.js').Trace} Trace */
/** @typedef {import('./walk.js').Line} Line */
/** @typedef {import('./walk.js').Stop} Stop */
/** @typedef {import('./unitBoard.js').Setting} Setting */
/** @typedef {import('./unitBoard.js').Board} Board */
/** @typedef {import('./unitBoard.js').Equation} Equation */
/**
 * @typedef {{step: number, examples: number[], lines: Line[], each: Trace[]}} BatchAnswer as the service
 *   tells a batch
 */

const TERMS = 4;

/**
 * A batch as a trace to walk through: the first example's way, then what all of them make of the weights.
 * @param {BatchAnswer} told
 * @returns {Trace}
 */
export function walkOfBatch({ step, examples, lines, each }) {
  const way = each[0].lines.filter(({ phase, symbol }) => phase !== 'loss' && !symbol.startsWith('∂E/∂w'));
  const loss = lines.filter(({ phase }) => phase === 'loss');
  const forward = way.filter(({ phase }) => phase === 'forward');
  const gradients = lines.filter(({ phase }) => phase === 'backward');
  const layers = [...new Set(forward.map(({ layer }) => layer))].reverse();
  const back = layers.flatMap((layer) =>
    [...way, ...gradients].filter((line) => line.phase === 'backward' && line.layer === layer),
  );
  return {
    step,
    example: each[0].example,
    lines: [...forward, ...loss, ...back, ...lines.filter(({ phase }) => phase === 'update')],
    batch: { examples, each },
  };
}

/**
 * A line's own version in every example shown.
 * @param {Trace} trace
 * @param {Line} line
 * @returns {{example: number, trace: Trace, line: Line}[]}
 */
function ownLines({ batch }, { phase, symbol }) {
  return (batch?.each ?? []).flatMap((trace) => {
    const line = trace.lines.find((other) => other.phase === phase && other.symbol === symbol);
    return line ? [{ example: trace.example, trace, line }] : [];
  });
}

/** @param {number} example */
const named = (example) => String.raw`\text{${example}:}\;`;

/** z and a of a unit, an example a row. @param {Stop} stop @param {Setting} setting @returns {Board} */
function forward({ lines: [z, a] }, setting) {
  const { exact } = setting;
  const answers = ownLines(setting.trace, a);
  const equations = ownLines(setting.trace, z).map(({ example, line }, index) => {
    const whole = activation(answers[index].line, setting);
    const put = sum(line, exact).forms[1] ?? '';
    return {
      ...whole,
      name: undefined,
      symbol: `${named(example)}${symbolTex(z.symbol)}`,
      forms: [put, String.raw`${numberTex(line.value, exact)},\;\; ${symbolTex(a.symbol)}`],
    };
  });
  return { equations, rows: true };
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
function deltas({ lines, layer, unit, kind, phase }, setting) {
  const equations = ownLines(setting.trace, lines[1]).map(({ example, trace, line }) => {
    const own = trace.lines.filter(
      (other) =>
        other.phase === phase &&
        other.layer === layer &&
        other.unit === unit &&
        !other.symbol.startsWith('∂E/∂w'),
    );
    const board = delta({ lines: own, layer, unit, kind, phase }, { ...setting, trace });
    return { ...board.equations[0], name: undefined, symbol: `${named(example)}${symbolTex(line.symbol)}` };
  });
  return { equations, rows: true, rule: lines[1].tex.replace(String.raw`\partial E`, '$&_k') };
}

/** "1/8 (0.1 + 0.2 + …)" @param {Line} line @param {boolean} exact */
function meanOf({ terms }, exact) {
  const count = terms[0].symbols[0].split('/')[1];
  const own = terms
    .filter(({ values }) => values.length === 2)
    .map(({ values }) => bracketedTex(values[1], exact));
  const more = own.length < Number(count) || own.length > TERMS ? [String.raw`\cdots`] : [];
  return String.raw`\tfrac{1}{${count}}\,\bigl(${[...own.slice(0, TERMS), ...more].join(' + ')}\bigr)`;
}

/** @param {Line} line @param {Setting} setting @returns {Equation} */
function mean(line, { exact }) {
  return {
    symbol: inlineTex(line.symbol),
    relation: '=',
    forms: [meanOf(line, exact)],
    value: line.value,
    python: totalInPython(line),
  };
}

/** E of every example shown, a row each. @param {Stop} stop @param {Setting} setting @returns {Equation[]} */
function losses({ lines: [whole] }, setting) {
  return ownLines(setting.trace, whole).map(({ example, line }) => {
    const own = loss(line, setting);
    return { ...own, name: undefined, symbol: `E_{${example}}`, forms: own.forms.slice(1, 2) };
  });
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
export function batchBoard(stop, setting) {
  if (stop.kind === 'forward') return forward(stop, setting);
  if (stop.kind === 'delta') return deltas(stop, setting);
  if (stop.kind === 'update') return update(stop, setting);
  const means = stop.lines.map((line) => mean(line, setting));
  if (stop.kind === 'gradient') return { equations: means, rows: true, rule: ruleOf(stop.lines[0]) };
  return { equations: [...losses(stop, setting), ...means], rows: true, rule: stop.lines[0].tex };
}

/** @param {Stop} stop @param {Trace} trace what a stop of a batch is, in one sentence */
export function batchSentence({ kind, layer, unit, lines }, { batch }) {
  const count = batch?.examples.length ?? 0;
  return text(`microscope.batch.${unit === 0 && kind !== 'loss' ? 'whole' : 'say'}.${kind}`, {
    unit,
    layer,
    count,
    loss: formatNumber(lines[0].value),
  });
}
