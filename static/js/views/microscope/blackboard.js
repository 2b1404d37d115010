/** The board: the formula, the numbers put in, the result of one stop, each line to be copied. */

import { element, write } from '../../lib/element.js';
import { formulaNode } from '../../lib/formula.js';
import { figure, plainTex, spoken } from '../../lib/trace/figures.js';
import { matricesBoard } from '../../lib/trace/matrices.js';
import { slidesBoard } from '../../lib/trace/slides.js';
import { text } from '../../lib/text.js';

/** @typedef {import('../../lib/trace/slides.js').Equation} Equation */
/** @typedef {import('../../lib/trace/slides.js').Factor} Factor */
/** @typedef {import('../../lib/trace/slides.js').Setting} Setting */
/** @typedef {import('../../lib/trace/walk.js').Stop} Stop */
/** @typedef {import('../../lib/trace/walk.js').Notation} Notation */
/** @typedef {import('../../actions.js').Actions} Actions */
/** @typedef {(words: string) => Promise<void>} Copy */

/** The whole line as TeX a person can paste. @param {Equation} equation */
function texOf({ symbol, relation, forms, value }) {
  const result = value === null ? [] : [figure(value, false)];
  return plainTex(`${symbol} ${relation} ${[...forms, ...result].join(' = ')}`);
}

/** @param {Equation} equation @param {Copy} copy */
function copyNodes(equation, copy) {
  const make = (/** @type {string} */ name, /** @type {() => Promise<string> | string} */ words) => {
    const button = element('button', { type: 'button', class: 'copy', 'aria-label': text(`microscope.copy.${name}`) }, [text(`microscope.${name}`)]);
    button.addEventListener('click', async () => void copy(await words()));
    return button;
  };
  return element('span', { class: 'copies' }, [make('tex', () => texOf(equation)), make('python', () => equation.python)]);
}

/** The result: a button that shows all numbers in full, and back. @param {number | null} value @param {boolean} exact @param {Actions} actions */
function resultNode(value, exact, actions) {
  const label = text('microscope.exact.name', { value: spoken(value, true) });
  const button = element('button', { type: 'button', class: 'result', 'aria-label': label, 'data-hint': 'microscope.exact', 'data-exact': String(value) }, [
    formulaNode(figure(value, exact)),
  ]);
  button.addEventListener('click', () => actions.toggleExact());
  return button;
}

/**
 * Formula, numbers, result, one under another at the relation sign.
 * @param {Equation} equation @param {boolean} exact @param {Actions} actions @param {Copy} copy
 */
function stacked(equation, exact, actions, copy) {
  const { symbol, relation, forms, value } = equation;
  const node = element('div', { class: 'equation' }, [formulaNode(symbol, 'formulaText left')]);
  forms.forEach((form, index) => {
    if (index > 0) node.append(element('span'));
    node.append(formulaNode(`{}${index > 0 ? '=' : relation}{}`), formulaNode(form, 'formulaText right'));
  });
  if (value !== null) {
    if (forms.length > 0) node.append(element('span'));
    const result = element('span', { class: 'gets' }, [resultNode(value, exact, actions), copyNodes(equation, copy)]);
    node.append(formulaNode(forms.length > 0 ? '{}={}' : relation), result);
  } else node.append(copyNodes(equation, copy));
  return node;
}

/** One row of many: all on a line, lit in the diagram while pointed at. @param {Equation} equation @param {boolean} exact @param {Actions} actions @param {Copy} copy */
function row(equation, exact, actions, copy) {
  const { symbol, relation, forms, value, old, part } = equation;
  const still = forms.length === 0;
  const middle = still ? [element('span', { class: 'quietly' }, [text('microscope.frozen')])] : forms.map((form) => formulaNode(`{}= ${form}`));
  if (relation !== '=' && !still) middle.splice(0, middle.length, ...forms.map((form) => formulaNode(`{}${relation} ${form}`)));
  const node = element('div', { class: 'row' }, [
    formulaNode(symbol, 'formulaText left'),
    element('span', { class: 'middle' }, middle),
    element('span', { class: 'gets' }, [formulaNode('{}=', 'formulaText'), resultNode(value, exact, actions)]),
    copyNodes(equation, copy),
  ]);
  if (old !== undefined) node.dataset.old = String(old);
  node.addEventListener('pointerenter', () => actions.point(part ?? null));
  node.addEventListener('pointerleave', () => actions.point(null));
  node.addEventListener('focusin', () => actions.point(part ?? null));
  node.addEventListener('focusout', () => actions.point(null));
  return node;
}

/** δ as a product of two boxes. @param {Factor[]} factors @param {Equation} product @param {boolean} exact @param {Actions} actions @param {Copy} copy */
function product(factors, product, exact, actions, copy) {
  const boxes = factors.flatMap(({ label, equation }, index) => {
    const box = element('figure', { class: 'factor' }, [element('figcaption', {}, [text(label)]), stacked(equation, exact, actions, copy)]);
    return index > 0 ? [element('span', { class: 'times', 'aria-hidden': 'true' }, ['×']), box] : [box];
  });
  return [element('div', { class: 'factors' }, boxes), row(product, exact, actions, copy)];
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createBlackboard(root, actions) {
  const slate = element('div', { class: 'slate' });
  const copied = element('p', { class: 'copied', hidden: true });
  const heard = element('span', { class: 'quietly' });
  const code = element('code', { tabindex: '0' });
  copied.append(code, heard);
  root.append(slate, copied);
  let shown = '';

  /** Select what is to be copied, which works everywhere, and copy it where that is allowed. @type {Copy} */
  async function copy(words) {
    copied.hidden = false;
    write(code, words);
    window.getSelection()?.selectAllChildren(code);
    try {
      await navigator.clipboard.writeText(words);
      write(heard, text('rest.copied'));
    } catch {
      write(heard, text('rest.select'));
    }
  }

  return {
    /** @param {Stop} stop @param {Setting} setting @param {Notation} notation */
    show(stop, setting, notation) {
      const { trace, exact, spec } = setting;
      const key = JSON.stringify([trace.step, trace.example, notation, exact, stop, spec.loss, spec.layers]);
      if (key === shown) return;
      shown = key;
      copied.hidden = true;
      const board = notation === 'matrices' ? matricesBoard(stop, setting) : slidesBoard(stop, setting);
      const how = board.rows ? row : stacked;
      const nodes = board.factors
        ? product(board.factors, board.equations[0], exact, actions, copy)
        : board.equations.map((equation) => how(equation, exact, actions, copy));
      const rule = board.rule ? [formulaNode(board.rule, 'formulaText rule')] : [];
      slate.className = `slate ${board.rows ? 'rows' : board.factors ? 'product' : 'equations'} ${notation}`;
      slate.replaceChildren(...rule, ...nodes);
      slate.scrollTop = 0;
    },
    clear() {
      shown = '';
      slate.replaceChildren();
    },
  };
}

