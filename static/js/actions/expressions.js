/** Opening formulas and units into gates, walking through them, and changing what goes in. */

import { addressOf, SAMPLES } from '../state/pages/expressions.js';
import { namesIn, walkLength } from '../state/pages/graphWalk.js';
import { PREFIX, Problem, call, get } from '../transport/rest.js';
import { setLanguage } from './page/language.js';
import { nextTheme } from './page/theme.js';

/** @typedef {ReturnType<typeof import('../state/pages/expressions.js').createExpressionStore>} Store */
/** @typedef {ReturnType<typeof createExpressionActions>} ExpressionActions */

const DECIMALS = 2;
const FIRST_VALUES = [2, -1, 3, -2, 0.5, 1];

/**
 * Names keep their values, new ones get one.
 * @param {string} expression
 * @param {Record<string, number>} known
 */
function valuesFor(expression, known) {
  return Object.fromEntries(
    namesIn(expression).map((name, index) => [
      name,
      known[name] ?? FIRST_VALUES[index % FIRST_VALUES.length],
    ]),
  );
}

/** @param {Store} store */
export function createExpressionActions(store) {
  /** @type {Promise<void>} */
  let queue = Promise.resolve();
  let waiting = false;

  /**
   * One thing after the other; what the server refuses is said on the page.
   * @param {() => Promise<void>} work
   */
  function inOrder(work) {
    queue = queue.then(work).catch((problem) => {
      if (!(problem instanceof Problem)) throw problem;
      store.change({ fault: problem.message });
    });
    return queue;
  }

  /** The graphs of what is there now; of many changes only the newest is asked about. */
  function evaluate() {
    if (waiting) return queue;
    waiting = true;
    return inOrder(async () => {
      waiting = false;
      const { expression, values, rounded, both, gradient } = store.get();
      const body = { expression, values, gradient, ...(rounded ? { decimals: DECIMALS } : {}) };
      const [whole, cut] = await Promise.all(
        [false, true].map((elementary) =>
          call({ method: 'POST', path: `${PREFIX}/expressions`, body: { ...body, elementary } }),
        ),
      );
      const cuts = cut.nodes.length !== whole.nodes.length;
      store.change({ graphs: both && cuts ? [cut, whole] : [whole], cuts, fault: '' });
      window.history.replaceState(null, '', `${window.location.pathname}#${addressOf(store.get())}`);
    });
  }

  /** @param {number} at */
  const walkTo = (at) => store.change({ at: Math.max(0, Math.min(walkLength(store.get()), at)) });

  /** @param {string} expression @param {Record<string, number>} values */
  function open(expression, values) {
    store.change({ expression, values: valuesFor(expression, values), gradient: 1, source: null, at: 0 });
    return evaluate();
  }

  /** @param {string} id of a network @param {string} unit @param {string} example */
  const openUnit = (id, unit, example) =>
    inOrder(async () => {
      const query = `unit=${encodeURIComponent(unit)}&example=${encodeURIComponent(example)}`;
      const response = await get(`/networks/${encodeURIComponent(id)}/expression?${query}`);
      const source = {
        network: id,
        layer: response.layer,
        unit: response.unit,
        example: response.example,
        step: response.step,
      };
      store.change({
        expression: response.expression,
        values: response.values,
        gradient: response.gradient,
        source,
        at: 0,
      });
      void evaluate();
    });

  return {
    walkTo,
    /** @param {number} by */
    walk: (by) => walkTo(store.get().at + by),
    toEnd: () => walkTo(Infinity),
    /** What the page's address names: a unit, a formula, or the first sample. @param {string} hash */
    openAddress(hash) {
      const query = new URLSearchParams(hash);
      const id = query.get('id');
      if (id) return openUnit(id, query.get('unit') ?? 'output', query.get('example') ?? '0');
      const [sample] = SAMPLES;
      const expression = query.get('f');
      if (!expression) return open(sample.expression, sample.values);
      const values = [...query].filter(([name, value]) => name !== 'f' && Number.isFinite(Number(value)));
      return open(expression, Object.fromEntries(values.map(([name, value]) => [name, Number(value)])));
    },
    open,
    /** @param {string} expression */
    type: (expression) => open(expression, store.get().values),
    /** @param {string} name @param {number} value */
    set(name, value) {
      store.change({ values: { ...store.get().values, [name]: value }, source: null });
      return evaluate();
    },
    /** @param {boolean} rounded */
    round(rounded) {
      store.change({ rounded });
      return evaluate();
    },
    /** @param {boolean} both */
    showBoth(both) {
      store.change({ both });
      return evaluate();
    },
    /** @param {number} by examples */
    turnExample(by) {
      const { source } = store.get();
      if (source)
        void openUnit(source.network, `${source.layer},${source.unit}`, String(source.example + by));
    },
    toggleHelp: () => store.change({ openPanel: store.get().openPanel === 'help' ? null : 'help' }),
    closePanel: () => store.change({ openPanel: null }),
    switchProjector: () => store.change({ projector: !store.get().projector }),
    setLanguage,
    switchTheme: () => store.change({ theme: nextTheme(store.get().theme) }),
  };
}
