/**
 * Drawing by keyboard: a cursor that goes over the plane, puts points down, picks them up and carries them.
 */

import { className } from '../../lib/format/classNames.js';
import { readableCoordinate as placed, examplePosition, positionOn } from '../../lib/plot/planeHitTest.js';
import { labelsOf } from '../../lib/model/rows.js';
import { readable } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {ReturnType<typeof import('../../state/store.js').createStore>} Store */
/** @typedef {ReturnType<typeof import('./drawing.js').createDrawing>} Pen */

const STEP = 1 / 48;
const REACH = 1 / 40;

/** @param {Store} store @param {Pen} pen */
export function createDrawingCursor(store, pen) {
  /** @param {string} key @param {Record<string, string | number>} [words] */
  const say = (key, words) => pen.draw({ said: text(`draw.said.${key}`, words) });

  /** The nearest point to a place within reach, or −1. @param {number[]} place */
  function setCursor(place) {
    const state = store.get();
    const plane = state.network?.plane;
    if (!state.data || !plane) return -1;
    const here = positionOn(plane, place);
    let best = -1;
    let least = REACH;
    for (let row = 0; row < state.data.x.length; row += 1) {
      const spot = examplePosition(state, row);
      const away = spot ? Math.hypot(spot.across - here.across, spot.up - here.up) : Infinity;
      if (away < least) {
        least = away;
        best = row;
      }
    }
    return best;
  }

  /** A point in words. @param {number} row */
  function pointWords(row) {
    const { data } = store.get();
    const [x1, x2] = (data?.x[row] ?? []).map((value) => readable(value, 2));
    const label = data?.labels[row] ?? 0;
    const kind =
      !data || data.task === 'regression'
        ? readable(label, 2)
        : className(data, labelsOf(data).indexOf(label));
    return { x1, x2, label: kind, row };
  }

  /** @param {number[]} place */
  function goTo(place) {
    const { held, chosen } = store.get().drawing;
    pen.draw({ cursor: place });
    if (held) pen.moveChosen(place);
    const under = held ? chosen : setCursor(place);
    if (under >= 0) say('at', pointWords(under));
    else say('here', { x1: readable(place[0], 2), x2: readable(place[1], 2) });
  }

  /** @returns {number[]} */
  function cursor() {
    const { drawing, network } = store.get();
    if (drawing.cursor) return drawing.cursor;
    const { x1, x2 } = network?.plane ?? { x1: [0, 0], x2: [0, 0] };
    return [placed(x1, 0.5), placed(x2, 0.5)];
  }

  return {
    /** @param {number} right steps @param {number} up */
    moveCursor(right, up) {
      const plane = store.get().network?.plane;
      if (!plane) return;
      const { across, up: high } = positionOn(plane, cursor());
      const within = (/** @type {number} */ share) => Math.min(1, Math.max(0, share));
      goTo([placed(plane.x1, within(across + right * STEP)), placed(plane.x2, within(high + up * STEP))]);
    },
    /** Put down what is held; else pick up what lies here; else add a point. */
    putPoint() {
      const { drawing } = store.get();
      const place = cursor();
      const under = setCursor(place);
      if (drawing.held) {
        pen.draw({ held: false, cursor: place });
        say('dropped', pointWords(drawing.chosen));
      } else if (under >= 0 && Number.isNaN(drawing.brush)) {
        this.erasePoint();
      } else if (under >= 0) {
        pen.draw({ chosen: under, held: true, cursor: store.get().data?.x[under] ?? place });
        say('held', pointWords(under));
      } else if (!Number.isNaN(drawing.brush)) {
        pen.draw({ cursor: place });
        const row = pen.addPoint(place);
        say(
          'added',
          row >= 0
            ? pointWords(row)
            : { x1: readable(place[0], 2), x2: readable(place[1], 2), label: '', row: 0 },
        );
      }
    },
    /** Take away the chosen point, or the one under the cursor. */
    erasePoint() {
      const { chosen } = store.get().drawing;
      const row = chosen >= 0 ? chosen : setCursor(cursor());
      if (row < 0) return;
      const words = pointWords(row);
      pen.removePoint(row);
      say('removed', words);
    },
    /** The next class for the pen, and for the chosen point. */
    nextBrush() {
      const { data, drawing } = store.get();
      if (!data || data.task === 'regression') return;
      const labels = labelsOf(data);
      const label = labels[(labels.indexOf(drawing.brush) + 1) % labels.length];
      pen.takeBrush(label);
      say('brush', { label: className(data, labels.indexOf(label)) });
    },
    /** From point to point. @param {1 | -1} way */
    nextPoint(way) {
      const state = store.get();
      const rows = state.data?.x.map((_, row) => row).filter((row) => examplePosition(state, row)) ?? [];
      if (rows.length === 0 || !state.data) return;
      const at = rows.indexOf(state.drawing.chosen);
      const row = rows[at < 0 ? (way > 0 ? 0 : rows.length - 1) : (at + way + rows.length) % rows.length];
      pen.draw({ chosen: row, cursor: state.data.x[row], held: false });
      say('at', pointWords(row));
    },
  };
}
