/**
 * What stays clear while a part is chosen: it, the unit it leads into, and where that gets its values from.
 */

/** @typedef {import('../../plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../../plot/diagramHitTest.js').Part} Part */

/**
 * @param {Geometry} geometry
 * @param {Part | null} chosen
 * @param {number} layer −1: the inputs on offer
 * @param {number} unit
 */
export function isDimmed({ offers }, chosen, layer, unit) {
  if (!chosen || (layer === chosen.layer && unit === chosen.unit)) return false;
  if (chosen.kind === 'bias' || layer !== chosen.layer - 1) return true;
  const input = layer < 0 ? offers[unit].active : unit;
  return input < 0 || (chosen.kind === 'link' && input !== chosen.input);
}
