/** Loss curves kept for comparison. */

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */

/** @param {Store} store */
export function createRuns(store) {
  return {
    /** Keep the curve under way. */
    keepRun: () => store.dispatch({ type: 'keepRun', last: false }),
    /** Keep the one that the last reset ended. */
    keepLastRun: () => store.dispatch({ type: 'keepRun', last: true }),
    /** @param {number} number @param {boolean} shown */
    showRun: (number, shown) => store.dispatch({ type: 'showRun', number, shown }),
    /** @param {number} number */
    dropRun: (number) => store.dispatch({ type: 'dropRun', number }),
  };
}
