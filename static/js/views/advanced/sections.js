/** The parts of the panel, in their order. */

import { createLayers } from './layers.js';
import { createShuffleSection, createInitialization } from './initialization.js';
import { createStopConditions } from './stopConditions.js';
import { createOptimizer, createSchedule } from './update.js';

/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @param {Actions} actions */
export function createSections(actions) {
  return [
    createOptimizer,
    createSchedule,
    createStopConditions,
    createInitialization,
    createLayers,
    createShuffleSection,
  ].map((make) => make(actions));
}
