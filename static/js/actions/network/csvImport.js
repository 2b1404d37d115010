/** Data of one's own: a table is taken in, looked at, its columns named, and then learned from. */

import { fixed } from '../../lib/format/number.js';
import { examplesOf, needsStandardizing } from '../../lib/csv/examples.js';
import { parseTable } from '../../lib/csv/parse.js';
import { guessRoles } from '../../lib/csv/columnRoles.js';
import { NO_CSV_IMPORT } from '../../state/slices/csvImport.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../state/slices/csvImport.js').CsvImport} CsvImport */
/** @typedef {import('../../lib/csv/columnRoles.js').Role} Role */
/** @typedef {import('../../lib/csv/examples.js').Examples} Examples */

const HEAD = 4000;
const MILLION = 1e6;
const ENOUGH_TO_TEST = 40;
const SHARE = 0.7;
const LIMITS = { rows: 20_000, inputs: 64, outputs: 10 };

/**
 * @param {Store} store
 * @param {Sender} sender
 */
export function createCsvImport(store, sender) {
  /** @param {Partial<CsvImport>} change what the columns are for, and what is learned: worked out again */
  function settle(change) {
    const own = { ...store.get().csvImport, ...change };
    const limits = { ...LIMITS, ...store.get().catalog?.limits };
    const result = own.table ? examplesOf(own.table, own.roles, own.task, limits) : own.result;
    store.dispatch({ type: 'csvImport', change: { ...change, result } });
  }

  /**
   * A patch that makes these the examples; what cannot stay is left to the data.
   * @param {Examples} examples
   */
  function change({ rows, task, classes }) {
    const { network, data, csvImport } = store.get();
    const { share, standardize } = csvImport;
    const outputs = task === 'regression' ? rows.targets[0].length : classes.length > 2 ? classes.length : 1;
    const inputs = rows.inputs[0].length;
    const fraction = rows.split ? null : share;
    const fits = network?.task === task && network.spec.layers.at(-1)?.units === outputs;
    return {
      data: {
        class_names: null,
        split: null,
        ...rows,
        train_fraction: fraction,
        plane: null,
        noise: null,
        examples: null,
        standardize: standardize ?? needsStandardizing(rows.inputs),
      },
      batch_size: null,
      ...(inputs === data?.x[0]?.length ? {} : { features: null }),
      ...(fits || !network ? {} : { layers: [...network.spec.layers.slice(0, -1), {}], loss: null }),
    };
  }

  return {
    /**
     * A table's text, from wherever: shown with its columns, to be looked at.
     * @param {string} text
     * @param {string} [file]
     */
    takeTable(text, file = '') {
      const read = text.trim() === '' ? null : parseTable(text);
      const table = read && 'rows' in read ? read : null;
      const roles = table ? guessRoles(table) : [];
      const share = table && table.rows.length >= ENOUGH_TO_TEST ? SHARE : 1;
      store.dispatch({
        type: 'csvImport',
        change: {
          ...NO_CSV_IMPORT,
          file,
          head: text.slice(0, HEAD),
          table,
          roles,
          share,
          result: table ? null : /** @type {CsvImport['result']} */ (read),
        },
      });
      settle({});
      if (store.get().ui.openPanel !== 'own') store.dispatch({ type: 'ui', change: { openPanel: 'own' } });
    },
    /** @param {File} file */
    async takeFile(file) {
      this.takeTable(await file.text(), file.name);
    },
    /** @param {number} column @param {Role} role */
    setRole(column, role) {
      settle({
        roles: store.get().csvImport.roles.map((own, at) => (at === column ? role : own)),
        task: null,
      });
    },
    /** @param {Partial<Pick<CsvImport, 'task' | 'share' | 'standardize'>>} wanted */
    settle,
    /** The network starts afresh on it. */
    async useTable() {
      const { csvImport } = store.get();
      if (!csvImport.result || 'key' in csvImport.result) return;
      const body = change(csvImport.result);
      const bytes = JSON.stringify(body).length;
      const most = store.get().catalog?.limits.body_bytes ?? Infinity;
      if (bytes > most) {
        const values = { size: fixed(bytes / MILLION, 1), most: fixed(most / MILLION, 1) };
        store.dispatch({ type: 'csvImport', change: { result: { key: 'large', values } } });
        return;
      }
      if (!(await sender.restartWith(body))) return;
      store.dispatch({ type: 'ui', change: { openPanel: null } });
      store.dispatch({ type: 'csvImport', change: NO_CSV_IMPORT });
    },
  };
}
