/**
 * Backpropagation broken on purpose, beside central differences: which fault, and which weights give it away.
 */

import { element, setText } from '../../lib/dom/element.js';
import { FAULTS, backpropagate, flattenGradient, relativeErrors } from '../../lib/model/brokenBackprop.js';
import { formulaNode, showFormula } from '../../lib/format/formula.js';
import { whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';
import { formatBriefly, formatNumber } from '../../lib/format/boardNumber.js';
import { symbolTex } from '../../lib/trace/symbols.js';
import { showsPart } from '../../state/pages/lecture.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../../lib/model/brokenBackprop.js').Fault} Fault */
/** @typedef {{setFault: (fault: Fault, broken: boolean) => unknown}} Actions */

const FINE = 1e-6;

/** @param {Fault} fault @param {Actions} actions */
function faultSwitch(fault, actions) {
  const input = element('input', { type: 'checkbox', name: `fault-${fault}` });
  input.addEventListener('change', () => actions.setFault(fault, input.checked));
  const line = element('span', { class: 'faultLine' });
  const node = element('div', { class: 'faultRow' }, [
    element('label', { class: 'switch' }, [input, element('span', {}, [text(`faults.${fault}`)])]),
    line,
  ]);
  return {
    node,
    /** @param {boolean} broken */
    set(broken) {
      input.checked = broken;
      node.toggleAttribute('data-broken', broken);
      showFormula(line, broken ? FAULTS[fault].wrong : FAULTS[fault].right);
    },
  };
}

/**
 * @param {NonNullable<Lecture['checked']>['parameters']} parameters
 * @param {number[]} gradient
 * @param {number[]} errors
 */
function table(parameters, gradient, errors) {
  const titles = ['weight', 'backprop', 'numerical', 'error'].map((name) =>
    element('th', { scope: 'col' }, [text(`microscope.check.${name}`)]),
  );
  const rows = parameters.map(({ name, numerical }, place) =>
    element('tr', { 'data-wrong': errors[place] > FINE }, [
      element('th', { scope: 'row' }, [formulaNode(symbolTex(name))]),
      element('td', {}, [formatNumber(gradient[place])]),
      element('td', {}, [formatNumber(numerical)]),
      element('td', {}, [formatBriefly(errors[place])]),
    ]),
  );
  return element('table', { class: 'numbersTable', 'data-table': 'faults' }, [
    element('thead', {}, [element('tr', {}, titles)]),
    element('tbody', {}, rows),
  ]);
}

/** @param {HTMLElement} root @param {Actions} actions */
export function createBrokenBackprop(root, actions) {
  const switches = Object.entries(FAULTS).map(([fault]) => ({
    fault: /** @type {Fault} */ (fault),
    ...faultSwitch(/** @type {Fault} */ (fault), actions),
  }));
  const verdict = element('p', { class: 'verdict', role: 'status' });
  const box = element('div', {
    class: 'tableBox',
    tabindex: '0',
    role: 'region',
    'aria-label': text('microscope.check.name'),
  });
  root.append(
    element(
      'div',
      { class: 'faultRows' },
      switches.map(({ node }) => node),
    ),
    verdict,
    box,
  );
  /** @type {Lecture['checked']} */
  let drawn = null;
  let drawnFor = '';
  return {
    /** @param {Lecture} lecture */
    update(lecture) {
      const { checked, faults } = lecture;
      root.hidden = !showsPart(lecture, 'faults') || !checked;
      if (root.hidden || !checked || (checked === drawn && drawnFor === faults.join())) return;
      drawn = checked;
      drawnFor = faults.join();
      for (const { fault, set } of switches) set(faults.includes(fault));
      const gradient = flattenGradient(backpropagate(checked.evidence, new Set(faults)));
      const errors = relativeErrors(
        gradient,
        checked.parameters.map(({ numerical }) => numerical ?? NaN),
      );
      const wrong = errors.filter((error) => !(error <= FINE)).length;
      const words = {
        wrong,
        count: errors.length,
        error: formatBriefly(Math.max(...errors)),
        step: whole(checked.step),
      };
      setText(verdict, text(wrong > 0 ? 'faults.exposed' : 'faults.agree', words));
      root.toggleAttribute('data-exposed', wrong > 0);
      box.replaceChildren(table(checked.parameters, gradient, errors));
    },
    destroy() {},
  };
}
