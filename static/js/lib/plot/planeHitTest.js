/** Which example lies under the pointer, and where on the plane the pointer is. Pure functions. */

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('./scatter.js').Plane} Plane */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/**
 * Where a place of the plane stands on the board, 0…1 across and up.
 * @param {Plane} plane
 * @param {number[]} place
 */
export const positionOn = ({ x1, x2 }, [a, b]) => ({
  across: (a - x1[0]) / (x1[1] - x1[0]),
  up: (b - x2[0]) / (x2[1] - x2[0]),
});

/** Where an example stands; null where it cannot be seen. @param {State} state @param {number} example */
export function examplePosition({ data, network, ui }, example) {
  const row = data?.x[example];
  if (row?.length !== 2 || !network?.plane) return null;
  if (data?.split[example] === 'test' && !ui.testPoints) return null;
  return positionOn(network.plane, row);
}

/**
 * The nearest example that is closer than reach, in CSS pixels; −1: none.
 * @param {State} state
 * @param {Box} box
 * @param {{clientX: number, clientY: number}} at
 * @param {number} reach
 */
export function nearestExample(state, box, { clientX, clientY }, reach) {
  let best = -1;
  let least = reach;
  for (let example = 0; example < (state.data?.x.length ?? 0); example += 1) {
    const spot = examplePosition(state, example);
    if (!spot) continue;
    const away = Math.hypot(
      box.left + spot.across * box.width - clientX,
      box.top + (1 - spot.up) * box.height - clientY,
    );
    if (away < least) {
      least = away;
      best = example;
    }
  }
  return best;
}

const clamp = (/** @type {number} */ share) => Math.min(1, Math.max(0, share));

/**
 * The place of the plane under the pointer, to a thousandth of its width.
 * @param {Plane} plane
 * @param {Box} box
 * @param {{clientX: number, clientY: number}} at
 */
export function planePointAt({ x1, x2 }, box, { clientX, clientY }) {
  return [
    readableCoordinate(x1, clamp((clientX - box.left) / box.width)),
    readableCoordinate(x2, clamp(1 - (clientY - box.top) / box.height)),
  ];
}

/**
 * A share of the way through a range, with as many digits as can be seen.
 * @param {[number, number]} range
 * @param {number} share
 */
export function readableCoordinate([low, high], share) {
  const digits = Math.max(0, 3 - Math.floor(Math.log10(high - low)));
  return Number((low + share * (high - low)).toFixed(Math.min(12, digits)));
}
