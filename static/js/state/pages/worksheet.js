/** The worksheet's state: which one is asked for, and what the service gave. */

import { createHolder } from '../store.js';

/** @typedef {import('./lecture.js').Summary} Summary */
/** @typedef {{symbol: string, tex: string, tolerance: number}} Question */
/** @typedef {Question & {value: number, formula: string}} Answer */
/** @typedef {{W: number[][], b: number[]}} Layer */
/** @typedef {{exhibit: string, title: string, seed: number, x: number[], y: number[], rate: number, loss: string, layers: Layer[], activations: string[], spec: {frozen: ({W?: boolean, b?: boolean} | null)[] | null}, questions: Question[]}} Sheet */
/** @typedef {{exhibit: string, seed: number, count: number, key: boolean}} Asked */
/** @typedef {{asked: Asked, exhibits: Summary[], sheet: Sheet | null, answers: Answer[], lossFormula: string, fault: string}} Worksheets */

/** @type {Worksheets} */
export const NO_SHEET = { asked: { exhibit: 'worked-example', seed: 1, count: 10, key: true }, exhibits: [], sheet: null, answers: [], lossFormula: '', fault: '' };

/** @param {Worksheets} initial */
export const createWorksheets = (initial) => createHolder(initial);
