/** Readable places on an axis. */

const TICKS = 5;
const DECADES = 12;

/** Steps between whole numbers on a plot's axis: none has two ticks. */
export const WHOLE_STEPS = Array.from({ length: DECADES }, (_, power) =>
  [1, 2, 5].map((factor) => factor * 10 ** power),
).flat();

/** @param {[number, number]} range */
export function ticksOf([low, high]) {
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.8) ?? rough;
  const ticks = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-6; tick += step) ticks.push(tick);
  return ticks.map((tick) => (Math.abs(tick) < step * 1e-6 ? 0 : tick));
}
