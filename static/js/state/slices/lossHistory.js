/**
 * The loss curve: a row per epoch as the server recorded it, then one per frame seen. A row at the same
 * step replaces the last one (a weight edited, data changed), a smaller step ends what came after it, so
 * nothing but training draws a line.
 */

/** @typedef {import('../types.js').Row} Row */
/** @typedef {import('../types.js').Event} Event */

const LONGEST = 2000;

/** Every second row, keeping the first and the newest. @param {Row[]} rows */
function thin(rows) {
  return rows.filter((_, index) => index % 2 === 0 || index === rows.length - 1);
}

/** @param {Row[]} rows @param {Row} row */
function append(rows, row) {
  let keep = rows.length;
  while (keep > 0 && rows[keep - 1].step >= row.step) keep -= 1;
  const longer = [...(keep < rows.length ? rows.slice(0, keep) : rows), row];
  return longer.length > LONGEST ? thin(longer) : longer;
}

/** @param {Row[]} rows @param {Event} event @returns {Row[]} */
export function reduceLossHistory(rows, event) {
  switch (event.type) {
    case 'joined':
      return [];
    case 'frame': {
      const { epoch, step, train, test } = event.frame;
      return append(rows, { epoch, step, train: train.loss, test: test?.loss ?? null });
    }
    case 'history': {
      const last = event.rows.at(-1)?.step ?? -1;
      const newest = rows.at(-1)?.step ?? -1;
      if (newest < last) return event.rows;
      return [...event.rows, ...rows.filter(({ step }) => step > last)];
    }
    default:
      return rows;
  }
}
