/** The worksheet's state: which one is asked for, and what the service gave. */

import { createPatchStore } from '../store.js';

/** @typedef {import('./lecture.js').Summary} Summary */
/** @typedef {{symbol: string, tex: string, tolerance: number}} Question */
/** @typedef {Question & {value: number, formula: string}} Answer */
/** @typedef {{W: number[][], b: number[]}} Layer */
/**
 * @typedef {{
 *   exhibit: string,
 *   title: string,
 *   seed: number,
 *   x: number[],
 *   y: number[],
 *   rate: number,
 *   loss: string,
 *   layers: Layer[],
 *   activations: string[],
 *   spec: {frozen: ({W?: boolean, b?: boolean} | null)[] | null},
 *   questions: Question[],
 * }} Worksheet
 */
/** @typedef {{exhibit: string, seed: number, count: number, key: boolean}} WorksheetRequest */
/**
 * @typedef {{
 *   asked: WorksheetRequest,
 *   exhibits: Summary[],
 *   sheet: Worksheet | null,
 *   answers: Answer[],
 *   lossFormula: string,
 *   fault: string,
 * }} WorksheetState
 */

/** @type {WorksheetState} */
export const INITIAL_WORKSHEET = {
  asked: { exhibit: 'worked-example', seed: 1, count: 10, key: true },
  exhibits: [],
  sheet: null,
  answers: [],
  lossFormula: '',
  fault: '',
};

/** @param {WorksheetState} initial */
export const createWorksheetStore = (initial) => createPatchStore(initial);
