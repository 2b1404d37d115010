/** The commands of a network: each is one REST call, and goes over the live socket when that is open. */

import { PREFIX, call } from './rest.js';

/** @typedef {import('../state/types.js').Command} Command */
/** @typedef {import('../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../state/types.js').StopConditions} StopConditions */
/** @typedef {ReturnType<typeof import('./liveSocket.js').createLiveSocket>} Live */

/**
 * @param {string} id
 * @param {string} rest
 * @param {Command['name']} name
 * @param {string} method
 * @param {unknown} [body]
 * @returns {Command}
 */
function command(id, rest, name, method, body) {
  return { name, method, path: `${PREFIX}/networks/${id}${rest}`, body };
}

export const commands = {
  /** @param {string} id @param {number} count @param {'step' | 'epoch' | 'example'} unit */
  steps: (id, count, unit) => command(id, '/steps', 'steps', 'POST', { count, unit }),
  /**
   * @param {string} id
   * @param {{pace: number | null, until?: StopConditions}} how pace: epochs per second; null: as fast as it
   *   goes
   */
  play: (id, { pace, until = {} }) =>
    command(id, '/play', 'play', 'POST', {
      epochs_per_second: pace,
      ...(Object.keys(until).length > 0 ? { until } : {}),
    }),
  /** @param {string} id */
  pause: (id) => command(id, '/pause', 'pause', 'POST', {}),
  /** @param {string} id @param {number} [seed] */
  reset: (id, seed) => command(id, '/reset', 'reset', 'POST', seed === undefined ? {} : { seed }),
  /**
   * Back to a version.
   * @param {string} id
   * @param {number} version
   * @param {boolean} keepTraining take back the change that followed it, and nothing else
   */
  rewind: (id, version, keepTraining) =>
    command(id, '/rewind', 'rewind', 'POST', { version, keep_training: keepTraining }),
  /** @param {string} id @param {object} change a JSON merge patch of the spec */
  patch: (id, change) => command(id, '', 'patch', 'PATCH', change),
  /** Other examples, as own data. @param {string} id @param {object} data */
  data: (id, data) => command(id, '/data', 'data', 'PUT', data),
  /** Single examples. @param {string} id @param {import('../lib/model/rows.js').RowChanges} changes */
  rows: (id, changes) => command(id, '/data', 'rows', 'PATCH', changes),
  /** @param {string} id @param {{parameter: string, value: number}[]} changes */
  edit: (id, changes) => command(id, '/parameters', 'edit', 'PATCH', { changes }),
  /** @param {string} id @param {{W: number[][], b: number[]}[]} layers */
  parameters: (id, layers) => command(id, '/parameters', 'parameters', 'PUT', { layers }),
};

const LARGE = 100_000;

/**
 * Over the live socket when that is open; what is large goes beside it, so that nothing waits behind it.
 * @param {Live | null} live
 * @param {Command} command
 * @returns {Promise<NetworkState>}
 */
export function sendCommand(live, command) {
  const large = JSON.stringify(command.body ?? null).length > LARGE;
  return live?.isOpen() && !large ? live.send(command) : call(command);
}
