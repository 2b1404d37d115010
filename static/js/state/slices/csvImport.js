/** A table on its way in: its text, how the service reads it, and the choices of a person. */

/** @typedef {import('../types.js').Event} Event */
/** @typedef {'input' | 'target' | 'split' | 'none'} Role */
/** @typedef {'classification' | 'regression'} Task */
/** @typedef {{kind: string, values: Record<string, string | number>}} CsvReason */
/**
 * What POST /data/csv-preview answers.
 * @typedef {object} CsvPreview
 * @property {'\t' | ';' | ','} separator
 * @property {'.' | ','} decimal
 * @property {{name: string, kind: string, role: Role}[]} columns
 * @property {number | null} rows
 * @property {{row: number, cells: string[]}[]} first the first rows, or those around the problem
 * @property {CsvReason[]} left_out
 * @property {Task | null} task
 * @property {Task[]} tasks
 * @property {string[]} classes
 * @property {boolean} standardize
 * @property {CsvReason | null} problem
 * @property {Record<string, any> | null} data for the spec; null where the rows were not asked for
 */
/**
 * @typedef {object} CsvImport
 * @property {string} text
 * @property {Role[] | null} roles null: as the service proposes
 * @property {Task | null} task null: what fits
 * @property {number | null} share how much of it trains; null: what fits
 * @property {boolean | null} standardize null: what fits
 * @property {CsvPreview | null} preview
 * @property {CsvReason | null} problem why the text was not sent
 * @property {boolean} pending whether the service is asked
 */
/** @typedef {{type: 'csvImport', change: Partial<CsvImport>}} CsvImportEvent */

const ENOUGH_TO_TEST = 40;
const SHARE = 0.7;

/** @type {CsvImport} */
export const NO_CSV_IMPORT = {
  text: '',
  roles: null,
  task: null,
  share: null,
  standardize: null,
  preview: null,
  problem: null,
  pending: false,
};

/** @param {CsvImport} csvImport @returns {Role[]} of all columns */
export const rolesOf = ({ roles, preview }) => roles ?? preview?.columns.map(({ role }) => role) ?? [];

/** How many columns have a role. @param {CsvImport} csvImport @param {Role} role */
export const countRole = (csvImport, role) => rolesOf(csvImport).filter((own) => own === role).length;

/** @param {CsvImport} csvImport */
export const shareOf = ({ share, preview }) => share ?? ((preview?.rows ?? 0) >= ENOUGH_TO_TEST ? SHARE : 1);

/** @param {CsvImport} csvImport */
export const standardizeOf = ({ standardize, preview }) => standardize ?? preview?.standardize ?? false;

/** @param {CsvImport} csvImport @param {Event} event @returns {CsvImport} */
export function reduceCsvImport(csvImport, event) {
  return event.type === 'csvImport' ? { ...csvImport, ...event.change } : csvImport;
}
