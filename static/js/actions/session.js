/** Which network the page shows: making one, joining the one in the address, staying connected to it. */

import { uiOfLink } from '../lib/url/tfplayground.js';
import { wantsMotion } from '../lib/dom/motion.js';
import { commands } from '../transport/commands.js';
import { createLiveSocket } from '../transport/liveSocket.js';
import { PREFIX, Problem, call, get, upload } from '../transport/rest.js';

/** @typedef {ReturnType<typeof import('../state/store.js').createStore>} Store */
/** @typedef {import('../transport/liveSocket.js').Frame} Frame */
/** @typedef {import('../state/types.js').NetworkState} NetworkState */
/** @typedef {ReturnType<typeof import('./page/address.js').createAddress>} Address */

const FIRST_PACE = 60;

/** Of a network that is a part of a page. @type {Address} */
const NO_ADDRESS = { place: () => ({ id: null, spec: null }), enter() {}, watch() {} };

/** What the data depends on. @param {NetworkState} network */
const dataKey = ({ id, data_version: version }) => `${id} ${version}`;

/** @param {Store} store @param {Address} [address] where the page finds its network, and leaves word of it */
export function createSession(store, address = NO_ADDRESS) {
  /** @type {ReturnType<typeof createLiveSocket> | null} */
  let live = null;
  let closed = false;
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
    live = createLiveSocket(id, {
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

  /** The network that is shown from here on. @param {NetworkState} network */
  function enter(network) {
    if (closed) return;
    store.dispatch({ type: 'joined' });
    store.dispatch({
      type: 'ui',
      change: {
        hides: [],
        linkRead: false,
        ...(network.spec.tfplayground && uiOfLink(network.spec.tfplayground)),
      },
    });
    show(network);
    connect(network.id);
  }

  /**
   * @param {string} id
   * @returns {Promise<boolean>} whether there is such a network, or will be told why it is not seen
   */
  async function join(id) {
    store.dispatch({ type: 'joined' });
    store.dispatch({ type: 'connection', connection: { status: 'starting' } });
    try {
      enter(await get(`/networks/${id}`));
    } catch (problem) {
      live?.close();
      report(problem);
      const unreachable = problem instanceof Problem && problem.status === 0;
      if (unreachable) store.dispatch({ type: 'connection', connection: { status: 'unreachable' } });
      return unreachable;
    }
    return true;
  }

  /**
   * Show a network that is made just now.
   * @param {() => Promise<NetworkState>} make
   * @param {{anew?: boolean, plays?: boolean}} how anew: the one before stays a step back in the browser;
   *   plays: it learns at once
   * @returns {Promise<boolean>} whether it was made; the page says why not
   */
  async function adopt(make, { anew = false, plays = false }) {
    try {
      const network = await make();
      address.enter(network, anew);
      store.dispatch({ type: 'problem', problem: null });
      enter(network);
      if (plays) await call(commands.play(network.id, { pace: FIRST_PACE }));
      return true;
    } catch (problem) {
      report(problem);
      return false;
    }
  }

  /**
   * A new network.
   * @param {object} [spec] missing fields take the defaults
   * @param {{anew?: boolean, plays?: boolean}} [how]
   */
  function create(spec = {}, how = { plays: wantsMotion() }) {
    const request = { method: 'POST', path: `${PREFIX}/networks`, body: spec };
    store.dispatch({ type: 'request', request });
    return adopt(() => call(request), how);
  }

  /**
   * A new network from the set-up in the address. What cannot be made of it is said, beside the one shown or
   * another new one.
   * @param {object | null} spec
   * @param {NetworkState | null} shown
   */
  async function createFrom(spec, shown) {
    if (spec && (await create(spec, {}))) return;
    const { problem } = store.get();
    const refused = spec !== null && problem !== null && problem.status !== 0;
    if (refused && shown) address.enter(shown, false);
    else if (!(await create())) store.dispatch({ type: 'connection', connection: { status: 'unreachable' } });
    else if (refused) store.dispatch({ type: 'problem', problem });
  }

  return {
    create,
    /** A network from a file that was saved here. @param {Blob} file @param {string} type */
    open: (file, type) => adopt(() => upload('/networks', file, type), { anew: true }),
    join,
    live: () => live,
    /** Nothing more is heard of the network; it lives on. */
    close() {
      closed = true;
      live?.close();
    },
    /** Show the network of the address, or a new one: from the set-up in it, or the default. */
    async begin() {
      const { id, spec } = address.place();
      const shown = store.get().network;
      if (id !== null && id === shown?.id) return;
      if (id === null && spec === null && shown) address.enter(shown, false);
      else if (id === null || (!(await join(id)) && spec)) await createFrom(spec, shown);
    },
    /** Look at one network of the server. @param {string} id */
    async watch(id) {
      address.watch(id);
      await join(id);
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
