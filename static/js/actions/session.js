/** Which network the page shows: making one, joining the one in the address, staying connected to it. */

import { commands } from '../transport/commands.js';
import { createLive } from '../transport/live.js';
import { PREFIX, Problem, call, get } from '../transport/rest.js';

/** @typedef {ReturnType<typeof import('../state/store.js').createStore>} Store */
/** @typedef {import('../transport/live.js').Frame} Frame */
/** @typedef {import('../state/types.js').NetworkState} NetworkState */

const FIRST_PACE = 60;

/** The network's id in the page's address, a fragment, so that it is never sent or logged. */
function idInAddress() {
  return new URLSearchParams(window.location.hash.slice(1)).get('id');
}

/** What the data depends on. @param {NetworkState} network */
const dataKey = ({ id, data_version: version }) => `${id} ${version}`;

/** @param {Store} store */
export function createSession(store) {
  /** @type {ReturnType<typeof createLive> | null} */
  let live = null;
  let dataShown = '';
  let owed = 0;

  /** @param {unknown} problem */
  function report(problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.status === 404) store.dispatch({ type: 'connection', connection: { status: 'gone' } });
    else store.dispatch({ type: 'problem', problem: { status: problem.status, message: problem.message } });
  }

  /** @param {NetworkState} network */
  async function fetchData(network) {
    const key = dataKey(network);
    if (key === dataShown || store.get().drawing.pending > 0) return;
    dataShown = key;
    try {
      const data = await get(`/networks/${network.id}/data`);
      if (dataShown === key) store.dispatch({ type: 'data', data });
    } catch (problem) {
      dataShown = '';
      report(problem);
    }
  }

  /** @param {string} id */
  async function fetchHistory(id) {
    try {
      const { rows } = await get(`/networks/${id}/history`);
      const flat = rows.map((/** @type {any} */ { epoch, step, train, test }) => ({
        epoch,
        step,
        train: train?.loss ?? null,
        test: test?.loss ?? null,
      }));
      if (store.get().network?.id === id) store.dispatch({ type: 'history', rows: flat });
    } catch (problem) {
      report(problem);
    }
  }

  /** @param {NetworkState} network */
  function show(network) {
    store.dispatch({ type: 'network', network });
    void fetchData(network);
  }

  /** @param {string} id */
  function connect(id) {
    live?.close();
    live = createLive(id, {
      state: show,
      storage: (trouble) => store.dispatch({ type: 'storage', trouble }),
      frame(frame) {
        owed += 1;
        store.dispatch({ type: 'frame', frame });
      },
      open() {
        owed = 0;
        store.dispatch({ type: 'connection', connection: { status: 'live' } });
        void fetchHistory(id);
      },
      lost(seconds) {
        store.dispatch({ type: 'connection', connection: { status: 'lost', seconds } });
      },
      gone() {
        store.dispatch({ type: 'connection', connection: { status: 'gone' } });
      },
    });
  }

  /** @param {string} id */
  async function join(id) {
    store.dispatch({ type: 'joined' });
    store.dispatch({ type: 'connection', connection: { status: 'starting' } });
    try {
      show(await get(`/networks/${id}`));
      connect(id);
    } catch (problem) {
      live?.close();
      report(problem);
      const unreachable = problem instanceof Problem && problem.status === 0;
      if (unreachable) store.dispatch({ type: 'connection', connection: { status: 'unreachable' } });
    }
  }

  /** A new network, learning at once. @param {object} [spec] missing fields take the defaults */
  async function create(spec = {}) {
    const request = { method: 'POST', path: `${PREFIX}/networks`, body: spec };
    store.dispatch({ type: 'request', request });
    try {
      const network = await call(request);
      window.history.replaceState(null, '', `#id=${network.id}`);
      store.dispatch({ type: 'joined' });
      show(network);
      connect(network.id);
      await call(commands.play(network.id, FIRST_PACE));
    } catch (problem) {
      report(problem);
      if (!store.get().network) store.dispatch({ type: 'connection', connection: { status: 'unreachable' } });
    }
  }

  return {
    create,
    join,
    live: () => live,
    /** Nothing more is heard of the network; it lives on. */
    close: () => live?.close(),
    /** Show the network in the address, or a new one. */
    async begin() {
      const id = idInAddress();
      if (id === null) await create();
      else if (id !== store.get().network?.id) await join(id);
    },
    /** Tell the server that what it sent has been drawn. */
    acknowledge() {
      for (; owed > 0; owed -= 1) live?.acknowledge();
    },
    /** The examples once more, as the server has them. */
    reread() {
      const { network } = store.get();
      dataShown = '';
      if (network) void fetchData(network);
    },
    /** What was missed while the page was out of sight. */
    catchUp() {
      const id = store.get().network?.id;
      if (id !== undefined) void fetchHistory(id);
    },
  };
}
