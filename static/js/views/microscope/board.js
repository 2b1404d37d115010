/** The board: the formula, the numbers put in, the result of one stop, each line to be copied. */

import { copyText } from '../../lib/dom/clipboard.js';
import { element, setText } from '../../lib/dom/element.js';
import { formulaNode } from '../../lib/format/formula.js';
import { numberTex, plainTex, formatNumber } from '../../lib/format/boardNumber.js';
import { boardOf } from '../../lib/trace/board.js';
import { inlineTex } from '../../lib/trace/symbols.js';
import { text } from '../../lib/format/i18n.js';
import { createBlank, verdictNodes } from './blank.js';

/** @typedef {import('../../lib/trace/unitBoard.js').Equation} Equation */
/** @typedef {import('../../lib/trace/unitBoard.js').Factor} Factor */
/** @typedef {import('../../lib/trace/unitBoard.js').Setting} Setting */
/** @typedef {import('../../lib/trace/walk.js').Stop} Stop */
/** @typedef {import('../../lib/trace/walk.js').Notation} Notation */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../lib/trace/blanks.js').Blanks} Blanks */
/** @typedef {import('../../lib/trace/blanks.js').Judged} Judged */
/** @typedef {(words: string) => Promise<void>} Copy */

/** The whole line as TeX a person can paste. @param {Equation} equation */
function texOf({ symbol, relation, forms, value }) {
  const result = value === null ? [] : [numberTex(value, false)];
  return plainTex(`${symbol} ${relation} ${[...forms, ...result].join(' = ')}`);
}

/** @param {Equation} equation @param {Chalk} chalk */
function copyNodes(equation, { copy, actions }) {
  const make = (/** @type {string} */ name, /** @type {() => Promise<string> | string} */ words) => {
    const button = element(
      'button',
      { type: 'button', class: 'copy', 'aria-label': text(`microscope.copy.${name}`) },
      [text(`microscope.${name}`)],
    );
    button.addEventListener('click', async () => void copy(await words()));
    return button;
  };
  const { name, value } = equation;
  const blank = element(
    'button',
    {
      type: 'button',
      class: 'copy',
      'data-hint': 'microscope.blank',
      'aria-label': text('microscope.blank.one', { symbol: name ?? '' }),
    },
    ['?'],
  );
  if (name) blank.addEventListener('click', () => void actions.blank(name));
  return element('span', { class: 'copies' }, [
    make('tex', () => texOf(equation)),
    make('python', () => equation.python),
    ...(name && value !== undefined ? [blank] : []),
  ]);
}

/**
 * @typedef {{
 *   exact: boolean,
 *   actions: Actions,
 *   copy: Copy,
 *   blankOf: (name: string | undefined) => HTMLElement | null,
 * }} Chalk what a line is written with; blankOf: what stands for a value that is to be found
 */

/**
 * The result: a blank; or a button that shows all numbers in full, and back.
 * @param {Equation} equation
 * @param {Chalk} chalk
 */
function resultNode({ value, name }, { exact, actions, blankOf }) {
  if (value === undefined) return blankOf(name) ?? formulaNode(numberTex(value, exact));
  const label = text('microscope.exact.name', { value: formatNumber(value, true) });
  const button = element(
    'button',
    {
      type: 'button',
      class: 'result',
      'aria-label': label,
      'data-hint': 'microscope.exact',
      'data-exact': String(value),
    },
    [formulaNode(numberTex(value, exact))],
  );
  button.addEventListener('click', () => actions.toggleExact());
  return button;
}

/**
 * Formula, numbers, result, one under another at the relation sign.
 * @param {Equation} equation
 * @param {Chalk} chalk
 */
function stacked(equation, chalk) {
  const { symbol, relation, forms, value } = equation;
  const node = element('div', { class: 'equation' }, [formulaNode(symbol, 'formulaText left')]);
  forms.forEach((form, index) => {
    if (index > 0) node.append(element('span'));
    node.append(formulaNode(`{}${index > 0 ? '=' : relation}{}`), formulaNode(form, 'formulaText right'));
  });
  if (value !== null) {
    if (forms.length > 0) node.append(element('span'));
    const result = element('span', { class: 'gets' }, [
      resultNode(equation, chalk),
      copyNodes(equation, chalk),
    ]);
    node.append(formulaNode(forms.length > 0 ? '{}={}' : relation), result);
  } else node.append(copyNodes(equation, chalk));
  return node;
}

/**
 * One row of many: all on a line, lit in the diagram while pointed at.
 * @param {Equation} equation
 * @param {Chalk} chalk
 */
function row(equation, chalk) {
  const { actions } = chalk;
  const { symbol, relation, forms, old, part } = equation;
  const still = forms.length === 0;
  const middle = still
    ? [element('span', { class: 'quietly' }, [text('microscope.frozen')])]
    : forms.map((form) => formulaNode(`{}= ${form}`));
  if (relation !== '=' && !still)
    middle.splice(0, middle.length, ...forms.map((form) => formulaNode(`{}${relation} ${form}`)));
  const node = element('div', { class: 'row' }, [
    formulaNode(symbol, 'formulaText left'),
    element('span', { class: 'middle' }, middle),
    element('span', { class: 'gets' }, [formulaNode('{}=', 'formulaText'), resultNode(equation, chalk)]),
    copyNodes(equation, chalk),
  ]);
  if (old !== undefined) node.dataset.old = String(old);
  node.addEventListener('pointerenter', () => actions.hoverPart(part ?? null));
  node.addEventListener('pointerleave', () => actions.hoverPart(null));
  node.addEventListener('focusin', () => actions.hoverPart(part ?? null));
  node.addEventListener('focusout', () => actions.hoverPart(null));
  return node;
}

/** δ as a product of two boxes. @param {Factor[]} factors @param {Equation} product @param {Chalk} chalk */
function product(factors, product, chalk) {
  const boxes = factors.flatMap(({ label, equation }, index) => {
    const box = element('figure', { class: 'factor' }, [
      element('figcaption', {}, [text(label)]),
      stacked(equation, chalk),
    ]);
    return index > 0 ? [element('span', { class: 'times', 'aria-hidden': 'true' }, ['×']), box] : [box];
  });
  return [element('div', { class: 'factors' }, boxes), row(product, chalk)];
}

/** The field to type in next. @param {Map<string, ReturnType<typeof createBlank>>} blanks */
const first = (blanks) => [...blanks.values()][0]?.input;

const SMALLER = 0.94;

/**
 * Write smaller, as far as can still be read (--smallest), until the board holds what is on it.
 * @param {HTMLElement} root
 * @param {HTMLElement} slate
 */
function fit(root, slate) {
  const smallest = Number(getComputedStyle(root).getPropertyValue('--smallest'));
  slate.style.fontSize = '';
  for (
    let size = SMALLER;
    size >= smallest && (root.scrollHeight > root.clientHeight || root.scrollWidth > root.clientWidth);
    size *= SMALLER
  )
    slate.style.fontSize = `${size}em`;
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 * @param {import('../../lib/trace/captions.js').Relabel} relabel
 */
export function createBoard(root, actions, relabel) {
  const slate = element('div', { class: 'slate' });
  const copied = element('p', { class: 'copied', hidden: true });
  const heard = element('span', { class: 'quietly' });
  const code = element('code', { tabindex: '0' });
  copied.append(code, heard);
  const verdict = element('p', { class: 'judgement', role: 'status' });
  root.append(slate, copied);
  root.after(verdict);
  const fitting = new ResizeObserver(() => fit(root, slate));
  for (const node of [root, slate]) fitting.observe(node);
  let shown = '';
  /** @type {Map<string, ReturnType<typeof createBlank>>} the blanks on the board, by symbol */
  let blanks = new Map();
  /** @type {Judged | null} */
  let judged = null;

  /** Shown as well, and selected: what cannot be copied here can be by hand. @type {Copy} */
  async function copy(words) {
    copied.hidden = false;
    setText(code, words);
    setText(heard, text((await copyText(code)) ? 'rest.copied' : 'rest.select'));
  }

  /** What is said of the last answer, while it is about this board. @param {Judged | null} now */
  function tell(now) {
    for (const blank of blanks.values()) blank.update(now);
    if (now === judged) return;
    judged = now;
    verdict.replaceChildren(...(now ? verdictNodes(now, relabel) : []));
  }

  return {
    /**
     * @param {Stop} stop
     * @param {Setting} setting
     * @param {Notation} notation
     * @param {Blanks} asking
     * @param {string[]} asked what is asked for here
     */
    show(stop, setting, notation, asking, asked) {
      const { trace, exact, spec } = setting;
      const key = JSON.stringify([
        trace.step,
        trace.example,
        notation,
        exact,
        stop,
        spec.loss,
        spec.layers,
        asked,
      ]);
      tell(asking.judged);
      if (key === shown) return;
      const typing = slate.contains(document.activeElement);
      const from = blanks;
      blanks = new Map(
        asked.map((symbol) => [
          symbol,
          from.get(symbol) ?? createBlank(symbol, asking.tolerances?.[symbol] ?? 0, actions),
        ]),
      );
      const chalk = {
        exact,
        actions,
        copy,
        blankOf: (/** @type {string | undefined} */ name) => blanks.get(name ?? '')?.node ?? null,
      };
      shown = key;
      copied.hidden = true;
      const board = boardOf(stop, setting, notation);
      const named = (/** @type {Equation} */ equation) => ({
        ...equation,
        symbol: relabel(equation.symbol),
        forms: equation.forms.map(relabel),
      });
      const equations = board.equations.map(named);
      const factors = board.factors?.map(({ label, equation }) => ({ label, equation: named(equation) }));
      const how = board.rows ? row : stacked;
      const nodes = factors
        ? product(factors, equations[0], chalk)
        : equations.map((equation) => how(equation, chalk));
      const apart =
        notation === 'matrices'
          ? [...blanks].map(([symbol, { node }]) =>
              element('p', { class: 'apart' }, [formulaNode(`${relabel(inlineTex(symbol))} =`), node]),
            )
          : [];
      const rule = board.rule ? [formulaNode(board.rule, 'formulaText rule')] : [];
      const kind = board.rows ? 'rows' : board.factors ? 'product' : 'equations';
      slate.className = `slate ${kind} ${notation}${trace.batch && board.rows ? ' batch' : ''}`;
      slate.replaceChildren(...rule, ...nodes, ...apart);
      fit(root, slate);
      root.scrollTop = 0;
      if (typing) (first(blanks) ?? root).focus();
    },
    clear() {
      shown = '';
      blanks = new Map();
      tell(null);
      slate.replaceChildren();
    },
  };
}
