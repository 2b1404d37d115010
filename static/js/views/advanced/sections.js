/** The parts of the panel, in their order. */

import { createLayersPart } from './layers.js';
import { createRowsPart, createStartPart } from './initialization.js';
import { createStops } from './stopConditions.js';
import { createOptimizer, createSchedule } from './update.js';

/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @param {Actions} actions */
export function createParts(actions) {
  return [createOptimizer, createSchedule, createStops, createStartPart, createLayersPart, createRowsPart].map((make) => make(actions));
}
