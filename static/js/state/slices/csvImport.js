/** A table on its way in: read, its columns given their roles, not yet what is learned from. */

/** @typedef {import('../../lib/csv/parse.js').Table} Table */
/** @typedef {import('../../lib/csv/parse.js').Complaint} Complaint */
/** @typedef {import('../../lib/csv/columnRoles.js').Role} Role */
/** @typedef {import('../../lib/csv/examples.js').Examples} Examples */
/** @typedef {import('../../lib/csv/examples.js').Task} Task */
/** @typedef {import('../types.js').Event} Event */

/**
 * @typedef {object} Own
 * @property {string} file its name; '' where it was pasted
 * @property {string} head the text's beginning, as it is shown
 * @property {Table | null} table
 * @property {Role[]} roles
 * @property {Task | null} task null: what fits
 * @property {number} share how much of it trains
 * @property {boolean | null} standardize null: what fits
 * @property {Examples | Complaint | null} result
 */
/** @typedef {{type: 'own', change: Partial<Own>}} OwnEvent */

/** @type {Own} */
export const NOTHING_TAKEN = { file: '', head: '', table: null, roles: [], task: null, share: 1, standardize: null, result: null };

/** @param {Own} own @param {Event} event @returns {Own} */
export function reduceOwn(own, event) {
  return event.type === 'own' ? { ...own, ...event.change } : own;
}
