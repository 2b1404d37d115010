/**
 * What a class is called: by its own name where the data have one, else by a letter; and the sign on its
 * region.
 */

const FIRST = 'A'.charCodeAt(0);

/** @param {number} index */
export const classLetter = (index) => String.fromCharCode(FIRST + index);

/**
 * @param {{classes: number, class_names?: string[] | null, labels: number[]} | null} data
 * @param {number} index counting from 0
 */
export function className(data, index) {
  const own = data?.class_names?.[index];
  if (own) return own;
  if (!data || data.classes > 2) return classLetter(index);
  const low = data.labels.some((label) => label < 0) ? -1 : 0;
  return index === 0 ? String(low).replace('-', '\u2212') : '1';
}

const SHORT = 3;

/**
 * The sign on a class's region and beside its mark: its name where that is short, else its letter.
 * @param {Parameters<typeof className>[0]} data
 * @param {number} index
 */
export function classSign(data, index) {
  const name = className(data, index);
  return name.length <= SHORT ? name : classLetter(index);
}
