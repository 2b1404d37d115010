/** Which part of the network lies under a point of the diagram. */

import { alongLink } from './diagramLayout.js';

/** @typedef {import('./diagramLayout.js').Geometry} Geometry */
/** @typedef {import('./diagramLayout.js').Link} Link */
/** @typedef {import('./diagramLayout.js').Point} Point */
/**
 * A part a person can point at. input −1 with kind "bias"; layer −1 are the inputs, counted as they are on
 * offer.
 * @typedef {{kind: 'unit' | 'bias' | 'link', layer: number, unit: number, input: number}} Part
 */

const REACH = 9;
const BIAS_REACH = 12;
const PIECES = 24;

/**
 * Where a unit's bias mark stands: on the square's lower left corner.
 * @param {Point} centre
 * @param {number} size
 * @returns {Point}
 */
export function biasPosition({ x, y }, size) {
  return { x: x - size / 2, y: y + size / 2 };
}

/** @param {Part | null} a @param {Part | null} b */
export function samePart(a, b) {
  if (a === null || b === null) return a === b;
  return a.kind === b.kind && a.layer === b.layer && a.unit === b.unit && a.input === b.input;
}

/** @param {Link} link @param {number} x @param {number} y */
function distance(link, x, y) {
  let nearest = Infinity;
  let before = link.from;
  for (let piece = 1; piece <= PIECES; piece += 1) {
    const after = alongLink(link, piece / PIECES);
    const dx = after.x - before.x;
    const dy = after.y - before.y;
    const share = Math.min(
      1,
      Math.max(0, ((x - before.x) * dx + (y - before.y) * dy) / (dx * dx + dy * dy || 1)),
    );
    nearest = Math.min(nearest, Math.hypot(before.x + share * dx - x, before.y + share * dy - y));
    before = after;
  }
  return nearest;
}

/**
 * The unit or bias there; for a finger the nearest one.
 * @param {Geometry} geometry
 * @param {number} x
 * @param {number} y
 * @returns {Part | null}
 */
function unitAt({ columns, thumb }, x, y) {
  let nearest = Infinity;
  /** @type {Part | null} */
  let found = null;
  for (const { kind, layer, size, units } of columns) {
    for (const [unit, centre] of units.entries()) {
      const spot = biasPosition(centre, size);
      if (kind !== 'input' && Math.hypot(spot.x - x, spot.y - y) <= Math.min(BIAS_REACH, size / 2)) {
        return { kind: 'bias', layer, unit, input: -1 };
      }
      const away = Math.max(Math.abs(centre.x - x), Math.abs(centre.y - y));
      if (away <= Math.max(size / 2, thumb) && away < nearest) {
        nearest = away;
        found = { kind: 'unit', layer, unit, input: -1 };
      }
    }
  }
  return found;
}

/** @param {Geometry} geometry @param {number} x @param {number} y @returns {Part | null} */
export function partAt(geometry, x, y) {
  const unit = unitAt(geometry, x, y);
  if (unit) return unit;
  const reach = Math.max(REACH, geometry.thumb);
  let nearest = reach;
  /** @type {Link | null} */
  let found = null;
  for (const link of geometry.links) {
    if (x < link.from.x - reach || x > link.to.x + reach) continue;
    if (y < Math.min(link.from.y, link.to.y) - reach || y > Math.max(link.from.y, link.to.y) + reach)
      continue;
    const away = distance(link, x, y);
    if (away < nearest) {
      nearest = away;
      found = link;
    }
  }
  return found && { kind: 'link', layer: found.layer, unit: found.unit, input: found.input };
}
