/** Everything a person can do, by name: views and keys call these and nothing else. */

import { createCursor } from './network/drawingCursor.js';
import { createDrawing } from './network/drawing.js';
import { createFeatures } from './network/features.js';
import { createFiles } from './network/files.js';
import { createLooks } from './page/appearance.js';
import { createMicroscope } from './microscope/microscope.js';
import { createPresets } from './network/presets.js';
import { createProbe } from './network/probe.js';
import { createRuns } from './page/runs.js';
import { createSender } from './commandSender.js';
import { createSetup } from './network/settings.js';
import { createSharing } from './page/sharing.js';
import { createSights } from './network/charts.js';
import { createStrolling } from './page/spatialNavigation.js';
import { createTables } from './network/csvImport.js';
import { createTraining } from './network/training.js';
import { createTuning } from './network/advancedSettings.js';
import { createUndoing } from './network/undo.js';
import { createWeights } from './network/parameters.js';

/** @typedef {ReturnType<typeof import('../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('./session.js').createSession>} Session */
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
