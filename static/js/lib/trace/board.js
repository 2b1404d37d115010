/** What stands on the board at a stop, in either notation. */

import { batchBoard } from './batchWalk.js';
import { matrixBoard } from './matrixBoard.js';
import { unitBoard } from './unitBoard.js';

/**
 * @param {import('./walk.js').Stop} stop
 * @param {import('./unitBoard.js').Setting} setting
 * @param {import('./walk.js').Notation} notation
 * @returns {import('./unitBoard.js').Board}
 */
export function boardOf(stop, setting, notation) {
  if (notation === 'matrices') return matrixBoard(stop, setting);
  return setting.trace.batch ? batchBoard(stop, setting) : unitBoard(stop, setting);
}
