/** The worksheet itself: what is given, what is to be found; and the key, on a page of its own. */

import { element } from '../../lib/dom/element.js';
import { formulaNode } from '../../lib/format/formula.js';
import { numberTex, plainTex, formatNumber, withOwnDecimals } from '../../lib/format/boardNumber.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/pages/worksheet.js').WorksheetState} WorksheetState */
/** @typedef {import('../../state/pages/worksheet.js').Worksheet} Worksheet */

const KEY_DIGITS = 6;

/** @param {number} value */
const inTex = (value) => plainTex(numberTex(value, true));

/** @param {string[][]} rows */
const matrix = (rows) =>
  String.raw`\begin{bmatrix}${rows.map((row) => row.join(' & ')).join(String.raw`\\[3pt] `)}\end{bmatrix}`;

/**
 * @param {string} name
 * @param {(place: string) => string} symbol
 * @param {number[][]} values with names and numbers
 * @returns {string}
 */
function namedMatrix(name, symbol, values) {
  const names = values.map((row, i) =>
    row.map((_, j) => symbol(`${i + 1}${row.length > 1 || name.startsWith('W') ? j + 1 : ''}`)),
  );
  return `${name} = ${matrix(names)} = ${matrix(values.map((row) => row.map(inTex)))}`;
}

/** @param {Worksheet} sheet @param {string} lossFormula */
function given({ x, y, layers, activations, rate, spec }, lossFormula) {
  const lines = [
    `x = ${matrix(x.map((value) => [inTex(value)]))}`,
    `y = ${matrix(y.map((value) => [inTex(value)]))}`,
    ...layers.flatMap(({ W, b }, index) => [
      namedMatrix(`W^{(${index + 1})}`, (place) => `w_{${place}}^{(${index + 1})}`, W),
      namedMatrix(
        `b^{(${index + 1})}`,
        (place) => `w_{${place}0}^{(${index + 1})}`,
        b.map((value) => [value]),
      ),
    ]),
  ];
  const rules = [
    ...activations.map(
      (formula, index) => `a^{(${index + 2})} = g(z^{(${index + 2})}) = ${withOwnDecimals(formula)}`,
    ),
    `E = ${lossFormula}`,
    String.raw`w \leftarrow w - \eta\,\frac{\partial E}{\partial w}, \quad \eta = ${inTex(rate)}`,
  ];
  const still = spec.frozen?.some((layer) => layer?.b)
    ? [element('p', { class: 'note' }, [text('worksheet.fixed')])]
    : [];
  const set = (/** @type {string[]} */ formulas) =>
    element(
      'div',
      { class: 'given' },
      formulas.map((tex) => formulaNode(tex)),
    );
  return [element('h2', {}, [text('worksheet.given')]), set(lines), set(rules), ...still];
}

/** @param {string} title @param {Worksheet} sheet */
function head(title, { seed, exhibit }) {
  return element('header', {}, [
    element('h1', {}, [title]),
    element('span', { class: 'number' }, [text('worksheet.number', { exhibit, seed })]),
  ]);
}

/** @param {Worksheet} sheet @param {string} lossFormula */
function questions(sheet, lossFormula) {
  const items = sheet.questions.map(({ tex, tolerance }) =>
    element('li', {}, [
      element('div', {}, [
        formulaNode(`${tex} =`),
        element('span', { class: 'answer' }),
        element('span', { class: 'near' }, [`± ${formatNumber(tolerance)}`]),
      ]),
    ]),
  );
  const who = element(
    'p',
    { class: 'who' },
    ['worksheet.who', 'worksheet.when'].map((name) => element('span', {}, [text(name)])),
  );
  return [
    head(sheet.title, sheet),
    who,
    ...given(sheet, lossFormula),
    element('h2', {}, [text('worksheet.find')]),
    element('p', { class: 'note' }, [text('worksheet.how')]),
    element('ol', { class: 'tasks' }, items),
  ];
}

/**
 * An answer in six digits, in more where it has to be nearer.
 * @param {number} value
 * @param {number} tolerance
 */
function keyed(value, tolerance) {
  const needed = value === 0 ? 1 : Math.ceil(Math.log10(Math.abs(value) / tolerance)) + 2;
  return formatNumber(Number(value.toPrecision(Math.max(KEY_DIGITS, needed))), true);
}

/** @param {Worksheet} sheet @param {WorksheetState['answers']} answers */
function key(sheet, answers) {
  const rows = answers.map(({ formula, value, tolerance }, index) =>
    element('tr', {}, [
      element('td', {}, [String(index + 1)]),
      element('td', {}, [formulaNode(withOwnDecimals(formula))]),
      element('td', { class: 'value' }, [keyed(value, tolerance)]),
      element('td', {}, [`± ${formatNumber(tolerance)}`]),
    ]),
  );
  const named = ['formula', 'value', 'tolerance'].map((name) =>
    element('th', { scope: 'col', class: name === 'value' ? 'value' : '' }, [text(`worksheet.${name}`)]),
  );
  const heads = [element('td'), ...named];
  const table = element('table', { class: 'keyTable' }, [
    element('thead', {}, [element('tr', {}, heads)]),
    element('tbody', {}, rows),
  ]);
  return [head(`${text('worksheet.key')}: ${sheet.title}`, sheet), table];
}

/** @param {HTMLElement} root for the questions @param {HTMLElement} keyRoot */
export function createWorksheet(root, keyRoot) {
  /** @type {WorksheetState | null} */
  let before = null;
  return {
    /** @param {WorksheetState} state */
    update(state) {
      const { sheet, answers, lossFormula } = state;
      if (before?.sheet === sheet && before.answers === answers) return;
      before = state;
      root.replaceChildren(...(sheet ? questions(sheet, lossFormula) : []));
      keyRoot.replaceChildren(...(sheet && answers.length > 0 ? key(sheet, answers) : []));
    },
    destroy() {},
  };
}
