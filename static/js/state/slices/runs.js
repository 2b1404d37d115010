/**
 * Runs: loss curves kept to be compared with the one under way. What a reset ends is kept by itself as the
 * last run,
 * until the next one ends; a person keeps the others.
 */

/** @typedef {import('../types.js').State} State */
/** @typedef {import('../types.js').Event} Event */
/** @typedef {import('../types.js').Row} Row */
/** @typedef {import('../types.js').Spec} Spec */
/**
 * @typedef {{number: number, rows: Row[], spec: Spec, shown: boolean}} Run number 0: the last run, kept by
 *   itself
 */
/**
 * @typedef {{rows: Row[], step: number}} Before the curve before the examples became others, and the step at
 *   which they did
 */
/**
 * @typedef {{last: Run | null, kept: Run[], counted: number, spec: Spec | null, before: Before | null}} Runs
 *   spec: what was trained last; before: until other examples are trained on
 */
/**
 * @typedef {{type: 'keepRun', last: boolean} | {
 *   type: 'showRun',
 *   number: number,
 *   shown: boolean,
 * } | {type: 'dropRun', number: number}} RunEvent keepRun: the last run, or the one under way
 */

/** @type {Runs} */
export const NO_RUNS = { last: null, kept: [], counted: 0, spec: null, before: null };
export const MAX_RUNS = 6;

const WORTH_KEEPING = 3;
const FINE = 400;

/** Few enough rows to be drawn again and again, the first and the newest among them. @param {Row[]} rows */
function thin(rows) {
  const stride = Math.ceil(rows.length / FINE);
  return rows.filter((_, index) => index % stride === 0 || index === rows.length - 1);
}

/** @param {Runs} runs @param {(run: Run) => Run} change @returns {Runs} */
function each(runs, change) {
  return { ...runs, last: runs.last && change(runs.last), kept: runs.kept.map(change) };
}

/** @param {Runs} runs @param {Row[]} rows @param {Spec} spec @returns {Runs} */
function keep(runs, rows, spec) {
  if (rows.length < WORTH_KEEPING || runs.kept.length >= MAX_RUNS) return runs;
  const counted = runs.counted + 1;
  return { ...runs, counted, kept: [...runs.kept, { number: counted, rows: thin(rows), spec, shown: true }] };
}

/**
 * A frame goes on with the run, or shows that training began afresh: then what was before is the last run. A
 * loss on
 * other examples, on which nothing was trained, belongs to neither.
 * @param {Runs} runs @param {number} step @param {State} state @returns {Runs}
 */
function follow(runs, step, { curve, network }) {
  const reached = curve.at(-1)?.step ?? 0;
  if (step > reached) {
    if (!network || step <= (runs.before?.step ?? -1)) return runs;
    return runs.before || runs.spec !== network.spec ? { ...runs, spec: network.spec, before: null } : runs;
  }
  const rows = runs.before?.rows ?? curve;
  if (step === reached || !runs.spec || rows.length < WORTH_KEEPING) return runs;
  return {
    ...runs,
    before: null,
    last: { number: 0, rows: thin(rows), spec: runs.spec, shown: runs.last?.shown ?? true },
  };
}

/** @param {Runs} runs @param {Event} event @param {State} state as it was before @returns {Runs} */
export function reduceRuns(runs, event, state) {
  switch (event.type) {
    case 'joined':
      return NO_RUNS;
    case 'keepRun': {
      if (event.last) return runs.last ? { ...keep(runs, runs.last.rows, runs.last.spec), last: null } : runs;
      return state.network ? keep(runs, state.curve, state.network.spec) : runs;
    }
    case 'showRun':
      return each(runs, (run) => (run.number === event.number ? { ...run, shown: event.shown } : run));
    case 'dropRun':
      return {
        ...runs,
        last: event.number === 0 ? null : runs.last,
        kept: runs.kept.filter(({ number }) => number !== event.number),
      };
    case 'network':
      if (runs.before || !state.network || event.network.data_version === state.network.data_version)
        return runs;
      return { ...runs, before: { rows: state.curve, step: event.network.step } };
    case 'frame':
      return follow(runs, event.frame.step, state);
    default:
      return runs;
  }
}
