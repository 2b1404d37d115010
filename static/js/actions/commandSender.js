/**
 * Sending commands: remembers each as the last request, reports refusals, and keeps only the newest of a
 * drag.
 */

import { editOf } from '../lib/format/editLabels.js';
import { commands, sendCommand } from '../transport/commands.js';
import { Problem, get } from '../transport/rest.js';

/** @typedef {import('../state/types.js').Command} Command */
/** @typedef {import('../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../state/types.js').Spec} Spec */
/** @typedef {ReturnType<typeof import('../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('./session.js').createSession>} Session */

/**
 * @param {Store} store
 * @param {Session} session
 */
export function createCommandSender(store, session) {
  /** @type {Map<string, (() => Promise<unknown>) | null>} what waits behind the one under way, by key */
  const queues = new Map();
  /** @type {number | null} what is being done with one click */
  let group = null;
  let groups = 0;

  /** What can be taken back. @param {Command} command @param {NetworkState} network as it made it */
  function recordEdit(command, { version }) {
    const edit = editOf(command);
    if (edit)
      store.dispatch({
        type: 'edited',
        edit: { ...edit, version: version - 1, at: performance.now(), group },
      });
  }

  /** @param {Command} command @returns {Promise<NetworkState | null>} null: refused, and the page says why */
  async function send(command) {
    store.dispatch({ type: 'request', request: command });
    try {
      const network = await sendCommand(session.live(), command);
      store.dispatch({ type: 'problem', problem: null });
      store.dispatch({ type: 'network', network });
      recordEdit(command, network);
      return network;
    } catch (problem) {
      return reportProblem(problem);
    }
  }

  /** @param {unknown} problem @returns {null} */
  function reportProblem(problem) {
    if (!(problem instanceof Problem)) throw problem;
    store.dispatch({ type: 'problem', problem: { status: problem.status, message: problem.message } });
    return null;
  }

  /**
   * Run one at a time per key; of those that come meanwhile only the newest. For drags.
   * @param {string} key
   * @param {() => Promise<unknown>} run
   */
  async function coalesce(key, run) {
    if (queues.has(key)) {
      queues.set(key, run);
      return;
    }
    queues.set(key, null);
    /** @type {(() => Promise<unknown>) | null} */
    let next = run;
    while (next) {
      await next();
      next = queues.get(key) ?? null;
      queues.set(key, null);
    }
    queues.delete(key);
  }

  /** @returns {string | null} */
  const id = () => store.get().network?.id ?? null;

  /** @param {(id: string) => Command} make */
  async function command(make) {
    const network = id();
    return network === null ? null : send(make(network));
  }

  /** @param {object} change a JSON merge patch of the spec */
  const patch = (change) => command((network) => commands.patch(network, change));

  /** @type {Promise<NetworkState | null>} */
  let last = Promise.resolve(null);

  /**
   * Change the set-up from what the change before has made of it: two quick presses are two.
   * @param {(now: Spec) => object | null} change null: nothing
   */
  function enqueue(change) {
    last = last
      .catch(() => null)
      .then(() => {
        const now = store.get().network?.spec;
        const wanted = now ? change(now) : null;
        return wanted && patch(wanted);
      });
    return last;
  }

  /**
   * Several commands that are one to whoever takes them back.
   * @template Result
   * @param {() => Promise<Result>} run
   */
  async function asOneEdit(run) {
    groups += 1;
    group = groups;
    try {
      return await run();
    } finally {
      group = null;
    }
  }

  return {
    send,
    coalesce,
    /**
     * Say what else was changed along.
     * @param {string} key of its words
     * @param {Record<string, string>} values
     */
    note: (key, values) => store.dispatch({ type: 'note', note: { key, values } }),
    /**
     * What the server says of the network; null: it refused.
     * @param {(id: string) => string} path
     * @returns {Promise<any>}
     */
    async read(path) {
      const network = id();
      return network === null ? null : get(path(network)).catch(reportProblem);
    },
    command,
    patch,
    enqueue,
    /**
     * Another problem: nothing is trained between the change and the new start, and it goes on if it was
     * playing.
     * @param {object} change a JSON merge patch of the spec
     */
    async restartWith(change) {
      const { network, ui } = store.get();
      const goesOn = network?.status === 'playing';
      if (goesOn) await command((id) => commands.pause(id));
      const changed = await asOneEdit(
        async () => (await patch(change)) && command((id) => commands.reset(id)),
      );
      if (goesOn) await command((id) => commands.play(id, ui));
      return changed;
    },
  };
}
