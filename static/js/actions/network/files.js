/** Networks, tables and pictures as files: saved, and opened again. */

import { thetaOf } from '../../lib/model/selectors.js';
import { downloadFile } from '../../lib/dom/download.js';
import { Problem, download } from '../../transport/rest.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../session.js').createSession>} Session */
/** @typedef {keyof typeof FILES} SavedAs */
/** @typedef {import('../../lib/export/formats.js').Drawing} Drawing */

const JSON_TYPE = 'application/json';
const NPZ_TYPE = 'application/x-npz';
const PYTHON_TYPE = 'text/x-python';
const CSV_TYPE = 'text/csv';

/** Each kind of file: where it comes from, and how its name goes on. */
const FILES = {
  json: { path: '/export', type: JSON_TYPE, ending: '.json' },
  npz: { path: '/export?format=npz', type: NPZ_TYPE, ending: '.npz' },
  numpy: { path: '/export?format=numpy', type: PYTHON_TYPE, ending: '-numpy.py' },
  pytorch: { path: '/export?format=pytorch', type: PYTHON_TYPE, ending: '-pytorch.py' },
  history: { path: '/history', type: CSV_TYPE, ending: '-curve.csv' },
  data: { path: '/data', type: CSV_TYPE, ending: '-data.csv' },
};

/** What kind of file a name says it is; undefined: none that a network can be in. @param {string} name */
export function mediaTypeOf(name) {
  if (/\.json$/i.test(name)) return JSON_TYPE;
  return /\.npz$/i.test(name) ? NPZ_TYPE : undefined;
}

/**
 * @param {Store} store
 * @param {Session} session
 */
export function createFiles(store, session) {
  /** "circle-4-2-1-step-3300". */
  function nameOf() {
    const { network, frame } = store.get();
    const shape = network?.spec.layers.map(({ units }) => units).join('-');
    return `${network?.spec.data.name}-${shape}-step-${frame?.step ?? network?.step}`;
  }

  /** @param {unknown} problem */
  function refuse(problem) {
    if (!(problem instanceof Problem)) throw problem;
    store.dispatch({ type: 'problem', problem: { status: problem.status, message: problem.message } });
  }

  return {
    /** @param {SavedAs} kind */
    async saveFile(kind) {
      const { path, type, ending } = FILES[kind];
      const name = nameOf() + ending;
      try {
        downloadFile(await download(`/networks/${store.get().network?.id}${path}`, type), name);
      } catch (problem) {
        refuse(problem);
      }
    },
    /** @param {Drawing} drawing @param {'svg' | 'png'} form */
    async savePicture(drawing, form) {
      const name = `${nameOf()}-${drawing}.${form}`;
      const state = store.get();
      const theta = thetaOf(state);
      // Only now: few visitors save a picture.
      const { exportPicture } = await import('../../lib/export/formats.js');
      const file = theta && (await exportPicture(drawing, form, state, theta));
      if (file) downloadFile(file, name);
    },
    /**
     * A network that was saved before, with its weights, its data and how it came there.
     * @param {File} file
     * @returns {boolean} whether it is such a file by its name
     */
    openFile(file) {
      const type = mediaTypeOf(file.name);
      if (type) void session.open(file, type);
      return type !== undefined;
    },
  };
}
