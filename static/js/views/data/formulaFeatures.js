/**
 * Inputs by formula: a field to type one, what is wrong at its place, and those that are used with a way to
 * take them out.
 */

import { element, icon, requireElement, setText } from '../../lib/dom/element.js';
import { formulaNodes } from '../../lib/format/notation.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../actions/network/features.js').Fault} Fault */

const SAMPLES = ['x1*x2', 'sin(3*x1)', 'x1^2+x2^2', 'exp(-x1^2)', 'abs(x1-x2)', 'max(x1, x2)'];
const CHECK_AFTER_MS = 250;

/** The formula with a mark where it cannot go on. @param {string} formula @param {number} position */
function marked(formula, position) {
  const end = formula.slice(position).match(/^\w+/)?.[0].length ?? 1;
  return [
    formula.slice(0, position),
    element('mark', {}, [formula.slice(position, position + end) || '\u00a0']),
    formula.slice(position + end),
  ];
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createFormulaFeatures(root, actions) {
  const form = requireElement(root, 'form', HTMLFormElement);
  const field = requireElement(root, '[name=formula]', HTMLInputElement);
  const place = requireElement(root, '.faultPlace', HTMLElement);
  const fault = requireElement(root, '.fault', HTMLElement);
  const samples = requireElement(root, '.formulaSamples', HTMLElement);
  const used = requireElement(root, '.formulasUsed', HTMLElement);
  let timer = 0;
  let listed = '';

  /** @param {Fault | null} wrong */
  function tell(wrong) {
    field.setAttribute('aria-invalid', String(wrong !== null));
    setText(fault, wrong?.words ?? '');
    place.replaceChildren(...(wrong && wrong.position !== null ? marked(field.value, wrong.position) : []));
  }

  async function check() {
    const typed = field.value;
    const wrong = typed.trim() === '' ? null : await actions.checkFormula(typed);
    if (field.value === typed) tell(wrong);
  }

  /** @param {string} formula */
  async function add(formula) {
    window.clearTimeout(timer);
    const wrong = (await actions.checkFormula(formula)) ?? (await actions.addFormula(formula));
    tell(wrong);
    if (wrong) return;
    field.value = '';
    field.focus();
  }

  field.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void check(), CHECK_AFTER_MS);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (field.value.trim() !== '') void add(field.value.trim());
  });
  requireElement(root, '[name=close]', HTMLButtonElement).addEventListener('click', () =>
    actions.setUi({ openPanel: null }),
  );

  /** @param {string[]} offered @param {string[]} features */
  function list(offered, features) {
    const own = features.filter((formula) => !offered.includes(formula));
    used.replaceChildren(
      ...own.map((formula) => {
        const remove = element(
          'button',
          { type: 'button', 'aria-label': text('formulas.remove', { formula }) },
          [icon('close')],
        );
        remove.disabled = features.length === 1;
        remove.addEventListener('click', () => void actions.toggleFeature(formula));
        return element('li', {}, [element('span', {}, formulaNodes(formula)), remove]);
      }),
    );
    samples.replaceChildren(
      ...SAMPLES.filter((formula) => !features.includes(formula)).map((formula) => {
        const button = element(
          'button',
          { type: 'button', class: 'quietButton', 'aria-label': text('formulas.sample', { formula }) },
          [element('span', {}, formulaNodes(formula))],
        );
        button.addEventListener('click', () => {
          field.value = formula;
          void add(formula);
        });
        return button;
      }),
    );
  }

  return {
    /** @param {State} state */
    update({ ui, catalog, network }) {
      const opened = root.hidden && ui.openPanel === 'formula';
      root.hidden = ui.openPanel !== 'formula';
      if (root.hidden || !catalog || !network) return;
      const { features } = network.spec;
      if (features.join('\n') !== listed) {
        listed = features.join('\n');
        list(
          catalog.features.map(({ formula }) => formula),
          features,
        );
      }
      if (opened) field.focus();
    },
    destroy() {
      window.clearTimeout(timer);
    },
  };
}
