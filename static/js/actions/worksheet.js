/** Asking for a worksheet and its key; the address says which one it is. */

import { Problem, get } from '../transport/rest.js';
import { setLanguage } from './page/language.js';

/** @typedef {ReturnType<typeof import('../state/pages/worksheet.js').createWorksheetStore>} Store */
/** @typedef {import('../state/pages/worksheet.js').WorksheetRequest} WorksheetRequest */
/** @typedef {ReturnType<typeof createWorksheetActions>} WorksheetActions */

const SEEDS = 100_000;

/** @param {Store} store */
export function createWorksheetActions(store) {
  let newest = 0;

  async function fetchSheet() {
    const asking = ++newest;
    const { exhibit, seed, count, key } = store.get().asked;
    const query = `seed=${seed}&count=${count}`;
    const path = `/exhibits/${encodeURIComponent(exhibit)}/worksheet`;
    try {
      const [sheet, answers] = await Promise.all([
        get(`${path}?${query}&language=${document.documentElement.lang}`),
        key ? get(`${path}/key?${query}`).then(({ answers: response }) => response) : [],
      ]);
      if (asking === newest) store.change({ sheet, answers, fault: '' });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (asking === newest) store.change({ sheet: null, answers: [], fault: problem.message });
    }
  }

  /** @param {Partial<WorksheetRequest>} change */
  function ask(change) {
    const asked = { ...store.get().asked, ...change };
    store.change({ asked });
    const query = new URLSearchParams({
      exhibit: asked.exhibit,
      seed: String(asked.seed),
      count: String(asked.count),
      ...(!asked.key && { key: '0' }),
    });
    window.history.replaceState(null, '', `?${query}`);
    return fetchSheet();
  }

  return {
    ask,
    /** What the address asks for. */
    async begin() {
      const query = new URLSearchParams(window.location.search);
      const count = (/** @type {string} */ name, /** @type {number} */ usual) =>
        /^\d{1,10}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : usual;
      const [{ exhibits }, { losses }] = await Promise.all([
        get(`/exhibits?language=${document.documentElement.lang}`),
        get('/catalog'),
      ]);
      const { asked: usual } = store.get();
      const half = losses.find((/** @type {{name: string}} */ { name }) => name === 'half_squared_error');
      store.change({ exhibits, lossFormula: half.formula });
      await ask({
        exhibit: query.get('exhibit') ?? usual.exhibit,
        seed: count('seed', usual.seed),
        count: count('count', usual.count),
        key: query.get('key') !== '0',
      });
    },
    /** Other numbers. */
    another: () => ask({ seed: Math.floor(Math.random() * SEEDS) }),
    print: () => window.print(),
    setLanguage,
  };
}
