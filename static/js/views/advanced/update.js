/** How an update is made: the optimizer's numbers, clipping, and the rate over time. */

import { createSelect } from '../../lib/ui/select.js';
import { scheduleCurve, loadSchedules } from '../../lib/model/scheduleCurve.js';
import { element, setAttribute, setText } from '../../lib/dom/element.js';
import { createNumberField } from '../../lib/ui/numberField.js';
import { showFormula } from '../../lib/format/formula.js';
import { stepsPerEpoch } from '../../lib/model/selectors.js';
import { shortest, whole } from '../../lib/format/number.js';
import { svgElement, polylinePath } from '../../lib/dom/svg.js';
import { entryName, text } from '../../lib/format/i18n.js';
import { createFields, section } from './fields.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {Awaited<ReturnType<typeof loadSchedules>>} Schedules */

const WIDTH = 190;
const HEIGHT = 64;
const FLOOR = HEIGHT - 14;

/** @param {Actions} actions */
export function createOptimizer(actions) {
  const formula = element('div', { class: 'moreFormula' });
  const name = element('span');
  const fields = createFields(actions.setOptimizerField);
  const clip = createNumberField({
    label: text('clip.name'),
    hint: 'clip',
    empty: text('clip.none'),
    change: (norm) => void actions.setClipNorm(norm),
  });
  return {
    node: section(text('optimizer.label'), [
      element('p', { class: 'moreName' }, [name]),
      formula,
      fields.node,
      clip.node,
    ]),
    /** @param {State} state */
    update({ catalog, network }) {
      const chosen = network?.spec.optimizer;
      const entry = catalog?.optimizers.find((other) => other.name === chosen?.name);
      if (!chosen || !entry) return;
      name.textContent = entryName('optimizer', entry);
      showFormula(formula, entry.formula ?? '');
      fields.set(entry, chosen);
      clip.set(chosen.clip_norm, entry.full_batch);
    },
  };
}

/** The schedule's picture: the rate over the epochs, and where training is. */
function createScheduleCurve() {
  const line = svgElement('path', { class: 'course' });
  const now = svgElement('path', { class: 'now' });
  const ends = [
    svgElement('text', { x: 0, y: HEIGHT - 1 }, ['0']),
    svgElement('text', { x: WIDTH, y: HEIGHT - 1, 'text-anchor': 'end' }),
  ];
  const node = svgElement('svg', { class: 'coursePicture', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' }, [
    svgElement('path', { class: 'floor', d: `M0,${FLOOR}H${WIDTH}` }),
    line,
    now,
    ...ends,
  ]);
  const said = element('p', { class: 'aside' });
  let drawn = '';
  let epochs = 1;
  /** @type {State | null} */
  let latest = null;
  /** @type {Schedules | null} */
  let schedules = null;
  /** @type {Promise<void> | null} */
  let loading = null;

  /** @param {Schedules} schedules @param {State} state */
  function draw(schedules, state) {
    const { network, frame } = state;
    if (!network) return;
    const { schedule, learning_rate: rate } = network.spec.optimizer;
    const perEpoch = stepsPerEpoch(state);
    const key = JSON.stringify([schedule, perEpoch, rate]);
    if (key !== drawn) {
      drawn = key;
      const course = scheduleCurve(schedules[schedule.name], schedule, perEpoch);
      ({ epochs } = course);
      setAttribute(
        line,
        'd',
        polylinePath(
          course.points.map(([epoch, factor]) => [(epoch / epochs) * WIDTH, FLOOR - factor * (FLOOR - 4)]),
        ),
      );
      ends[1].textContent = text('schedule.epochs', { epochs: whole(epochs) });
    }
    const epoch = frame?.epoch ?? network.epoch;
    const factor = schedules[schedule.name](frame?.step ?? network.step, epoch, schedule);
    const across = Math.min(1, epoch / epochs) * WIDTH;
    setAttribute(now, 'd', `M${across.toFixed(1)},${FLOOR}V${(FLOOR - factor * (FLOOR - 4)).toFixed(1)}`);
    const words = text('schedule.now', { rate: shortest(rate * factor, 3), epoch: whole(epoch) });
    setAttribute(node, 'aria-label', words);
    setText(said, words);
  }

  return {
    node,
    said,
    /**
     * What the network is when the schedules come is drawn then: a paused one tells nothing more.
     * @param {State} state
     */
    update(state) {
      latest = state;
      if (schedules) draw(schedules, state);
      loading ??= loadSchedules().then((loaded) => {
        schedules = loaded;
        if (latest) draw(loaded, latest);
      });
    },
  };
}

/** @param {Actions} actions */
export function createSchedule(actions) {
  const menu = element('select', { 'aria-label': text('schedule.label'), 'data-hint': 'schedule' });
  const choice = createSelect(menu, (name) => void actions.setSchedule(name));
  const fields = createFields(actions.setScheduleField);
  const course = createScheduleCurve();
  return {
    node: section(text('schedule.label'), [menu, course.node, course.said, fields.node]),
    /** @param {State} state */
    update(state) {
      const { catalog, network } = state;
      if (!catalog || !network) return;
      const { schedule } = network.spec.optimizer;
      choice.set('schedule', catalog.schedules, schedule.name);
      fields.set(
        catalog.schedules.find(({ name }) => name === schedule.name),
        schedule,
      );
      course.update(state);
    },
  };
}
