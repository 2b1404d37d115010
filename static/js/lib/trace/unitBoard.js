/**
 * What stands on the board at a stop, unit by unit, in the slides' notation: formula, numbers put in, result.
 */

import { bracketedTex, numberTex, withOwnDecimals } from '../format/boardNumber.js';
import {
  activationLineInPython,
  lossInPython,
  lossSlopeInPython,
  slopeInPython,
  sumInPython,
  updateInPython,
} from './python.js';
import { formulaOf, inlineTex, ruleOf, symbolTex } from './symbols.js';
import { text } from '../format/i18n.js';

/** @typedef {import('./walk.js').Stop} Stop */
/** @typedef {import('./walk.js').Line} Line */
/** @typedef {import('./walk.js').Trace} Trace */
/** @typedef {import('../../state/types.js').Catalog} Catalog */
/** @typedef {import('../../state/types.js').Spec} Spec */
/** @typedef {import('../plot/diagramHitTest.js').Part} Part */
/** @typedef {{trace: Trace, spec: Spec, catalog: Catalog, exact: boolean}} Setting */
/**
 * @typedef {{
 *   symbol: string,
 *   relation: string,
 *   forms: string[],
 *   value: import('./walk.js').Value,
 *   name?: string,
 *   python: string | Promise<string>,
 *   part?: Part,
 *   old?: import('./walk.js').Value,
 * }} Equation forms: TeX after the relation, line by line; name: the value's plain symbol, where it can be
 *   asked for
 */
/** @typedef {{label: string, equation: Equation}} Factor label: its words in the catalogue */
/**
 * @typedef {{equations: Equation[], factors?: Factor[], rule?: string, rows?: boolean}} Board rule: what all
 *   rows follow
 */

const SUM = String.raw`\sum`;
/** What softmax gives to the true class y, or to one output. */
const SOFTMAX = /\\operatorname\{softmax\}\(z\)_(?:y|\{\d+\})/;
/** A letter with its indices, or what only looks like letters. */
const TOKEN = /\\\\|\\(?:begin|end|operatorname)\{\w+\}|\\[a-zA-Z]+|[a-zA-Z](?:_\{\w+\})?(?:\^\{\(\d+\)\})?/g;

/**
 * @param {number} layer
 * @param {Setting} setting the activation's entry of a layer counted as the slides do
 */
function activationOf(layer, { spec, catalog }) {
  const name = spec.layers[layer - 2]?.activation;
  return catalog.activations.find((entry) => entry.name === name);
}

/** Put numbers in for symbols of a formula. @param {string} tex @param {Record<string, string>} values */
function substituted(tex, values) {
  const put = tex.replace(TOKEN, (token) => (token in values ? `{${values[token]}}` : token));
  return put.replace(/([\d}])\\,\{/g, String.raw`$1\cdot {`);
}

/**
 * Two cases on one line, "1 if z > 0, else 0"; and what a letter stands for below a bar, "t + z | t = …".
 * @param {string} tex
 */
function inLine(tex) {
  const [formula, letter] = tex.split(String.raw`,\; `);
  const line = formula.replace(
    /\\begin\{cases\}(.*?) & (.*?)\\\\(.*?) & .*?\\end\{cases\}/,
    (_all, first, condition, second) =>
      String.raw`${first}\;\text{${text('microscope.if')}}\;${condition},\;\text{${text('microscope.else')}}\;${second}`,
  );
  return letter ? String.raw`\left. ${line}\, \right|_{${letter}}` : line;
}

/** @param {Line} line @param {boolean} exact */
function sumForms(line, exact) {
  const { terms } = line;
  const numbers = terms
    .map(({ values }) =>
      values.length === 1
        ? bracketedTex(values[0], exact)
        : values.map((value) => bracketedTex(value, exact)).join(String.raw`\cdot `),
    )
    .join(' + ');
  const response = terms.every(({ product }) => product !== undefined);
  const shares =
    terms.length > 1 && response
      ? [terms.map(({ product }) => bracketedTex(product, exact)).join(' + ')]
      : [];
  return [
    formulaOf(line),
    ...(terms.length === 1 && terms[0].symbols.length === 1 ? [] : [numbers]),
    ...(terms.length <= 4 ? shares : []),
  ];
}

/** @param {Line} line @param {boolean} exact @returns {Equation} */
export function sum(line, exact) {
  return {
    symbol: symbolTex(line.symbol),
    name: line.symbol,
    relation: '=',
    forms: sumForms(line, exact),
    value: line.value,
    python: sumInPython(line),
  };
}

/** g of z, and how it is computed. @param {Line} line @returns {string[]} */
export function activationFormulas(line) {
  const formulas = withOwnDecimals(formulaOf(line));
  const [g] = formulas.split(' = ', 1);
  return [g, formulas.slice(`${g} = `.length)];
}

/** @param {Line} line @param {Setting} setting @returns {Equation} */
export function activation(line, setting) {
  const [g, plain] = activationFormulas(line);
  const formula = plain.replaceAll(String.raw`\frac`, String.raw`\dfrac`);
  const number = bracketedTex(line.terms[0].values[0], setting.exact);
  return {
    symbol: symbolTex(line.symbol),
    name: line.symbol,
    relation: '=',
    forms: [`${g} = ${inLine(formula)}`, inLine(substituted(formula, { z: number }))],
    value: line.value,
    python: activationLineInPython(line, activationOf(line.layer, setting)?.name ?? 'linear'),
  };
}

/**
 * One output's share of the loss as a formula; null where the loss is no sum of such.
 * @param {string} formula
 */
function shareOf(formula) {
  return formula.includes(SUM) ? formula.replace(/\\sum\s*/, '') : null;
}

/**
 * Softmax's share of one output, with the numbers of all.
 * @param {Line} line
 * @param {number} output
 * @param {boolean} exact
 */
function softmaxForm({ terms }, output, exact) {
  const powers = terms.map(({ values: [z] }) => `e^{${numberTex(z, exact)}}`);
  return String.raw`\frac{${powers[output]}}{${powers.join(' + ')}}`;
}

/**
 * The loss with numbers in: the sum of the outputs' shares, or what softmax gives to the true class.
 * @param {string} formula
 * @param {Line} line
 * @param {boolean} exact
 */
function lossWithNumbers(formula, line, exact) {
  const share = shareOf(formula);
  if (share === null) {
    const truth = line.terms.findIndex(({ values }) => values[1] === 1);
    return formula.replace(SOFTMAX, () => softmaxForm(line, truth, exact));
  }
  const puts = line.terms.map(({ values: [a, y] }) => {
    const number = bracketedTex(a, exact);
    return inLine(substituted(share, { a: number, z: number, y: bracketedTex(y, exact) }));
  });
  return puts.join(' + ');
}

/** @param {Line} line @param {Setting} setting @returns {Equation} */
export function loss(line, setting) {
  const { spec, catalog, exact } = setting;
  const entry = catalog.losses.find(({ name }) => name === spec.loss);
  const formula = formulaOf(line);
  const shares = line.terms.map(
    ({ symbols: [a], product }) => String.raw`\underset{${symbolTex(a)}}{${numberTex(product, exact)}}`,
  );
  const several = line.terms.length > 1 && line.terms.every(({ product }) => product !== undefined);
  const forms = [
    inLine(formula),
    lossWithNumbers(formula, line, exact),
    ...(several ? [shares.join(' + ')] : []),
  ];
  return {
    symbol: 'E',
    name: 'E',
    relation: '=',
    forms,
    value: line.value,
    python: lossInPython(line, entry?.source?.value ?? ''),
  };
}

/**
 * ∂E/∂a where the loss gives it: its slope with the output's own numbers.
 * @param {Line} line
 * @param {Setting} setting
 * @returns {Equation}
 */
function lossSlope(line, { trace, exact, spec, catalog }) {
  const slope = formulaOf(line);
  const whole = /** @type {Line} */ (trace.lines.find(({ phase }) => phase === 'loss'));
  const term = whole.terms[line.unit - 1];
  const [a, y] = term.symbols.map(symbolTex);
  const [output, target] = term.values.map((value) => bracketedTex(value, exact));
  const source = catalog.losses.find(({ name }) => name === spec.loss)?.source?.slope ?? '';
  const put = substituted(slope, { [a]: output, [a.replace('a', 'z')]: output, [y]: target });
  const numbers = put.replace(SOFTMAX, () => softmaxForm(whole, line.unit - 1, exact));
  return {
    symbol: symbolTex(line.symbol),
    relation: '=',
    forms: [inLine(slope), inLine(numbers)],
    value: line.value,
    python: lossSlopeInPython(whole, line, source),
  };
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
export function delta({ lines: [da, result], layer, unit }, setting) {
  const { trace, exact } = setting;
  const entry = activationOf(layer, setting);
  const [z, a] = trace.lines.filter(
    (line) => line.phase === 'forward' && line.layer === layer && line.unit === unit,
  );
  const [term] = result.terms;
  const derivative = withOwnDecimals(entry?.derivative ?? "g'(z)");
  const slope = inLine(derivative);
  const put = inLine(
    substituted(derivative, { a: bracketedTex(a.value, exact), z: bracketedTex(z.value, exact) }),
  );
  const local = {
    symbol: symbolTex(term.symbols[1]),
    relation: '=',
    forms: put === slope ? [slope] : [slope, put],
    value: term.values[1],
    python: slopeInPython(term.symbols[1], entry?.source?.slope ?? '', z, a, term.values[1]),
  };
  const above = da.terms.length > 0;
  return {
    factors: [
      {
        label: above ? 'microscope.fromAbove' : 'microscope.lossGradient',
        equation: above
          ? { ...sum(da, exact), forms: sumForms(da, exact).slice(0, 2) }
          : lossSlope(da, setting),
      },
      { label: 'microscope.localGradient', equation: local },
    ],
    equations: [{ ...sum(result, exact), forms: sumForms(result, exact).slice(1, 2) }],
  };
}

/**
 * The link or bias a line about a weight belongs to.
 * @param {Line} line
 * @param {number} index
 * @returns {Part}
 */
function partOf({ layer, unit }, index) {
  return { kind: index === 0 ? 'bias' : 'link', layer: layer - 2, unit: unit - 1, input: index - 1 };
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
function gradient({ lines, layer, unit }, { exact }) {
  const below = layer === 2 ? 'x_j' : `a_j^{(${layer - 1})}`;
  const index = unit < 10 ? `${unit}j` : `${unit},j`;
  const rule = String.raw`\frac{\partial E}{\partial w_{${index}}^{(${layer - 1})}} = \delta_{${unit}}^{(${layer})}\,${below}`;
  const equations = lines.map((line, index) => ({
    ...sum(line, exact),
    symbol: inlineTex(line.symbol),
    part: partOf(line, index),
  }));
  return { equations, rule, rows: true };
}

/** @param {Line} line @param {boolean} exact */
function updateForms({ terms: [old, step] }, exact) {
  if (!step) return [];
  const start = numberTex(old.values[0], exact);
  if (step.symbols.length === 1) return [`${start} + ${bracketedTex(step.values[0], exact)}`];
  const [change] = step.values;
  const rate = numberTex(typeof change === 'number' ? -change : change, exact);
  return [String.raw`${start} - ${rate}\cdot ${bracketedTex(step.values[1], exact)}`];
}

/**
 * How an update is made, as the engine says it of the last weight that moves; a bias has no penalty.
 * @param {Line[]} lines
 */
export function updateRule(lines) {
  const line = lines.findLast(({ phase, terms }) => phase === 'update' && terms.length > 1);
  return line && withOwnDecimals(ruleOf(line));
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
export function update({ lines }, setting) {
  const { exact } = setting;
  const equations = lines.map((line, index) => ({
    symbol: symbolTex(line.symbol),
    ...(line.terms.length > 1 && { name: line.symbol }),
    relation: String.raw`\leftarrow`,
    forms: updateForms(line, exact),
    value: line.value,
    old: line.terms[0].values[0],
    part: partOf(line, index),
    python: updateInPython(line),
  }));
  return { equations, rule: updateRule(lines), rows: true };
}

/** @param {Stop} stop @param {Setting} setting @returns {Board} */
export function unitBoard(stop, setting) {
  if (stop.kind === 'forward')
    return { equations: [sum(stop.lines[0], setting.exact), activation(stop.lines[1], setting)] };
  if (stop.kind === 'loss') return { equations: [loss(stop.lines[0], setting)] };
  if (stop.kind === 'delta') return delta(stop, setting);
  return stop.kind === 'gradient' ? gradient(stop, setting) : update(stop, setting);
}
