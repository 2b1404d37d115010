/** A table on its way in: read, its columns given their roles, not yet what is learned from. */

/** @typedef {import('../../lib/csv/parse.js').Table} Table */
/** @typedef {import('../../lib/csv/parse.js').CsvError} CsvError */
/** @typedef {import('../../lib/csv/columnRoles.js').Role} Role */
/** @typedef {import('../../lib/csv/examples.js').Examples} Examples */
/** @typedef {import('../../lib/csv/examples.js').Task} Task */
/** @typedef {import('../types.js').Event} Event */

/**
 * @typedef {object} CsvImport
 * @property {string} file its name; '' where it was pasted
 * @property {string} head the text's beginning, as it is shown
 * @property {Table | null} table
 * @property {Role[]} roles
 * @property {Task | null} task null: what fits
 * @property {number} share how much of it trains
 * @property {boolean | null} standardize null: what fits
 * @property {Examples | CsvError | null} result
 */
/** @typedef {{type: 'csvImport', change: Partial<CsvImport>}} CsvImportEvent */

/** @type {CsvImport} */
export const NO_CSV_IMPORT = {
  file: '',
  head: '',
  table: null,
  roles: [],
  task: null,
  share: 1,
  standardize: null,
  result: null,
};

/** @param {CsvImport} csvImport @param {Event} event @returns {CsvImport} */
export function reduceCsvImport(csvImport, event) {
  return event.type === 'csvImport' ? { ...csvImport, ...event.change } : csvImport;
}
