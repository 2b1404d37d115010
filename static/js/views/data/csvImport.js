/**
 * The sheet for data of one's own: a place to paste, the columns with what each is for, and what is wrong,
 * where it is.
 */

import { element, requireElement, setAttribute, setEnabled, setText } from '../../lib/dom/element.js';
import { percent, whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';
import { countRole, rolesOf, shareOf, standardizeOf } from '../../state/slices/csvImport.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/csvImport.js').CsvImport} CsvImport */
/** @typedef {import('../../state/slices/csvImport.js').CsvPreview} CsvPreview */
/** @typedef {import('../../state/slices/csvImport.js').CsvReason} CsvReason */
/** @typedef {import('../../state/slices/csvImport.js').Role} Role */
/** @typedef {import('../../state/slices/csvImport.js').Task} Task */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @type {Role[]} */
const ROLES = ['input', 'target', 'split', 'none'];
const SHARES = [1, 0.9, 0.8, 0.7, 0.5];
const NAMED = 4;
const HEAD = 4000;
const SIGNS = { '\t': 'tab', ';': 'semicolon', ',': 'comma', '.': 'point' };

/**
 * A reason in words, with a nameless column by its number.
 * @param {string} key
 * @param {CsvReason} reason
 */
function words(key, { kind, values }) {
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'number' ? whole(value) : value,
  ]);
  const named = Object.fromEntries(shown);
  return text(`${key}.${kind}`, { ...named, name: named.name || named.column });
}

/** @param {CsvImport} own @param {Actions} actions */
function previewNodes(own, actions) {
  const { preview } = own;
  if (!preview || preview.columns.length === 0) return [];
  const wrong = preview.problem?.values;
  const roles = rolesOf(own);
  const heads = preview.columns.map((column, index) => {
    const name = column.name || text('own.column', { column: index + 1 });
    const options = ROLES.map((entry) =>
      element('option', { value: entry, selected: entry === roles[index] }, [text(`own.roles.${entry}`)]),
    );
    const menu = element('select', { 'aria-label': text('own.role', { name }) }, options);
    menu.addEventListener('change', () => actions.setRole(index, /** @type {Role} */ (menu.value)));
    return element('th', { scope: 'col', 'data-role': roles[index] }, [element('span', {}, [name]), menu]);
  });
  const rows = preview.first.map(({ row, cells }) => {
    const nodes = cells.map((cell, column) =>
      element(
        'td',
        { 'data-role': roles[column], 'data-wrong': row === wrong?.row && column + 1 === wrong.column },
        [cell],
      ),
    );
    return element('tr', {}, [element('th', { scope: 'row' }, [String(row)]), ...nodes]);
  });
  const left = (preview.rows ?? 0) - rows.length;
  return [
    ...(left > 0 ? [element('caption', {}, [text('own.more', { count: whole(left) })])] : []),
    element('thead', {}, [element('tr', {}, [element('td'), ...heads])]),
    element('tbody', {}, rows),
  ];
}

/** @param {CsvImport} own @param {CsvPreview} preview */
function summary(own, { rows, task, classes }) {
  const inputCount = countRole(own, 'input');
  const outputs = countRole(own, 'target');
  const names = classes.slice(0, NAMED).join(', ') + (classes.length > NAMED ? ', …' : '');
  const targets =
    task === 'classification'
      ? text('own.classes', { count: classes.length, names })
      : outputs > 1
        ? text('own.outputs', { count: outputs })
        : text('own.oneOutput');
  const inputs = inputCount === 1 ? text('own.oneInput') : text('own.inputs', { count: inputCount });
  const said = text('own.summary', { rows: whole(rows ?? 0), inputs, targets });
  return [said, ...(inputCount === 2 ? [] : [text('own.noPlane')]), text('own.anew')].join(' ');
}

/** How the text is read, and what of it is not. @param {CsvPreview} preview */
function format({ separator, decimal, left_out: leftOut }) {
  const signs = {
    separator: text(`own.sign.${SIGNS[separator]}`),
    decimal: text(`own.sign.${SIGNS[decimal]}`),
  };
  const what = leftOut.map((reason) => words('own.leftOut', reason)).join(', ');
  return [text('own.format', signs), ...(what ? [text('own.without', { what })] : [])].join(' ');
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
  task.addEventListener('change', () => actions.setCsvTask(/** @type {Task} */ (task.value)));
  share.addEventListener('change', () => actions.setCsvOptions({ share: Number(share.value) }));
  standardize.addEventListener('change', () => actions.setCsvOptions({ standardize: standardize.checked }));
  use.addEventListener('click', () => void actions.useTable());
  return {
    /** @param {CsvImport} own @param {CsvPreview | null} usable */
    update(own, usable) {
      root.hidden = !own.preview?.columns.length;
      setEnabled(use, Boolean(usable) && !own.pending);
      task.disabled = !usable || usable.tasks.length < 2;
      if (!usable) return;
      const divided = countRole(own, 'split') > 0;
      task.value = own.task ?? usable.task ?? '';
      share.disabled = divided;
      share.value = divided ? 'split' : String(shareOf(own));
      standardize.checked = standardizeOf(own);
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
  const part = requireElement(root, '.ownTable', HTMLElement);
  const table = requireElement(root, '.ownPreview', HTMLTableElement);
  const reading = requireElement(root, '.ownReading', HTMLElement);
  const invitation = requireElement(root, '.ownInvitation', HTMLElement);
  const problem = requireElement(root, '.ownProblem', HTMLElement);
  const summaryNode = requireElement(root, '.ownSummary', HTMLElement);
  const formatNode = requireElement(root, '.ownFormat', HTMLElement);
  const choices = createChoices(requireElement(root, '.ownChoices', HTMLElement), actions);
  /** @type {CsvImport | null} */
  let shown = null;
  /** The text whose preview was shown last: a new one takes the focus to the button that uses it. */
  let looked = '';
  let drawn = '';

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

  /** An open menu stays open while an answer changes nothing in the table. @param {CsvImport} own */
  function showTable(own) {
    const { columns = [], first, rows, problem: wrong } = own.preview ?? {};
    const now = JSON.stringify([columns.map(({ name }) => name), rolesOf(own), first, rows, wrong]);
    if (now === drawn) return;
    drawn = now;
    const focused = [...table.querySelectorAll('select')].findIndex(
      (menu) => menu === document.activeElement,
    );
    table.replaceChildren(...previewNodes(own, actions));
    if (focused >= 0) table.querySelectorAll('select')[focused]?.focus();
  }

  /** @param {CsvImport} own */
  function show(own) {
    const { preview, pending } = own;
    const complaint = own.problem ?? preview?.problem ?? null;
    const usable = preview && !complaint ? preview : null;
    setAttribute(part, 'aria-busy', String(pending));
    reading.hidden = !pending;
    showTable(own);
    invitation.hidden = Boolean(preview ?? complaint) || pending;
    if (!pending) {
      setText(problem, complaint ? words('own.problem', complaint) : '');
      setText(summaryNode, usable ? summary(own, usable) : '');
      setText(formatNode, preview?.columns.length ? format(preview) : '');
    }
    choices.update(own, usable);
    if (document.activeElement !== area) {
      area.value = own.text.slice(0, HEAD);
      if (usable && !pending && own.text !== looked) choices.focus();
    }
    if (!pending) looked = own.text;
    shown = own;
  }

  return {
    /** @param {State} state */
    update({ ui, csvImport }) {
      const opened = root.hidden && ui.openPanel === 'own';
      root.hidden = ui.openPanel !== 'own';
      setAttribute(opener, 'aria-expanded', String(!root.hidden));
      if (root.hidden) return;
      if (opened && csvImport.text === '') area.focus();
      if (csvImport !== shown) show(csvImport);
    },
    destroy() {},
  };
}
