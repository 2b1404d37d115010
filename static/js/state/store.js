/**
 * Stores of state: one that a reducer changes by events, and one that is changed in parts. Listeners are
 * called after each change.
 */

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

/** @template {object} State @param {State} initial */
export function createPatchStore(initial) {
  let state = initial;
  /** @type {Set<(state: State, before: State) => void>} */
  const listeners = new Set();
  return {
    get: () => state,
    /** @param {Partial<State>} change */
    change(change) {
      const before = state;
      state = { ...state, ...change };
      for (const listen of listeners) listen(state, before);
    },
    /** @param {(state: State, before: State) => void} listen */
    subscribe: (listen) => listeners.add(listen),
  };
}
