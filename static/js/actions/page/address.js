/** Keeps the page's address in step with the network: the whole set-up, where it fits. */

import { routeAt } from '../../lib/url/route.js';
import { LONGEST, serializeSpec } from '../../lib/url/spec.js';
import { blocksOf } from '../../lib/model/selectors.js';
import { parameterCount } from '../../lib/model/parameterLayout.js';
import { get } from '../../transport/rest.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').NetworkState} NetworkState */
/** @typedef {import('../../state/types.js').Data} Data */
/** @typedef {import('../../state/slices/sharing.js').Address} Address */

const QUIET_MS = 300;
const OWN = 'own';
const SHORTEST_ENTRY = 2;

/** Whether so many numbers could be in an address at all. @param {number} count */
const mayFit = (count) => count * SHORTEST_ENTRY < LONGEST;

/** Own rows as a spec has them. @param {Data} data @param {NetworkState} network */
function rowsOf(data, { spec, plane }) {
  const { standardize, seed } = spec.data;
  const classes = data.classes > 0 && data.labels.length > 0;
  const split = data.split.includes('test') ? { split: data.split } : {};
  const targets = classes ? data.labels.map((label) => [label]) : data.y;
  return {
    inputs: data.x,
    targets,
    ...split,
    task: data.task,
    class_names: data.class_names,
    standardize,
    seed,
    plane,
  };
}

/** @param {State} state @returns {Promise<Address>} */
async function addressOf({ network, data }) {
  if (!network) return { hash: null, lacks: null };
  let spec = /** @type {Record<string, any>} */ (network.spec);
  if (network.spec.data.name === OWN) {
    const fits = data && mayFit(data.x.length * (1 + (data.x[0]?.length ?? 0)));
    if (!fits || data.x.length !== network.spec.data.examples) return { hash: null, lacks: 'data' };
    spec = { ...spec, data: rowsOf(data, network) };
  }
  const drawn = serializeSpec(spec);
  if (drawn.length > LONGEST)
    return { hash: null, lacks: network.spec.data.name === OWN ? 'data' : 'settings' };
  if (!network.start.modified) return { hash: drawn, lacks: null };
  if (mayFit(parameterCount(blocksOf(network)))) {
    const { progress } = await get(`/networks/${network.id}/export`);
    const whole = serializeSpec({ ...spec, parameters: progress.start });
    if (whole.length <= LONGEST) return { hash: whole, lacks: null };
  }
  return { hash: drawn, lacks: 'weights' };
}

/** All that an address depends on. @param {State} state @returns {[string, Data | null]} */
function groundsOf({ network, data }) {
  const networkKey =
    network && JSON.stringify([network.id, network.spec, network.start.modified && network.version]);
  return [networkKey ?? '', network?.spec.data.name === OWN ? data : null];
}

/** @param {Store} store */
export function createAddress(store) {
  let timer = 0;
  /** What the newest address was made of. @type {[string, Data | null]} */
  let made = ['', null];
  /**
   * The address as this page left or read it: another one has been opened meanwhile, and is about to be read.
   */
  let known = window.location.hash;

  /** Whether the address is that of one network on purpose, not this page's own set-up. */
  const watches = () => window.history.state === null && window.location.hash.startsWith('#id=');

  async function write() {
    const state = store.get();
    const grounds = groundsOf(state);
    if (!state.network || grounds.every((ground, index) => ground === made[index])) return;
    made = grounds;
    const address = await addressOf(state).catch(() => null);
    if (made !== grounds) return;
    if (!address || window.location.hash !== known) {
      made = ['', null];
      return;
    }
    store.dispatch({ type: 'address', address });
    if (!watches())
      window.history.replaceState(
        { id: state.network.id },
        '',
        `#${address.hash ?? `id=${state.network.id}`}`,
      );
    known = window.location.hash;
  }

  store.subscribe(({ network, data }, before) => {
    if (network === before.network && data === before.data) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void write(), QUIET_MS);
  });

  return {
    place() {
      known = window.location.hash;
      return routeAt(known, window.history.state);
    },
    /**
     * This page's own network from here on; anew: the one before is a step back in the browser.
     * @param {NetworkState} network
     * @param {boolean} anew
     */
    enter(network, anew) {
      const hash = `#${serializeSpec(network.spec)}`;
      if (anew) window.history.pushState({ id: network.id }, '', hash);
      else window.history.replaceState({ id: network.id }, '', hash);
      known = window.location.hash;
    },
    /** One network on the server, which others may look at too. @param {string} id */
    watch(id) {
      window.history.pushState(null, '', `#id=${id}`);
      known = window.location.hash;
    },
  };
}
