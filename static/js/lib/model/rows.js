/**
 * Editing examples, here as the service does it: what changes, then what goes, then what comes. Pure
 * functions.
 */

/** @typedef {import('../../state/types.js').Data} Data */
/** @typedef {'train' | 'test'} Split */
/** @typedef {{x: number[], y: number, split?: Split}} RowAdded */
/** @typedef {{row: number, x?: number[], y?: number}} RowChanged */
/** @typedef {{change?: RowChanged[], remove?: number[], add?: RowAdded[]}} RowChanges */

/**
 * The data after the changes; y of what is new is a guess until the service tells.
 * @param {Data} data
 * @param {RowChanges} changes
 * @returns {Data}
 */
export function editRows(data, { change = [], remove = [], add = [] }) {
  const x = [...data.x];
  const y = [...data.y];
  const labels = [...data.labels];
  for (const { row, x: place, y: label } of change) {
    if (place) x[row] = place;
    if (label === undefined) continue;
    y[row] = y[labels.indexOf(label)] ?? [label];
    labels[row] = label;
  }
  const known = (/** @type {number} */ label) => y[labels.indexOf(label)] ?? [label];
  const gone = new Set(remove);
  const left = (/** @type {unknown} */ _, /** @type {number} */ row) => !gone.has(row);
  return {
    ...data,
    x: [...x.filter(left), ...add.map((row) => row.x)],
    y: [...y.filter(left), ...add.map((row) => known(row.y))],
    labels: [...labels.filter(left), ...add.map((row) => row.y)],
    split: [...data.split.filter(left), ...add.map((row) => row.split ?? 'train')],
  };
}

/**
 * Two changes as one, where the later one only says more of what the earlier one said of the same row.
 * @param {RowChanges | null | undefined} before
 * @param {RowChanges} after
 * @returns {RowChanges | null} null: they stay two
 */
export function mergeChanges(before, after) {
  if (!before || before.remove || before.add || after.remove || after.add) return null;
  const [first] = before.change ?? [];
  const [second] = after.change ?? [];
  return first && second && first.row === second.row ? { change: [{ ...first, ...second }] } : null;
}

/**
 * The labels there may be, class by class, as the service counts them.
 * @param {Pick<Data, 'classes' | 'labels'>} data
 * @returns {number[]}
 */
export function labelsOf({ classes, labels }) {
  if (classes !== 2) return Array.from({ length: classes }, (_, index) => index);
  return labels.includes(0) ? [0, 1] : [-1, 1];
}

/**
 * Whether an example may have this label.
 * @param {Pick<Data, 'task' | 'classes' | 'labels'>} data
 * @param {number} label
 */
export const acceptsLabel = (data, label) => data.task === 'regression' || labelsOf(data).includes(label);

/**
 * All rows as a whole, for as many classes as are wanted; rows of classes beyond that are left out.
 * @param {Pick<Data, 'task' | 'classes' | 'x' | 'labels' | 'split'>} data
 * @param {number} classes
 */
export function toUserData(data, classes) {
  const places = labelsOf(data);
  const of = (/** @type {number} */ row) => places.indexOf(data.labels[row]);
  const rows = data.x.map((_, row) => row).filter((row) => data.task === 'regression' || of(row) < classes);
  const oneHot = (/** @type {number} */ row) =>
    Array.from({ length: classes }, (_, index) => Number(index === of(row)));
  const target = (/** @type {number} */ row) =>
    data.task === 'regression' ? [data.labels[row]] : classes > 2 ? oneHot(row) : [of(row) ? 1 : -1];
  return {
    task: data.task,
    inputs: rows.map((row) => data.x[row]),
    targets: rows.map(target),
    split: rows.map((row) => data.split[row]),
  };
}
