/** The lecture's state: which page, how far it has been stepped through, and the numbers the server gave. */

import { createPatchStore } from '../store.js';

/** @typedef {import('./graphWalk.js').Graph} Graph */
/** @typedef {{number: number, id: string, title: string, worksheet: boolean}} Summary */
/**
 * @typedef {{
 *   count: number,
 *   columns: string[],
 *   names: string[] | null,
 *   target: number | null,
 *   tolerance: number | null,
 * }} Rounds
 */
/**
 * @typedef {Summary & {
 *   parts: string[],
 *   prose: string[],
 *   formulas: string[],
 *   network: object | null,
 *   beside: Record<string, object>,
 *   names: Record<string, string>,
 *   expressions: string[],
 *   values: Record<string, number>,
 *   rounds: Rounds | null,
 *   walk: string[],
 *   example: number,
 *   play: boolean,
 *   compose: Record<string, {layer: number, unit: number, w: number[]}>,
 *   seeds: number[],
 * }} Exhibit compose: gates to put in place, by name; seeds: of more starts of every network
 */
/** @typedef {{x: number[][], y: number[][], inputs: string[]}} Rows */
/**
 * @typedef {{
 *   id: string,
 *   label: string,
 *   version: number,
 *   step: number,
 *   train: {loss: number},
 *   data: Rows,
 *   layers: {z: number[][], a: number[][]}[],
 *   losses: number[],
 * }} Reading losses: of each row, where the page asks for them
 */
/**
 * @typedef {{id: string, label: string, again?: number}} ShownNetwork a network of the page; again: one more
 *   start of that one, by its place
 */
/** @typedef {{id: string, version: number, step: number}} SeenStep */
/**
 * @typedef {{w: number[], steepness: number}} Neuron w: w_0, w_1, w_2, before the steepness multiplies them
 *   all
 */
/** @typedef {{z: number[], a: number[], slope: number[]}} ActivationCurve */
/**
 * @typedef {{activation: string, W: number[][][], b: number[][], product: number[], bias: number}} Product of
 *   the matrices; product and bias are read off the network: f(e_j) − f(0) and f(0)
 */
/**
 * @typedef {{
 *   step: number,
 *   set: number,
 *   size: number,
 *   all: number,
 *   examples: number[],
 *   gradients: number[][],
 *   mean: number[],
 * }} Batch the next one, of so many examples (set: of as many as are asked for, the last of an epoch has
 *   fewer): a gradient, all weights and biases in a row, for each example shown
 */
/**
 * @typedef {{
 *   step: number,
 *   parameters: {name: string, backprop: number | null, numerical: number | null}[],
 *   evidence: import('../../lib/model/brokenBackprop.js').Evidence,
 * }} Checked
 */
/**
 * @typedef {object} Lecture
 * @property {Summary[]} exhibits
 * @property {Exhibit | null} exhibit
 * @property {Graph[]} graphs
 * @property {Record<string, number>} values
 * @property {boolean} rounded as on the slides
 * @property {number} at how many steps of the walk through the gates are done
 * @property {ShownNetwork[]} networks of the page, its own first
 * @property {Reading | null} reading the network's numbers
 * @property {Reading[]} beside those of the networks beside it
 * @property {number[][]} rounds a row of numbers per update
 * @property {SeenStep[]} seen what of each network the page's numbers are of
 * @property {Neuron | null} neuron the one neuron under the sliders
 * @property {Record<string, string>} placed the gate at each place of the network, "layer.unit" as its file
 *   counts
 * @property {Record<string, ActivationCurve>} shapes activation functions and their slopes, by name
 * @property {number} z where the shapes are looked at
 * @property {Record<string, {a: number, slope: number}>} shapesAt each shape there
 * @property {Product | null} product
 * @property {{label: string, norms: number[]}[]} norms of the gradient, layer by layer, for each network
 * @property {Batch | null} batch
 * @property {Checked | null} checked central differences, and what backpropagation needs to be done once more
 * @property {import('../../lib/model/brokenBackprop.js').Fault[]} faults put into it
 * @property {boolean} playing rounds are being made one after the other
 * @property {'contents' | 'help' | null} openPanel what is open over the page
 * @property {'light' | 'dark' | 'contrast' | null} theme null: the system's
 * @property {boolean} projector
 * @property {string} fault
 */

/** @typedef {'exhibits' | 'exhibit' | 'values' | 'shapes' | 'z' | 'shapesAt' | 'theme' | 'projector'} Lasting */

/** What a page begins with: all but what lasts from page to page, or comes with it. @type {Omit<Lecture, Lasting>} */
export const INITIAL_PAGE = {
  graphs: [],
  rounded: false,
  at: 0,
  networks: [],
  seen: [],
  reading: null,
  beside: [],
  rounds: [],
  neuron: null,
  placed: {},
  product: null,
  norms: [],
  batch: null,
  checked: null,
  faults: [],
  playing: false,
  openPanel: null,
  fault: '',
};

/** @type {Lecture} */
export const INITIAL_LECTURE = {
  ...INITIAL_PAGE,
  exhibits: [],
  exhibit: null,
  values: {},
  shapes: {},
  z: 0,
  shapesAt: {},
  theme: null,
  projector: false,
};

/** Whether a page shows a part. @param {Lecture} lecture @param {string} name */
export const showsPart = ({ exhibit }, name) => exhibit?.parts.includes(name) ?? false;

/**
 * What the arrow keys step through on this page.
 * @param {Lecture} lecture
 * @returns {'gates' | 'walk' | 'training' | 'nothing'}
 */
export function stepKind(lecture) {
  if (lecture.graphs.length > 0) return 'gates';
  if (lecture.networks.length === 0) return 'nothing';
  return showsPart(lecture, 'walk') ? 'walk' : 'training';
}

/**
 * Whether a page is about the very weights its network has: those under sliders, and those it multiplies out.
 * @param {Lecture} lecture
 */
export const isWeightsFixed = (lecture) => showsPart(lecture, 'sliders') || showsPart(lecture, 'product');

/** Whether the page's networks are there to be trained. @param {Lecture} lecture */
export function canTrain(lecture) {
  if (lecture.networks.length === 0 || isWeightsFixed(lecture)) return false;
  return !showsPart(lecture, 'walk') || showsPart(lecture, 'rounds');
}

/**
 * The first round after which the output is near enough to its target; −1: none yet.
 * @param {Lecture} lecture
 */
export function arrivalRound({ exhibit, rounds }) {
  const { columns, tolerance } = exhibit?.rounds ?? {};
  const column = columns?.indexOf('a-y') ?? -1;
  return column < 0 || !tolerance ? -1 : rounds.findIndex((row) => Math.abs(row[column]) < tolerance);
}

/** @param {Lecture} initial */
export const createLectureStore = (initial) => createPatchStore(initial);
