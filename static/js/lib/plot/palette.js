/** The theme's colours, read from the stylesheet, so that canvases and CSS cannot disagree. */

/** @typedef {import('./colorScale.js').Triple} Triple */

/**
 * @typedef {object} Palette
 * @property {Triple} negative
 * @property {Triple} neutral
 * @property {Triple} positive
 * @property {Triple} fieldNegative the same scale as it is laid under points: calmer
 * @property {Triple} fieldPositive
 * @property {Triple} ink
 * @property {Triple} quiet
 * @property {Triple} hairline
 * @property {Triple} paper
 * @property {Triple[]} classes one colour for each of up to ten classes
 */

const CLASSES = 10;

/** @param {string} color as getComputedStyle gives a registered colour @returns {Triple} */
function channels(color) {
  const [red, green, blue] = (color.match(/[\d.]+/g) ?? ['0', '0', '0']).map(Number);
  return [red, green, blue];
}

/** @param {Element} root @returns {Palette} */
export function readPalette(root) {
  const style = getComputedStyle(root);
  const read = (/** @type {string} */ name) => channels(style.getPropertyValue(`--${name}`));
  return {
    negative: read('negative'),
    neutral: read('neutral'),
    positive: read('positive'),
    fieldNegative: read('field-negative'),
    fieldPositive: read('field-positive'),
    ink: read('ink'),
    quiet: read('quiet'),
    hairline: read('hairline'),
    paper: read('paper'),
    classes: Array.from({ length: CLASSES }, (_, index) => read(`class-${index}`)),
  };
}
