/** A key as it is printed: "⇧ →". */

import { text } from '../format/i18n.js';

/** @typedef {{key: string, ctrl?: boolean, shift?: boolean, alt?: boolean}} Stroke */

/** @type {Record<string, string>} */
const NAMES = {
  ' ': 'keys.space',
  ArrowRight: 'keys.right',
  ArrowLeft: 'keys.left',
  Home: 'keys.home',
  End: 'keys.end',
  Escape: 'keys.escape',
  PageDown: 'keys.pageDown',
  PageUp: 'keys.pageUp',
  Enter: 'keys.enter',
  ArrowUp: 'keys.up',
  ArrowDown: 'keys.down',
  Delete: 'keys.delete',
  number: 'keys.number',
};

/** @param {Stroke} stroke @returns {string} */
export function keyLabel({ ctrl, ...stroke }) {
  return ctrl ? text('keys.ctrl', { key: keyLabel(stroke) }) : plainLabel(stroke);
}

/** @param {Stroke} stroke */
function plainLabel({ key, shift, alt }) {
  const plain = key in NAMES ? text(NAMES[key]) : key.toUpperCase();
  if (shift) return text('keys.shift', { key: plain });
  return alt ? text('keys.alt', { key: plain }) : plain;
}
