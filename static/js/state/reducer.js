/** How each event changes the state: one small reducer per slice. */

import { edited } from '../lib/model/rows.js';
import { reduceCurve } from './slices/lossHistory.js';
import { NOTHING_DRAWN, reduceDrawing } from './slices/drawing.js';
import { NO_EDITS, reduceEdits } from './slices/undoHistory.js';
import { NOTHING_SEEN, reduceMicroscope } from './slices/microscope.js';
import { NOTHING_TAKEN, reduceOwn } from './slices/csvImport.js';
import { NO_PRESETS, reducePresets } from './slices/presets.js';
import { NOTHING_PROBED, reduceProbe } from './slices/probe.js';
import { NO_RUNS, reduceRuns } from './slices/runs.js';
import { NOTHING_SHARED, reduceSharing } from './slices/sharing.js';
import { NOTHING_READ, reduceSights } from './slices/charts.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Event} Event */
/** @typedef {import('./types.js').NetworkState} NetworkState */
/** @typedef {import('./types.js').Frame} Frame */
/** @typedef {import('./types.js').Part} Part */

/** @type {State} */
export const INITIAL = {
  catalog: null,
  network: null,
  frame: null,
  curve: [],
  data: null,
  pictures: null,
  connection: { status: 'starting' },
  selection: { chosen: null, pointed: null },
  look: {
    theme: null,
    projector: null,
    testPoints: false,
    discretize: false,
    logarithmic: false,
    sight: 'boundary',
    spaceLayer: null,
    examined: 'test',
    stepUnit: 'epoch',
    pace: 60,
    until: {},
    figures: 'none',
    sheet: null,
    hides: [],
    linkRead: false,
  },
  palette: null,
  measures: { width: 0, height: 0, board: 0, rem: 16, line: 0.6, tiny: 11, density: 1, coarse: false, plain: false, used: false },
  problem: null,
  trouble: null,
  request: null,
  microscope: NOTHING_SEEN,
  sights: NOTHING_READ,
  drawing: NOTHING_DRAWN,
  own: NOTHING_TAKEN,
  sharing: NOTHING_SHARED,
  probe: NOTHING_PROBED,
  runs: NO_RUNS,
  presets: NO_PRESETS,
  edits: NO_EDITS,
  note: null,
};

/** @param {NetworkState | null} network @param {Event} event */
function reduceNetwork(network, event) {
  if (event.type === 'joined') return null;
  if (event.type !== 'network') return network;
  return network && isOlder(event.network, network) ? network : event.network;
}

/**
 * Whether a state comes late: answers and events overtake each other. Without a command in between a network
 * only makes steps, and does not begin to play.
 * @param {NetworkState} come @param {NetworkState} known
 */
function isOlder(come, known) {
  if (come.id !== known.id) return false;
  if (come.version !== known.version) return come.version < known.version;
  return come.step < known.step || (come.playing && !known.playing);
}

/** A service that has nothing to tell of trouble when it is joined has none. @param {string | null} trouble @param {Event} event */
function reduceTrouble(trouble, event) {
  if (event.type === 'storage') return event.trouble;
  return event.type === 'connection' && event.connection.status === 'live' ? null : trouble;
}

/** @param {Frame | null} frame @param {Event} event @param {State} state */
function reduceFrame(frame, event, { network }) {
  if (event.type === 'joined') return null;
  if (event.type !== 'frame') return frame;
  const stale = network !== null && event.frame.version < network.version;
  return stale ? frame : event.frame;
}

/** @param {State['selection']} selection @param {Event} event */
function reduceSelection(selection, event) {
  if (event.type === 'joined') return { chosen: null, pointed: null };
  if (event.type === 'choose') return { ...selection, chosen: event.part };
  if (event.type === 'point') return { ...selection, pointed: event.part };
  if (event.type === 'network') return { ...selection, chosen: remaining(selection.chosen, event.network) };
  return selection;
}

/** What was chosen, unless the network no longer has it. @param {Part | null} part @param {NetworkState} network */
function remaining(part, { spec }) {
  if (!part || part.layer < 0) return null;
  const units = spec.layers[part.layer]?.units ?? 0;
  const inputs = part.layer === 0 ? spec.features.length : spec.layers[part.layer - 1]?.units;
  return part.unit < units && part.input < inputs ? part : null;
}

/** What a person has just drawn stands until the service has it. @param {State['data']} data @param {Event} event @param {State} state */
function reduceData(data, event, { drawing }) {
  if (event.type === 'rows' && data) return edited(data, event.changes);
  return event.type === 'data' && drawing.pending === 0 ? event.data : data;
}

/** What was said of a change holds until the next one. @param {State['note']} note @param {Event} event */
function reduceNote(note, event) {
  if (event.type === 'note') return event.note;
  return event.type === 'request' || event.type === 'joined' ? null : note;
}

/** @param {State['pictures']} pictures @param {Event} event */
function reducePictures(pictures, event) {
  if (event.type !== 'pictures') return pictures;
  return { ...event.pictures, links: event.pictures.links ?? pictures?.links ?? null, silent: event.pictures.silent ?? pictures?.silent ?? null };
}

/** @param {State} state @param {Event} event @returns {State} */
export function reduce(state, event) {
  const next = {
    catalog: event.type === 'catalog' ? event.catalog : state.catalog,
    network: reduceNetwork(state.network, event),
    frame: reduceFrame(state.frame, event, state),
    curve: reduceCurve(state.curve, event),
    data: reduceData(state.data, event, state),
    pictures: reducePictures(state.pictures, event),
    connection: event.type === 'connection' ? event.connection : state.connection,
    selection: reduceSelection(state.selection, event),
    look: event.type === 'look' ? { ...state.look, ...event.change } : state.look,
    palette: event.type === 'palette' ? event.palette : state.palette,
    measures: event.type === 'measures' ? { ...state.measures, ...event.change } : state.measures,
    trouble: reduceTrouble(state.trouble, event),
    problem: event.type === 'problem' ? event.problem : state.problem,
    request: event.type === 'request' ? event.request : state.request,
    microscope: reduceMicroscope(state.microscope, event),
    sights: reduceSights(state.sights, event),
    drawing: reduceDrawing(state.drawing, event),
    own: reduceOwn(state.own, event),
    sharing: reduceSharing(state.sharing, event),
    probe: reduceProbe(state.probe, event),
    runs: reduceRuns(state.runs, event, state),
    presets: reducePresets(state.presets, event),
    edits: reduceEdits(state.edits, event),
    note: reduceNote(state.note, event),
  };
  return next;
}
