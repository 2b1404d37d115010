/**
 * A table from text: separated by tabs, semicolons or commas, quoted where need be, as spreadsheets write it.
 * Beside
 * tabs and semicolons 0,5 is 0.5. The same rules as the service's (app/services/uploads/csv_reader.py), so
 * that a file that one takes the other takes.
 */

/**
 * @typedef {{key: string, values?: Record<string, string | number>}} CsvError of the catalogue:
 *   own.problem.<key>
 */
/**
 * @typedef {{names: string[], named: boolean, rows: string[][], lines: number[], separator: string}} Table
 *   names: one per column; lines: where each row stands in the text, from 1
 */

const SEPARATORS = ['\t', ';', ','];

/** @param {string} cell @param {string} separator */
export function parseCell(cell, separator) {
  const text = cell.trim();
  if (text === '') return NaN;
  return Number(separator === ',' ? text : text.replace(',', '.'));
}

/** Rows without quotes, the common case: two cuts. @param {string} text @param {string} separator */
const splitRow = (text, separator) => text.split(/\r\n|\n|\r/).map((line) => line.split(separator));

/**
 * Rows with quotes: a quoted cell may hold separators, line ends and doubled quotes.
 * @param {string} text
 * @param {string} separator
 */
function splitQuoted(text, separator) {
  /** @type {string[][]} */
  const rows = [[]];
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"[^${separator}\\r\\n]*|([^${separator}\\r\\n]*))(${separator}|\\r\\n|\\n|\\r|$)`,
    'y',
  );
  while (cell.lastIndex <= text.length) {
    const found = cell.exec(text);
    if (!found) break;
    const [, quoted, plain, end] = found;
    rows[rows.length - 1].push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== separator) rows.push([]);
  }
  return rows;
}

/** @param {string} text */
function separatorOf(text) {
  const [first] = text.split('\n', 1);
  return SEPARATORS.find((sign) => first.includes(sign)) ?? ',';
}

/** @param {string} text @returns {Table | CsvError} */
export function parseTable(text) {
  const plain = text.replace(/^\uFEFF/, '').trimStart();
  const separator = separatorOf(plain);
  const cells = plain.includes('"') ? splitQuoted(plain, separator) : splitRow(plain, separator);
  const lines = cells.flatMap((row, index) => (row.some((cell) => cell.trim() !== '') ? [index + 1] : []));
  const rows = lines.map((line) => cells[line - 1]);
  if (rows.length === 0) return { key: 'empty' };
  const named = !rows[0].some((cell) => !Number.isNaN(parseCell(cell, separator)));
  const names = named ? rows[0].map((cell) => cell.trim()) : rows[0].map(() => '');
  const from = named ? 1 : 0;
  const odd = rows.findIndex((row) => row.length !== names.length);
  if (odd >= 0)
    return { key: 'ragged', values: { row: lines[odd], count: rows[odd].length, needed: names.length } };
  if (rows.length === from) return { key: 'empty' };
  return { names, named, rows: rows.slice(from), lines: lines.slice(from), separator };
}

/**
 * Whether text that was pasted anywhere is meant as a table: several lines of several cells.
 * @param {string} text
 */
export function looksLikeTable(text) {
  if (/^\s*(https?:|#)/.test(text)) return false;
  const table = parseTable(text.slice(0, 5000).replace(/\n[^\n]*$/, ''));
  return 'rows' in table && table.names.length > 1 && table.rows.length > 1;
}
