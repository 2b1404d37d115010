/** A page's state in one place: changed in parts, told to all who listen. */

/** @template {object} State @param {State} initial */
export function createHolder(initial) {
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
