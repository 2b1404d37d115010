/** Everything a person can do, by name: views and keys call these and nothing else. */

import { createDrawingCursor } from './network/drawingCursor.js';
import { createDrawing } from './network/drawing.js';
import { createFeatures } from './network/features.js';
import { createFiles } from './network/files.js';
import { createAppearance } from './page/appearance.js';
import { createMicroscope } from './microscope/microscope.js';
import { createPresets } from './network/presets.js';
import { createProbe } from './network/probe.js';
import { createRuns } from './page/runs.js';
import { createCommandSender } from './commandSender.js';
import { createSettings } from './network/settings.js';
import { createSharing } from './page/sharing.js';
import { createCharts } from './network/charts.js';
import { createSpatialNavigation } from './page/spatialNavigation.js';
import { createCsvImport } from './network/csvImport.js';
import { createTraining } from './network/training.js';
import { createAdvancedSettings } from './network/advancedSettings.js';
import { createUndo } from './network/undo.js';
import { createParameters } from './network/parameters.js';

/** @typedef {ReturnType<typeof import('../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('./session.js').createSession>} Session */
/** @typedef {ReturnType<typeof createActions>} Actions */

/**
 * @param {Store} store
 * @param {Session} session
 */
export function createActions(store, session) {
  const sender = createCommandSender(store, session);
  const microscope = createMicroscope(store, sender);
  const drawing = createDrawing(store, sender, session);
  createProbe(store, sender);
  return {
    ...createTraining(store, sender),
    ...createSettings(store, sender),
    ...createAdvancedSettings(sender),
    ...createParameters(sender),
    ...createUndo(store, sender, session),
    ...createRuns(store),
    ...createPresets(store, sender, session),
    ...createAppearance(store),
    ...createCharts(store, sender),
    ...createSharing(store, session),
    ...createFiles(store, session),
    ...microscope,
    ...drawing,
    ...createCsvImport(store, sender),
    ...createFeatures(store, sender),
    ...createDrawingCursor(store, drawing),
    ...createSpatialNavigation(),
    /**
     * Fill the screen with a part of the page, for a projector.
     * @param {'network' | 'boundary' | 'microscope'} projector
     */
    project(projector) {
      store.dispatch({ type: 'ui', change: { projector, openPanel: null } });
      if (projector === 'microscope' && !microscope.isLooking()) void microscope.toggleMicroscope();
    },
    /** A new default network in this page. */
    startAnew: () => session.create(),
    /** The network of the address, once more. */
    begin: () => session.begin(),
  };
}
