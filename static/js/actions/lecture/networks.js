/** The networks a page begins with: its own, those beside it, and more starts of each; and how they go. */

import { text } from '../../lib/format/i18n.js';
import { PREFIX, call, retryAfter } from '../../transport/rest.js';
import { post } from './readings.js';

/** @typedef {import('../../state/pages/lecture.js').Exhibit} Exhibit */
/** @typedef {import('../../state/pages/lecture.js').SeenStep} SeenStep */
/** @typedef {import('../../state/pages/lecture.js').ShownNetwork} ShownNetwork */

/** @param {Exhibit} exhibit @returns {Promise<{shown: ShownNetwork[], seen: SeenStep[]}>} */
export async function startNetworks({ id, beside, names, seeds }) {
  const labels = [names.network ?? '', ...Object.keys(beside)];
  /** @param {number} place 0: the page's own */
  const start = (place) => post(`/exhibits/${id}/networks`, place > 0 ? { network: labels[place] } : {});
  /** @param {number} again @param {number} seed */
  async function startAgain(again, seed) {
    const made = await start(again);
    return {
      state: await post(`/networks/${made.id}/reset`, { seed }),
      shown: { id: made.id, label: text('deck.seed', { seed }), again },
    };
  }
  const firsts = await Promise.all(
    labels.map(async (label, place) => {
      const state = await start(place);
      return { state, shown: { id: state.id, label: names[label] ?? label } };
    }),
  );
  const more = await Promise.all(seeds.flatMap((seed) => labels.map((_, place) => startAgain(place, seed))));
  const all = [...firsts, ...more];
  return {
    shown: all.map(({ shown }) => shown),
    seen: all.map(({ state: { id: network, version, step } }) => ({ id: network, version, step })),
  };
}

/** Take it away, once nobody asks about it any more. @param {string} id of a network */
export async function deleteNetwork(id) {
  const path = `${PREFIX}/networks/${id}`;
  await retryAfter(path);
  await call({ method: 'DELETE', path }).catch(() => null);
}
