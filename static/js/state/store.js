/** The page's one state. It changes by events through a reducer, and whoever listens is told afterwards. */

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Event} Event */

/**
 * @param {(state: State, event: Event) => State} reduce
 * @param {State} initial
 */
export function createStore(reduce, initial) {
  let state = initial;
  /** @type {Set<(state: State, before: State) => void>} */
  const listeners = new Set();
  return {
    /** @returns {State} */
    get: () => state,
    /** @param {Event} event */
    dispatch(event) {
      const before = state;
      state = reduce(state, event);
      if (state !== before) for (const listen of listeners) listen(state, before);
    },
    /** @param {(state: State, before: State) => void} listen @returns {() => void} stops listening */
    subscribe(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}
