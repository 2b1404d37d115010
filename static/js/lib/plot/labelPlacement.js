/**
 * Where the numbers of links stand: each on its own link, where it covers as little as can be of what else
 * there is.
 */

import { alongLink } from './diagramLayout.js';

/** @typedef {import('./diagramLayout.js').Link} Link */
/** @typedef {import('./diagramLayout.js').Point} Point */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/** How far along its link a number may stand, the dearest first. */
const SHARES = [0.3, 0.34, 0.26, 0.38, 0.22, 0.42, 0.46, 0.18, 0.5, 0.54, 0.58, 0.62, 0.66, 0.7];
const ROUNDS = 3;

/** @param {Point} middle @param {number} width @param {number} height @returns {Box} */
export function boxAround({ x, y }, width, height) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/** The area that two boxes share. @param {Box} one @param {Box} other */
function shared(one, other) {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return Math.max(0, across) * Math.max(0, down);
}

/**
 * A spot for each link's number: one after another, and then each once more, now that the others stand.
 * @param {{link: Link, width: number}[]} numbers
 * @param {number} height
 * @param {Box[]} taken what is there already
 * @returns {Point[]}
 */
export function placeLabels(numbers, height, taken) {
  /** @type {{spot: Point, box: Box}[]} */
  const placed = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    numbers.forEach(({ link, width }, index) => {
      const others = [...taken, ...placed.filter((_, other) => other !== index).map(({ box }) => box)];
      const choices = SHARES.map((share) => {
        const spot = alongLink(link, share);
        const box = boxAround(spot, width, height);
        return { spot, box, covered: others.reduce((sum, other) => sum + shared(box, other), 0) };
      });
      placed[index] = choices.reduce((least, choice) =>
        choice.covered < least.covered - 1 ? choice : least,
      );
    });
  }
  return placed.map(({ spot }) => spot);
}
