/** What each column of a table is for: guessed from names and cells, changed by whoever knows better. */

import { parseCell } from './parse.js';

/** @typedef {import('./parse.js').Table} Table */
/** @typedef {'input' | 'target' | 'split' | 'none'} Role */

/** @type {Role[]} */
export const ROLES = ['input', 'target', 'split', 'none'];
const TARGETS = ['label', 'class', 'target', 'species'];
const NUMBERS = ['', 'id', 'index', 'row', 'no', 'nr', '#'];
const LOOKED_AT = 200;

/**
 * Whether a column holds words: one that is no number among many that are is a slip, and is to be told.
 * @param {Table} table
 * @param {number} column
 */
function isWords({ rows, separator }, column) {
  const filled = rows.slice(0, LOOKED_AT).filter((row) => row[column].trim() !== '');
  return filled.filter((row) => Number.isNaN(parseCell(row[column], separator))).length > filled.length / 2;
}

/** Whether a named column only counts the rows. @param {Table} table @param {number} column */
function counts({ rows, names, named, separator }, column) {
  if (!named || !NUMBERS.includes(names[column].toLowerCase())) return false;
  const first = parseCell(rows[0][column], separator);
  return (
    rows.length > 2 &&
    rows.slice(0, LOOKED_AT).every((row, index) => parseCell(row[column], separator) === first + index)
  );
}

/** @param {Table} table @returns {Role[]} */
export function guessRoles(table) {
  const names = table.names.map((name) => name.toLowerCase());
  const all = names.map((_, column) => column);
  const split = names.indexOf('split');
  const words = all.filter((column) => column !== split && isWords(table, column));
  const named = all.filter((column) => names[column].startsWith('y') || TARGETS.includes(names[column]));
  const free = all.filter((column) => column !== split);
  const targets = named.length > 0 ? named : words.length > 0 ? words.slice(-1) : free.slice(-1);
  return all.map((column) => {
    if (column === split) return 'split';
    if (targets.includes(column)) return 'target';
    return words.includes(column) || counts(table, column) ? 'none' : 'input';
  });
}
