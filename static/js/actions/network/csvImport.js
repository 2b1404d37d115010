/** Data of one's own: the service reads a table, a person looks at it, and then it is learned from. */

import { text } from '../../lib/format/i18n.js';
import { fixed } from '../../lib/format/number.js';
import { NO_CSV_IMPORT, countRole, rolesOf, shareOf, standardizeOf } from '../../state/slices/csvImport.js';
import { PREFIX, Problem, call } from '../../transport/rest.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../state/slices/csvImport.js').CsvImport} CsvImport */
/** @typedef {import('../../state/slices/csvImport.js').CsvPreview} CsvPreview */
/** @typedef {import('../../state/slices/csvImport.js').CsvReason} CsvReason */
/** @typedef {import('../../state/slices/csvImport.js').Role} Role */
/** @typedef {import('../../state/slices/csvImport.js').Task} Task */

const MILLION = 1e6;

/** @param {object} body */
const bytesOf = (body) => new Blob([JSON.stringify(body)]).size;

/** The text of a file; null where it is not UTF-8. @param {File} file */
async function textOf(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * @param {Store} store
 * @param {Sender} sender
 */
export function createCsvImport(store, sender) {
  /** How many texts and files have come, so that a file that is read slowly replaces no newer text. */
  let arrivals = 0;

  /** @param {Partial<CsvImport>} change */
  const update = (change) => store.dispatch({ type: 'csvImport', change });

  /** @param {number} bytes @returns {CsvReason | null} why the server would not take so many */
  function tooLarge(bytes) {
    const most = store.get().catalog?.limits.body_bytes ?? Infinity;
    if (bytes <= most) return null;
    return { kind: 'large', values: { size: fixed(bytes / MILLION, 1), most: fixed(most / MILLION, 1) } };
  }

  /** Whether nothing has been chosen or typed since. @param {CsvImport} question */
  function isCurrent(question) {
    const now = store.get().csvImport;
    return now.text === question.text && now.roles === question.roles && now.task === question.task;
  }

  /**
   * @param {object} body
   * @returns {Promise<CsvPreview | CsvReason>}
   */
  async function send(body) {
    const large = tooLarge(bytesOf(body));
    if (large) return large;
    try {
      return await call({ method: 'POST', path: `${PREFIX}/data/csv-preview`, body });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      const reason = problem.status === 0 ? text('line.unreachable.what') : problem.message;
      return { kind: 'failed', values: { reason } };
    }
  }

  /**
   * @param {boolean} examples whether the rows are wanted too
   * @returns {Promise<CsvPreview | null>} null: there is none, or the question has changed meanwhile
   */
  async function ask(examples) {
    const question = store.get().csvImport;
    const { roles, task } = question;
    const answer = await send({ text: question.text, roles, task, examples });
    if (!isCurrent(question)) return null;
    const failed = 'kind' in answer;
    update({ preview: failed ? null : answer, problem: failed ? answer : null, pending: false });
    return failed ? null : answer;
  }

  /**
   * Have the service read the table. Of several changes in a row, the first and the last are asked.
   * @param {Partial<CsvImport>} change
   */
  function preview(change) {
    update({ ...change, pending: true });
    return sender.coalesce('csvPreview', () => ask(false));
  }

  function open() {
    if (store.get().ui.openPanel !== 'own') store.dispatch({ type: 'ui', change: { openPanel: 'own' } });
  }

  /**
   * A patch that makes these the examples; what cannot stay is left to the data.
   * @param {CsvPreview} answer with the rows
   */
  function change({ data: rows, task, classes }) {
    const { network, data, csvImport } = store.get();
    const outputs =
      task === 'regression' ? countRole(csvImport, 'target') : classes.length > 2 ? classes.length : 1;
    const fits = network?.task === task && network?.spec.layers.at(-1)?.units === outputs;
    return {
      data: {
        class_names: null,
        split: null,
        ...rows,
        train_fraction: rows?.split ? null : shareOf(csvImport),
        plane: null,
        noise: null,
        examples: null,
        standardize: standardizeOf(csvImport),
      },
      batch_size: null,
      ...(countRole(csvImport, 'input') === data?.x[0]?.length ? {} : { features: null }),
      ...(fits || !network ? {} : { layers: [...network.spec.layers.slice(0, -1), {}], loss: null }),
    };
  }

  return {
    /**
     * A table's text, from wherever: shown with its columns, to be looked at.
     * @param {string} table
     */
    takeTable(table) {
      arrivals += 1;
      if (table.trim() === '') update(NO_CSV_IMPORT);
      else void preview({ ...NO_CSV_IMPORT, text: table, preview: store.get().csvImport.preview });
      open();
    },
    /** @param {File} file */
    async takeFile(file) {
      arrivals += 1;
      const arrival = arrivals;
      const large = tooLarge(file.size);
      const table = large ? null : await textOf(file);
      if (arrival !== arrivals) return;
      if (table !== null) {
        this.takeTable(table);
        return;
      }
      update({ ...NO_CSV_IMPORT, problem: large ?? { kind: 'encoding', values: {} } });
      open();
    },
    /** @param {number} column @param {Role} role */
    setRole(column, role) {
      const roles = rolesOf(store.get().csvImport).map((own, at) => (at === column ? role : own));
      void preview({ roles, task: null });
    },
    /** @param {Task} task */
    setCsvTask(task) {
      void preview({ task });
    },
    /** @param {Partial<Pick<CsvImport, 'share' | 'standardize'>>} wanted */
    setCsvOptions: update,
    /** The network starts afresh on it. */
    async useTable() {
      const { pending, preview: shown } = store.get().csvImport;
      if (pending || !shown || shown.problem) return;
      update({ pending: true });
      const answer = await ask(true);
      if (!answer?.data) return;
      const body = change(answer);
      const problem = tooLarge(bytesOf(body));
      if (problem) {
        update({ problem });
        return;
      }
      if (!(await sender.restartWith(body))) return;
      store.dispatch({ type: 'ui', change: { openPanel: null } });
      update(NO_CSV_IMPORT);
    },
  };
}
