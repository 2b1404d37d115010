/** Everything a person can do, by name: views and keys call these and nothing else. */

import { createCursor } from './actions/cursor.js';
import { createDrawing } from './actions/drawing.js';
import { createFeatures } from './actions/features.js';
import { createFiles } from './actions/files.js';
import { createLooks } from './actions/looks.js';
import { createMicroscope } from './actions/microscope.js';
import { createPresets } from './actions/presets.js';
import { createProbe } from './actions/probe.js';
import { createRuns } from './actions/runs.js';
import { createSender } from './actions/sending.js';
import { createSetup } from './actions/setup.js';
import { createSharing } from './actions/sharing.js';
import { createSights } from './actions/sights.js';
import { createStrolling } from './actions/strolling.js';
import { createTables } from './actions/tables.js';
import { createTraining } from './actions/training.js';
import { createTuning } from './actions/tuning.js';
import { createUndoing } from './actions/undoing.js';
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
  const microscope = createMicroscope(store, sender);
  const drawing = createDrawing(store, sender, session);
  createProbe(store, sender);
  return {
    ...createTraining(store, sender),
    ...createSetup(store, sender),
    ...createTuning(sender),
    ...createWeights(sender),
    ...createUndoing(store, sender, session),
    ...createRuns(store),
    ...createPresets(store, sender, session),
    ...createLooks(store),
    ...createSights(store, sender),
    ...createSharing(store, session),
    ...createFiles(store, session),
    ...microscope,
    ...drawing,
    ...createTables(store, sender),
    ...createFeatures(store, sender),
    ...createCursor(store, drawing),
    ...createStrolling(),
    /** Fill the screen with a part of the page, for a projector. @param {'network' | 'boundary' | 'microscope'} projector */
    project(projector) {
      store.dispatch({ type: 'look', change: { projector, sheet: null } });
      if (projector === 'microscope' && !microscope.isLooking()) void microscope.toggleMicroscope();
    },
    /** A new default network in this page. */
    startAnew: () => session.create(),
    /** The network of the address, once more. */
    begin: () => session.begin(),
  };
}
