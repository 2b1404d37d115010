/** The lists of a spec as short texts and back: one entry for each field that is a list. */

/** @typedef {import('./spec.js').LayerParameters} LayerParameters */
/** @typedef {import('./spec.js').LayerFrozen} LayerFrozen */
/** @typedef {{write: (value: any) => string, read: (text: string) => unknown}} Form */

const LAYER = /^(\d+)(?:-([a-z_]+))?(?:-(.+))?$/;

/** "1,2;3,4" is two rows. */
const rows = {
  write: (/** @type {number[][]} */ value) => value.map((row) => row.join(',')).join(';'),
  read: (/** @type {string} */ text) => text.split(';').map((row) => row.split(',').map(Number)),
};

/** Names that may hold any sign. */
const names = {
  write: (/** @type {string[]} */ value) =>
    value.map((name) => name.replace(/[;%]/g, encodeURIComponent)).join(';'),
  read: (/** @type {string} */ text) => text.split(';').map(decodeURIComponent),
};

/** @param {boolean | boolean[]} flags */
const bits = (flags) => (Array.isArray(flags) ? flags : [flags]).map(Number).join('');
/** @param {string} text @returns {boolean | boolean[]} one bit stands for all */
const flags = (text) => (text.length === 1 ? text === '1' : [...text].map((bit) => bit === '1'));

/** "4-tanh,2-relu-0.5": units, activation, dropout where there is any. */
const layers = {
  /** @param {{units?: number, activation?: string, dropout?: number}[]} value */
  write: (value) =>
    value
      .map(({ units, activation, dropout }) => [units, activation, ...(dropout ? [dropout] : [])].join('-'))
      .join(','),
  /** @param {string} text */
  read: (text) =>
    text.split(',').map((layer) => {
      const [, units, activation, dropout] = LAYER.exec(layer) ?? [];
      return {
        units: Number(units),
        ...(activation && { activation }),
        ...(dropout && { dropout: Number(dropout) }),
      };
    }),
};

/** "0.1,0.3,-0.2;…/…": bias and weights of each unit, layer by layer. */
const parameters = {
  /** @param {LayerParameters[]} value */
  write: (value) => value.map(({ W, b }) => rows.write(W.map((row, unit) => [b[unit], ...row]))).join('/'),
  /** @param {string} text */
  read: (text) =>
    text.split('/').map((layer) => {
      const units = rows.read(layer);
      return { W: units.map(([, ...row]) => row), b: units.map(([bias]) => bias) };
    }),
};

/**
 * "1:0,10;01:0": the weights of each unit and, behind the colon, the biases; a single bit stands for all of a
 * layer.
 */
const frozen = {
  /** @param {LayerFrozen[]} value */
  write: (value) =>
    value.map(({ W, b }) => `${Array.isArray(W) ? W.map(bits).join(';') : bits(W)}:${bits(b)}`).join(','),
  /** @param {string} text */
  read: (text) =>
    text.split(',').map((layer) => {
      const [W, b = '0'] = layer.split(':');
      const all = W.length === 1;
      return {
        W: all ? flags(W) : W.split(';').map((row) => [...row].map((bit) => bit === '1')),
        b: flags(b),
      };
    }),
};

const split = {
  write: (/** @type {string[]} */ value) => value.map((part) => (part === 'train' ? '1' : '0')).join(''),
  read: (/** @type {string} */ text) => [...text].map((bit) => (bit === '1' ? 'train' : 'test')),
};

/** @type {Record<string, Form>} */
const FORMS = {
  features: names,
  layers,
  frozen,
  parameters,
  'data.points': rows,
  'data.inputs': rows,
  'data.targets': rows,
  'data.split': split,
  'data.class_names': names,
  'data.plane.x1': { write: (value) => value.join(','), read: (text) => text.split(',').map(Number) },
  'data.plane.x2': { write: (value) => value.join(','), read: (text) => text.split(',').map(Number) },
};

/** @param {string} path @param {unknown} value @returns {string | null} null: this field is no list */
export function serializeList(path, value) {
  return path in FORMS && Array.isArray(value) ? FORMS[path].write(value) : null;
}

/** @param {string} path @param {string} text @returns {unknown} undefined: this field is no list */
export function parseList(path, text) {
  return path in FORMS ? FORMS[path].read(text) : undefined;
}
