/**
 * What the microscope shows: an example's walk through the network, where one stands, and whether it still
 * holds.
 */

import { NO_BLANKS } from '../../lib/trace/blanks.js';
import { thetaOfTrace } from '../../lib/trace/walk.js';

/** @typedef {import('../types.js').State} State */
/** @typedef {import('../types.js').Event} Event */
/** @typedef {import('../types.js').NetworkState} NetworkState */
/** @typedef {import('../../transport/frame.js').Frame} Frame */
/** @typedef {import('../../lib/trace/walk.js').Trace} Trace */
/** @typedef {import('../../lib/trace/walk.js').Notation} Notation */

/**
 * @typedef {{
 *   name: string,
 *   backprop: number | null,
 *   numerical: number | null,
 *   relative_error: number | null,
 *   kink: boolean,
 * }} CheckedParameter
 */
/**
 * @typedef {{
 *   step: number,
 *   error: number,
 *   agrees: boolean,
 *   kinks: number,
 *   parameters: CheckedParameter[],
 * }} GradientCheck
 */
/**
 * @typedef {object} Microscope
 * @property {boolean} open
 * @property {'walk' | 'check'} panel
 * @property {boolean} batch the next batch is walked through, not one example
 * @property {number} example a row of the data
 * @property {Trace | null} trace
 * @property {NetworkState | null} of the network as it was when the trace was made
 * @property {string} setup what the trace was made for, the parameters aside
 * @property {number} at the stop of the walk
 * @property {Notation} notation
 * @property {boolean} exact numbers in full
 * @property {import('../../lib/trace/blanks.js').Blanks} blanks values somebody is to find
 * @property {boolean} changed the network has been set up otherwise since
 * @property {boolean} moved its parameters are others than the trace's
 * @property {number | null} applied the step at which the trace's own update was made
 * @property {boolean} waiting
 * @property {GradientCheck | null} check
 * @property {string} checkOf the network, its version and its step that the check is of
 */
/**
 * @typedef {{type: 'microscope', change: Partial<Microscope>}
 * | {type: 'trace', trace: Trace, network: NetworkState, tolerances: Record<string, number> | null}}
 * MicroscopeEvent
 */

/** @type {Microscope} */
export const INITIAL_MICROSCOPE = {
  open: false,
  panel: 'walk',
  batch: false,
  example: 0,
  trace: null,
  of: null,
  setup: '',
  at: 0,
  notation: 'slides',
  exact: false,
  blanks: NO_BLANKS,
  changed: false,
  moved: false,
  applied: null,
  waiting: false,
  check: null,
  checkOf: '',
};

/** Everything a trace depends on but the parameters. @param {NetworkState} network */
function setupOf({ id, spec }) {
  return JSON.stringify([id, { ...spec, batch_size: 0 }]);
}

/** @param {Trace} trace @param {Frame} frame */
function differs(trace, { step, theta }) {
  if (step !== trace.step) return true;
  const seen = thetaOfTrace(trace);
  if (seen.length !== theta.length) return true;
  return seen.some((value, index) => value !== theta[index] && !Number.isNaN(value));
}

/** @param {Microscope} microscope @param {Event} event @returns {Microscope} */
export function reduceMicroscope(microscope, event) {
  const { trace } = microscope;
  switch (event.type) {
    case 'joined':
      return { ...INITIAL_MICROSCOPE, open: microscope.open, notation: microscope.notation };
    case 'microscope':
      return { ...microscope, ...event.change };
    case 'trace': {
      const setup = setupOf(event.network);
      const same =
        trace?.step === event.trace.step &&
        trace.example === event.trace.example &&
        setup === microscope.setup &&
        !microscope.moved;
      const blanks = {
        ...microscope.blanks,
        tolerances: event.tolerances,
        ...(!same && { found: [], judged: null }),
      };
      return {
        ...microscope,
        trace: event.trace,
        of: event.network,
        example: event.trace.example,
        setup,
        blanks,
        changed: false,
        moved: false,
        applied: null,
        waiting: false,
      };
    }
    case 'network': {
      if (!trace) return microscope;
      const changed = setupOf(event.network) !== microscope.setup;
      return changed === microscope.changed ? microscope : { ...microscope, changed };
    }
    case 'frame': {
      if (!trace) return microscope;
      const moved = differs(trace, event.frame);
      return moved === microscope.moved ? microscope : { ...microscope, moved };
    }
    default:
      return microscope;
  }
}
