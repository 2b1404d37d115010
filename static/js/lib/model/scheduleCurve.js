/** The course of a schedule: its factor over as many epochs as show what is special about it. */

/** @typedef {import('../../state/types.js').RegistryChoice} RegistryChoice */
/** @typedef {(step: number, epoch: number, fields: Record<string, number>) => number} Factor */
/** @typedef {{epochs: number, points: [number, number][]}} ScheduleCurve points: epoch and factor */

const LADDER = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
const NEARLY = 0.15;
const FINE = 120;

/** @type {Promise<{schedules: Record<string, Factor>}> | null} */
let evaluator = null;
/** The schedules as the engine's registry has them, loaded when the first one is drawn. */
export function loadSchedules() {
  const address = String(new URL('../../../../evaluator.js', import.meta.url));
  evaluator ??= import(address);
  return evaluator.then(({ schedules }) => schedules);
}

/**
 * Up to where the factor has nearly become what it is in the long run.
 * @param {Factor} factor @param {RegistryChoice} schedule @param {number} perEpoch steps
 * @returns {ScheduleCurve}
 */
export function scheduleCurve(factor, { name: _, ...fields }, perEpoch) {
  const at = (/** @type {number} */ epoch) => factor(Math.floor(epoch * perEpoch), epoch, fields);
  const heights = [0, ...LADDER].map(at);
  const final = heights[heights.length - 1];
  const range = Math.max(...heights) - Math.min(...heights);
  const away = heights.slice(1).findLastIndex((height) => Math.abs(height - final) > NEARLY * range);
  const epochs = range > 0 ? LADDER[Math.min(LADDER.length - 1, away + 1)] : 100;
  return {
    epochs,
    points: Array.from({ length: FINE + 1 }, (_unused, k) => [(epochs * k) / FINE, at((epochs * k) / FINE)]),
  };
}
