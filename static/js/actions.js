/** Everything a person can do, by name: views and keys call these and nothing else. */

import { createLooks } from './actions/looks.js';
import { createMicroscope } from './actions/microscope.js';
import { createSender } from './actions/sending.js';
import { createSetup } from './actions/setup.js';
import { createTraining } from './actions/training.js';
import { createWeights } from './actions/weights.js';

/** @typedef {ReturnType<typeof import('./state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('./actions/session.js').createSession>} Session */
/** @typedef {ReturnType<typeof createActions>} Actions */

/**
 * @param {Store} store
 * @param {Session} session
 */
export function createActions(store, session) {
  const sender = createSender(store, session);
  return {
    ...createTraining(store, sender),
    ...createSetup(store, sender),
    ...createWeights(store, sender),
    ...createLooks(store),
    ...createMicroscope(store, sender),
    /** A new default network in this page. */
    startAnew: () => session.create(),
    /** The network of the address, once more. */
    begin: () => session.begin(),
  };
}
