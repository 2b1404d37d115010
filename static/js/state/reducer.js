/** How each event changes the state: one small reducer per slice. */

import { editRows } from '../lib/model/rows.js';
import { reduceLossHistory } from './slices/lossHistory.js';
import { NO_DRAWING, reduceDrawing } from './slices/drawing.js';
import { NO_EDITS, reduceEdits } from './slices/undoHistory.js';
import { INITIAL_MICROSCOPE, reduceMicroscope } from './slices/microscope.js';
import { NO_CSV_IMPORT, reduceCsvImport } from './slices/csvImport.js';
import { NO_PRESETS, reducePresets } from './slices/presets.js';
import { NO_PROBE, reduceProbe } from './slices/probe.js';
import { NO_RUNS, reduceRuns } from './slices/runs.js';
import { NO_SHARING, reduceSharing } from './slices/sharing.js';
import { NO_CHARTS, reduceCharts } from './slices/charts.js';

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
  ui: {
    theme: null,
    projector: null,
    testPoints: false,
    discretize: false,
    logarithmic: false,
    chart: 'boundary',
    spaceLayer: null,
    examined: 'test',
    stepUnit: 'epoch',
    pace: 60,
    until: {},
    figures: 'none',
    openPanel: null,
    hides: [],
    linkRead: false,
  },
  palette: null,
  layoutSizes: {
    width: 0,
    height: 0,
    board: 0,
    rem: 16,
    line: 0.6,
    tiny: 11,
    density: 1,
    coarse: false,
    plain: false,
    used: false,
  },
  problem: null,
  trouble: null,
  request: null,
  microscope: INITIAL_MICROSCOPE,
  charts: NO_CHARTS,
  drawing: NO_DRAWING,
  csvImport: NO_CSV_IMPORT,
  sharing: NO_SHARING,
  probe: NO_PROBE,
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

/**
 * A service that has nothing to tell of trouble when it is joined has none.
 * @param {string | null} trouble
 * @param {Event} event
 */
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

/**
 * What was chosen, unless the network no longer has it.
 * @param {Part | null} part
 * @param {NetworkState} network
 */
function remaining(part, { spec }) {
  if (!part || part.layer < 0) return null;
  const units = spec.layers[part.layer]?.units ?? 0;
  const inputs = part.layer === 0 ? spec.features.length : spec.layers[part.layer - 1]?.units;
  return part.unit < units && part.input < inputs ? part : null;
}

/**
 * What a person has just drawn stands until the service has it.
 * @param {State['data']} data
 * @param {Event} event
 * @param {State} state
 */
function reduceData(data, event, { drawing }) {
  if (event.type === 'rows' && data) return editRows(data, event.changes);
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
  return {
    ...event.pictures,
    links: event.pictures.links ?? pictures?.links ?? null,
    silent: event.pictures.silent ?? pictures?.silent ?? null,
  };
}

/** @param {State} state @param {Event} event @returns {State} */
export function reduce(state, event) {
  const next = {
    catalog: event.type === 'catalog' ? event.catalog : state.catalog,
    network: reduceNetwork(state.network, event),
    frame: reduceFrame(state.frame, event, state),
    curve: reduceLossHistory(state.curve, event),
    data: reduceData(state.data, event, state),
    pictures: reducePictures(state.pictures, event),
    connection: event.type === 'connection' ? event.connection : state.connection,
    selection: reduceSelection(state.selection, event),
    ui: event.type === 'ui' ? { ...state.ui, ...event.change } : state.ui,
    palette: event.type === 'palette' ? event.palette : state.palette,
    layoutSizes: event.type === 'layoutSizes' ? { ...state.layoutSizes, ...event.change } : state.layoutSizes,
    trouble: reduceTrouble(state.trouble, event),
    problem: event.type === 'problem' ? event.problem : state.problem,
    request: event.type === 'request' ? event.request : state.request,
    microscope: reduceMicroscope(state.microscope, event),
    charts: reduceCharts(state.charts, event),
    drawing: reduceDrawing(state.drawing, event),
    csvImport: reduceCsvImport(state.csvImport, event),
    sharing: reduceSharing(state.sharing, event),
    probe: reduceProbe(state.probe, event),
    runs: reduceRuns(state.runs, event, state),
    presets: reducePresets(state.presets, event),
    edits: reduceEdits(state.edits, event),
    note: reduceNote(state.note, event),
  };
  return next;
}
