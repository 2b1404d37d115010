/** Drawing on the plane: what the pen does, which point is chosen, where the keyboard's cursor is. */

import { acceptsLabel } from '../../lib/model/rows.js';

/** @typedef {import('../types.js').Event} Event */
/** @typedef {import('../types.js').State} State */
/** @typedef {import('../../lib/model/rows.js').RowChanges} RowChanges */

/**
 * @typedef {object} Drawing
 * @property {boolean} on
 * @property {number} brush the label of what is added, one that the data take; NaN: the eraser
 * @property {number} chosen the row that is moved or relabelled; −1: none
 * @property {number[] | null} cursor where the keyboard would act
 * @property {boolean} held the cursor carries the chosen point along
 * @property {boolean} blank the first point will replace all others
 * @property {number} pending edits that the service has not answered yet: until then the page knows better
 * @property {string} said the last thing done by keyboard, for those who do not see it
 */
/**
 * @typedef {{type: 'drawing', change: Partial<Drawing>} | {type: 'rows', changes: RowChanges}} DrawingEvent
 */

/** @type {Drawing} */
export const NO_DRAWING = {
  on: false,
  brush: 1,
  chosen: -1,
  cursor: null,
  held: false,
  blank: false,
  pending: 0,
  said: '',
};

/** @param {Drawing} drawing @param {Event} event @returns {Drawing} */
export function reduceDrawing(drawing, event) {
  if (event.type === 'joined') return NO_DRAWING;
  if (event.type === 'data' && !Number.isNaN(drawing.brush) && !acceptsLabel(event.data, drawing.brush))
    return { ...drawing, brush: 1 };
  return event.type === 'drawing' ? { ...drawing, ...event.change } : drawing;
}
