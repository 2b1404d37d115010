/** Drawing points: shown at once, sent one after the other, and never lost on the way. */

import { classLetter } from '../../lib/format/classNames.js';
import { toUserData, mergeChanges, acceptsLabel } from '../../lib/model/rows.js';
import { commands } from '../../transport/commands.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('../commandSender.js').createCommandSender>} Sender */
/** @typedef {import('../../lib/model/rows.js').RowChanges} RowChanges */
/** @typedef {import('../../state/slices/drawing.js').Drawing} Drawing */

const MOST_CLASSES = 10;

/**
 * @param {Store} store
 * @param {Sender} sender
 * @param {{reread: () => unknown}} session
 */
export function createDrawing(store, sender, session) {
  /**
   * @type {{changes: RowChanges | null, command: (id: string) => import('../../state/types.js').Command}[]}
   *   what waits to be sent; changes: where it says no more than they do
   */
  const queue = [];
  let sending = false;

  /** @param {Partial<Drawing>} change */
  const draw = (change) => store.dispatch({ type: 'drawing', change });

  async function drain() {
    if (sending) return;
    sending = true;
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (!(await sender.command(next.command))) queue.length = 0;
    }
    sending = false;
    draw({ pending: 0 });
    session.reread();
  }

  /** @param {RowChanges} changes @param {object} [whole] all rows instead, as own data */
  function edit(changes, whole) {
    draw({ pending: store.get().drawing.pending + 1 });
    store.dispatch({ type: 'rows', changes });
    const one = whole ? null : mergeChanges(queue.at(-1)?.changes, changes);
    if (one) queue.pop();
    const sent = one ?? changes;
    queue.push({
      changes: whole ? null : sent,
      command: (id) => (whole ? commands.data(id, whole) : commands.rows(id, sent)),
    });
    void drain();
  }

  /**
   * The first point of an empty plane takes the place of all others.
   * @param {number[]} x
   * @param {number} y
   */
  function beginWith(x, y) {
    const { data } = store.get();
    if (!data) return;
    const { task, classes, class_names: names } = data;
    const label = classes === 2 ? (y > 0 ? 1 : -1) : y;
    const own = toUserData({ task, classes, x: [x], labels: [label], split: ['train'] }, classes);
    edit(
      { remove: data.x.map((_, row) => row), add: [{ x, y: label }] },
      { ...own, ...(names ? { class_names: names } : {}), train_fraction: null },
    );
    draw({ blank: false, chosen: 0 });
  }

  return {
    draw,
    isDrawing: () => store.get().drawing.on && store.get().ui.openPanel === null,
    isErasing: () => Number.isNaN(store.get().drawing.brush),
    toggleDrawing() {
      const { drawing, network, data } = store.get();
      if (!drawing.on && (!network?.plane || !data)) return;
      const fresh = data && !acceptsLabel(data, drawing.brush);
      if (!drawing.on) store.dispatch({ type: 'ui', change: { chart: 'boundary' } });
      draw({
        on: !drawing.on,
        chosen: -1,
        cursor: null,
        held: false,
        blank: false,
        ...(fresh ? { brush: 1 } : {}),
      });
    },
    /** @param {number[]} x @returns {number} the new row */
    addPoint(x) {
      const { data, drawing } = store.get();
      if (!data) return -1;
      if (drawing.blank) {
        beginWith(x, drawing.brush);
        return 0;
      }
      edit({ add: [{ x, y: drawing.brush }] });
      draw({ chosen: data.x.length });
      return data.x.length;
    },
    /**
     * The point that is held, as it is now: a drag may begin before it has been drawn so.
     * @param {number[]} x
     */
    moveChosen(x) {
      const { chosen } = store.get().drawing;
      if (chosen >= 0) edit({ change: [{ row: chosen, x }] });
    },
    /** @param {number} row @param {number} y */
    labelPoint: (row, y) => edit({ change: [{ row, y }] }),
    /** @param {number} row */
    removePoint(row) {
      edit({ remove: [row] });
      draw({ chosen: -1, held: false });
    },
    /**
     * What the pen adds from now on; a chosen point becomes so, too.
     * @param {number} label NaN: the eraser
     */
    takeBrush(label) {
      const { chosen } = store.get().drawing;
      draw({ brush: label, ...(Number.isNaN(label) ? { chosen: -1, held: false } : {}) });
      if (chosen >= 0 && !Number.isNaN(label)) edit({ change: [{ row: chosen, y: label }] });
    },
    /** An empty plane: nothing goes until the first point is there. */
    beginBlank: () => draw({ blank: !store.get().drawing.blank, chosen: -1, held: false }),
    /** One class more or fewer: another output layer, so every weight starts anew. @param {number} classes */
    async setClasses(classes) {
      const { data, network } = store.get();
      if (!data || !network || classes < 2 || classes > MOST_CLASSES) return;
      const { class_names: names } = data;
      const called =
        names && Array.from({ length: classes }, (_, index) => names[index] ?? classLetter(index));
      const own = { ...toUserData(data, classes), class_names: called, train_fraction: null };
      const layers = [...network.spec.layers.slice(0, -1), {}];
      if (!(await sender.patch({ data: own, layers, loss: null }))) return;
      draw({ brush: classes > 2 ? classes - 1 : 1, chosen: -1 });
      session.reread();
    },
  };
}
