/**
 * The sheet for data of one's own: a place to paste, the columns with what each is for, and what is wrong,
 * where it is.
 */

import { element, setAttribute, requireElement, setText } from '../../lib/dom/element.js';
import { percent, whole } from '../../lib/format/number.js';
import { needsStandardizing } from '../../lib/csv/examples.js';
import { ROLES } from '../../lib/csv/columnRoles.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/csvImport.js').CsvImport} CsvImport */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../lib/csv/columnRoles.js').Role} Role */
/** @typedef {import('../../lib/csv/examples.js').Examples} Examples */

const SHOWN = 6;
const SHARES = [1, 0.9, 0.8, 0.7, 0.5];
const NAMED = 4;

/** @param {CsvImport} own @param {Actions} actions */
function previewNodes({ table, roles, result }, actions) {
  if (!table) return [];
  const name = (/** @type {number} */ column) =>
    table.names[column] || text('own.column', { column: column + 1 });
  const wrong = result && 'key' in result ? result.values : undefined;
  const heads = roles.map((role, column) => {
    const options = ROLES.map((entry) =>
      element('option', { value: entry, selected: entry === role }, [text(`own.roles.${entry}`)]),
    );
    const menu = element('select', { 'aria-label': text('own.role', { name: name(column) }) }, options);
    menu.addEventListener('change', () => actions.setRole(column, /** @type {Role} */ (menu.value)));
    return element('th', { scope: 'col', 'data-role': role }, [element('span', {}, [name(column)]), menu]);
  });
  const place = wrong ? table.lines.indexOf(Number(wrong.row)) : -1;
  const first = Math.max(0, Math.min(place - 1, table.rows.length - SHOWN));
  const rows = table.rows.slice(first, first + SHOWN).map((row, index) => {
    const here = table.lines[first + index] === wrong?.row;
    const cells = row.map((cell, column) =>
      element('td', { 'data-role': roles[column], 'data-wrong': here && column + 1 === wrong?.column }, [
        cell,
      ]),
    );
    return element('tr', {}, [
      element('th', { scope: 'row' }, [String(table.lines[first + index])]),
      ...cells,
    ]);
  });
  const left = table.rows.length - first - rows.length;
  const rest = left > 0 ? [element('caption', {}, [text('own.more', { count: whole(left) })])] : [];
  return [
    ...rest,
    element('thead', {}, [element('tr', {}, [element('td'), ...heads])]),
    element('tbody', {}, rows),
  ];
}

/** @param {Examples} examples */
function summary({ rows, task, classes }) {
  const count = rows.inputs[0].length;
  const outputs = rows.targets[0].length;
  const names = classes.slice(0, NAMED).join(', ') + (classes.length > NAMED ? ', …' : '');
  const kind =
    task === 'classification'
      ? text('own.classes', { count: classes.length, names })
      : outputs > 1
        ? text('own.outputs', { count: outputs })
        : text('own.oneOutput');
  const inputs = count === 1 ? text('own.oneInput') : text('own.inputs', { count });
  const said = text('own.summary', { rows: whole(rows.inputs.length), inputs, targets: kind });
  return [said, ...(count === 2 ? [] : [text('own.noPlane')]), text('own.anew')].join(' ');
}

/** @param {HTMLElement} root @param {Actions} actions */
function createChoices(root, actions) {
  const task = requireElement(root, '[name=task]', HTMLSelectElement);
  const share = requireElement(root, '[name=ownShare]', HTMLSelectElement);
  const standardize = requireElement(root, '[name=ownStandardize]', HTMLInputElement);
  const use = requireElement(root, '[name=use]', HTMLButtonElement);
  for (const name of /** @type {const} */ (['classification', 'regression']))
    task.append(element('option', { value: name }, [text(`own.task.${name}`)]));
  for (const value of SHARES)
    share.append(element('option', { value: String(value) }, [percent(1 - value, 0)]));
  share.append(element('option', { value: 'split', hidden: true }, [text('own.share.split')]));
  task.addEventListener('change', () =>
    actions.settle({ task: /** @type {CsvImport['task']} */ (task.value) }),
  );
  share.addEventListener('change', () => actions.settle({ share: Number(share.value) }));
  standardize.addEventListener('change', () => actions.settle({ standardize: standardize.checked }));
  use.addEventListener('click', () => void actions.useTable());
  return {
    /** @param {CsvImport} own @param {Examples | null} examples */
    update(own, examples) {
      root.hidden = !own.table;
      use.disabled = !examples;
      task.disabled = !examples?.choice;
      if (!examples) return;
      task.value = examples.task;
      share.disabled = Boolean(examples.rows.split);
      share.value = examples.rows.split ? 'split' : String(own.share);
      standardize.checked = own.standardize ?? needsStandardizing(examples.rows.inputs);
    },
    focus: () => use.focus(),
  };
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 * @param {HTMLElement} data where its button is
 */
export function createCsvImport(root, actions, data) {
  const opener = requireElement(data, '[name=own]', HTMLButtonElement);
  const area = requireElement(root, 'textarea', HTMLTextAreaElement);
  const file = requireElement(root, '[name=file]', HTMLInputElement);
  const preview = requireElement(root, '.ownPreview', HTMLTableElement);
  const invitation = requireElement(root, '.ownInvitation', HTMLElement);
  const problem = requireElement(root, '.ownProblem', HTMLElement);
  const summaryNode = requireElement(root, '.ownSummary', HTMLElement);
  const choices = createChoices(requireElement(root, '.ownChoices', HTMLElement), actions);
  /** @type {CsvImport | null} */
  let shown = null;

  opener.addEventListener('click', () => actions.togglePanel('own'));
  requireElement(root, '[name=close]', HTMLButtonElement).addEventListener('click', () =>
    actions.setUi({ openPanel: null }),
  );
  area.addEventListener('input', () => actions.takeTable(area.value));
  area.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (area.value.trim() !== '' && area.selectionEnd - area.selectionStart < area.value.length) return;
    event.preventDefault();
    actions.takeTable(pasted);
  });
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen) void actions.takeFile(chosen);
    file.value = '';
  });

  /** @param {CsvImport} own */
  function show(own) {
    const examples = own.result && !('key' in own.result) ? own.result : null;
    const complaint = own.result && 'key' in own.result ? own.result : null;
    const focused = [...preview.querySelectorAll('select')].findIndex(
      (menu) => menu === document.activeElement,
    );
    preview.replaceChildren(...previewNodes(own, actions));
    if (focused >= 0) preview.querySelectorAll('select')[focused]?.focus();
    invitation.hidden = Boolean(own.table ?? own.result);
    setText(problem, complaint ? text(`own.problem.${complaint.key}`, complaint.values) : '');
    setText(summaryNode, examples ? summary(examples) : '');
    choices.update(own, examples);
    if (document.activeElement !== area) {
      area.value = own.head;
      if (examples && own.table !== shown?.table) choices.focus();
    }
    shown = own;
  }

  return {
    /** @param {State} state */
    update({ ui, csvImport }) {
      const opened = root.hidden && ui.openPanel === 'own';
      root.hidden = ui.openPanel !== 'own';
      setAttribute(opener, 'aria-expanded', String(!root.hidden));
      if (root.hidden) return;
      if (opened && !csvImport.table) area.focus();
      if (csvImport !== shown) show(csvImport);
    },
    destroy() {},
  };
}
