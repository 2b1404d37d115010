/**
 * Examples from a table whose columns have their roles: what the service is sent, or what is wrong, with row
 * and column.
 */

import { parseCell } from './parse.js';

/** @typedef {import('./parse.js').Table} Table */
/** @typedef {import('./parse.js').CsvError} CsvError */
/** @typedef {import('./columnRoles.js').Role} Role */
/** @typedef {'classification' | 'regression'} Task */
/**
 * @typedef {{
 *   inputs: number[][],
 *   targets: number[][],
 *   task?: Task,
 *   class_names?: string[],
 *   split?: ('train' | 'test')[],
 * }} Rows
 */
/**
 * @typedef {{rows: Rows, task: Task, classes: string[], choice: boolean}} Examples choice: the targets can be
 *   either classes or values
 */

const MOST_CLASSES = 10;
const SHOWN = 30;
const PARTS = ['train', 'test'];

/** @param {Table} table @param {number} column */
const nameOf = ({ names }, column) => names[column] || String(column + 1);

/**
 * @param {Table} table
 * @param {number} index
 * @param {number} column
 * @param {string} key
 * @returns {CsvError}
 */
function misfit(table, index, column, key) {
  const cell = table.rows[index][column].trim();
  const shown = cell.length > SHOWN ? `${cell.slice(0, SHOWN)}…` : cell;
  return {
    key: cell === '' ? 'missing' : key,
    values: { row: table.lines[index], column: column + 1, name: nameOf(table, column), cell: shown },
  };
}

/** @param {Table} table @param {number[]} columns @returns {number[][] | CsvError} */
function numbers(table, columns) {
  const found = [];
  for (let index = 0; index < table.rows.length; index += 1) {
    const row = columns.map((column) => parseCell(table.rows[index][column], table.separator));
    const wrong = row.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) return misfit(table, index, columns[wrong], 'number');
    found.push(row);
  }
  return found;
}

/** The different labels of a column, in order. @param {Table} table @param {number} column */
function labelsIn(table, column) {
  const found = [...new Set(table.rows.map((row) => row[column].trim()))];
  const values = found.map((label) => parseCell(label, table.separator));
  const whole = values.every(Number.isInteger);
  const sorted = whole ? found.sort((a, b) => Number(a) - Number(b)) : found.sort();
  return { labels: sorted, numeric: values.every(Number.isFinite), whole };
}

/**
 * @param {Table} table
 * @param {number} column
 * @param {string[]} labels
 * @returns {Pick<Rows, 'targets' | 'task' | 'class_names'> | CsvError}
 */
function asClasses(table, column, labels) {
  const empty = table.rows.findIndex((row) => row[column].trim() === '');
  if (empty >= 0) return misfit(table, empty, column, 'missing');
  const where = { column: column + 1, name: nameOf(table, column) };
  if (labels.length > MOST_CLASSES)
    return { key: 'classes', values: { ...where, count: labels.length, most: MOST_CLASSES } };
  if (labels.length < 2) return { key: 'oneClass', values: { ...where, label: labels[0] } };
  const task = /** @type {const} */ ('classification');
  const known = labels.map(Number);
  if (known.every((label, index) => label === index) || known.join() === '-1,1')
    return { task, targets: table.rows.map((row) => [Number(row[column])]) };
  const place = new Map(labels.map((label, index) => [label, index]));
  return {
    task,
    class_names: labels,
    targets: table.rows.map((row) => [place.get(row[column].trim()) ?? 0]),
  };
}

/**
 * @param {Table} table
 * @param {number[]} columns
 * @param {Task | null} task what is wanted; null: what fits
 * @returns {Omit<Examples, 'rows'> & {rows: Pick<Rows, 'targets' | 'task' | 'class_names'>} | CsvError}
 */
function targetsOf(table, columns, task) {
  const [column] = columns;
  if (columns.length > 1) {
    const targets = numbers(table, columns);
    return 'key' in targets
      ? targets
      : { rows: { targets, task: 'regression' }, task: 'regression', classes: [], choice: false };
  }
  const { labels, numeric, whole } = labelsIn(table, column);
  const choice = numeric && labels.length >= 2 && labels.length <= MOST_CLASSES;
  if (task === 'classification' || (task === null && (!numeric || (choice && whole)))) {
    const rows = asClasses(table, column, labels);
    return 'key' in rows ? rows : { rows, task: 'classification', classes: labels, choice };
  }
  const targets = numbers(table, columns);
  return 'key' in targets
    ? targets
    : { rows: { targets, task: 'regression' }, task: 'regression', classes: [], choice };
}

/** @param {Table} table @param {number} column @returns {('train' | 'test')[] | CsvError} */
function splitIn(table, column) {
  const parts = table.rows.map((row) => row[column].trim().toLowerCase());
  const wrong = parts.findIndex((part) => !PARTS.includes(part));
  if (wrong >= 0) return misfit(table, wrong, column, 'split');
  return /** @type {('train' | 'test')[]} */ (parts);
}

/**
 * @param {Table} table
 * @param {Role[]} roles
 * @param {Task | null} task
 * @param {{rows: number, inputs: number, outputs: number}} limits
 * @returns {Examples | CsvError}
 */
export function examplesOf(table, roles, task, limits) {
  const having = (/** @type {Role} */ role) => roles.flatMap((own, column) => (own === role ? [column] : []));
  const [inputs, targets, splits] = [having('input'), having('target'), having('split')];
  if (inputs.length === 0) return { key: 'noInputs' };
  if (targets.length === 0) return { key: 'noTarget' };
  if (inputs.length > limits.inputs)
    return { key: 'tooMany.inputs', values: { count: inputs.length, most: limits.inputs } };
  if (targets.length > limits.outputs)
    return { key: 'tooMany.outputs', values: { count: targets.length, most: limits.outputs } };
  if (table.rows.length > limits.rows)
    return { key: 'tooMany.rows', values: { count: table.rows.length, most: limits.rows } };
  const x = numbers(table, inputs);
  if ('key' in x) return x;
  const y = targetsOf(table, targets, task);
  if ('key' in y) return y;
  const split = splits.length > 0 ? splitIn(table, splits[0]) : undefined;
  if (split && 'key' in split) return split;
  return { ...y, rows: { inputs: x, ...y.rows, ...(split ? { split } : {}) } };
}

/**
 * Whether the inputs are so far from what first weights expect that standardizing them helps.
 * @param {number[][]} inputs
 */
export function needsStandardizing(inputs) {
  const columns = inputs[0].map((_, column) => {
    let low = Infinity;
    let high = -Infinity;
    for (const row of inputs) {
      low = Math.min(low, row[column]);
      high = Math.max(high, row[column]);
    }
    return { low, high };
  });
  return columns.some(({ low, high }) => Math.max(-low, high) > 12 || (high > low && high - low < 0.2));
}
