/**
 * Which parameters keep their value, as the spec has it: per layer all, none, or single entries of W and of
 * b.
 */

import { blocks } from './parameterLayout.js';

/** @typedef {import('../../state/types.js').Spec} Spec */
/** @typedef {import('../plot/diagramHitTest.js').Part} Part */
/** @typedef {{W: boolean | boolean[][], b: boolean | boolean[]}} LayerFrozen */
/** @typedef {Pick<Part, 'layer' | 'unit' | 'input'>} Place input −1: the bias */

/** @param {LayerFrozen[] | null | undefined} frozen @param {Place} place */
export function isFrozen(frozen, { layer, unit, input }) {
  const entry = frozen?.[layer];
  if (!entry) return false;
  if (input < 0) return Array.isArray(entry.b) ? entry.b[unit] : entry.b;
  return Array.isArray(entry.W) ? entry.W[unit][input] : entry.W;
}

/**
 * The parameters a part stands for: itself, or all that lead into a unit.
 * @param {Spec} spec
 * @param {Part} part
 * @returns {Place[]}
 */
function placesOf(spec, { kind, layer, unit, input }) {
  if (kind !== 'unit') return [{ layer, unit, input }];
  const { inputs } = blocks(spec.features.length, spec.layers)[layer];
  return Array.from({ length: inputs + 1 }, (_, index) => ({ layer, unit, input: index - 1 }));
}

/** The same of every unit of a layer. @param {Spec} spec @param {number} layer */
export function unitsOf(spec, layer) {
  return Array.from(
    { length: spec.layers[layer].units },
    (_, unit) => /** @type {Part} */ ({ kind: 'unit', layer, unit, input: -1 }),
  );
}

/** Whether all of these parts keep their value. @param {Spec} spec @param {Part[]} parts */
export function allFrozen(spec, parts) {
  return parts.every((part) => placesOf(spec, part).every((place) => isFrozen(spec.frozen, place)));
}

/**
 * What the spec's `frozen` becomes when parts are frozen or let go; null: nothing is frozen any more.
 * @param {Spec} spec
 * @param {Part[]} parts
 * @param {boolean} flag
 * @returns {LayerFrozen[] | null}
 */
export function frozenWith(spec, parts, flag) {
  const masks = blocks(spec.features.length, spec.layers).map(({ units, inputs }, layer) => {
    const of = (/** @type {number} */ unit, /** @type {number} */ input) =>
      isFrozen(spec.frozen, { layer, unit, input });
    const rows = Array.from({ length: units }, (_, unit) => unit);
    return {
      W: rows.map((unit) => Array.from({ length: inputs }, (_, input) => of(unit, input))),
      b: rows.map((unit) => of(unit, -1)),
    };
  });
  for (const { layer, unit, input } of parts.flatMap((part) => placesOf(spec, part))) {
    if (input < 0) masks[layer].b[unit] = flag;
    else masks[layer].W[unit][input] = flag;
  }
  return masks.some(({ W, b }) => b.includes(true) || W.some((row) => row.includes(true))) ? masks : null;
}
