/** What was different in the set-up of a run, in few words. */

import { shortest } from './number.js';
import { entryName, text } from './i18n.js';

/** @typedef {import('../../state/types.js').Spec} Spec */
/** @typedef {import('../../state/types.js').Catalog} Catalog */
/** @typedef {(spec: Spec, catalog: Catalog) => string} Words */

/** @param {string} group @param {{name: string, label: string}[]} entries @param {string | undefined} name */
function named(group, entries, name) {
  const entry = entries.find((other) => other.name === name);
  return entry ? entryName(group, entry) : text('dataset.own.name');
}

const hidden = (/** @type {Spec} */ { layers }) => layers.slice(0, -1);

/** Each: what is compared, and how it is said. @type {[(spec: Spec) => unknown, Words][]} */
const FACETS = [
  [({ data: { name } }) => name, ({ data }, { datasets }) => named('dataset', datasets, data.name)],
  [
    ({ data: { noise } }) => noise,
    ({ data: { noise } }) => text('runs.noise', { value: shortest(noise ?? 0) }),
  ],
  [
    ({ data: { train_fraction, examples, seed, standardize } }) => [
      train_fraction,
      examples,
      seed,
      standardize,
    ],
    () => text('runs.points'),
  ],
  [
    ({ features }) => features,
    ({ features }) =>
      text(features.length === 1 ? 'network.oneInput' : 'network.inputCount', { count: features.length }),
  ],
  [
    (spec) => hidden(spec).map(({ units }) => units),
    (spec) =>
      text('runs.layers', {
        layers:
          hidden(spec)
            .map(({ units }) => units)
            .join(', ') || '0',
      }),
  ],
  [
    ({ layers }) => layers.map(({ activation }) => activation),
    ({ layers }, { activations }) =>
      [...new Set(layers.map(({ activation }) => named('activation', activations, activation)))].join(', '),
  ],
  [
    ({ layers }) => layers.map(({ dropout = 0 }) => dropout),
    ({ layers }) =>
      text('runs.dropout', { value: shortest(Math.max(...layers.map(({ dropout = 0 }) => dropout))) }),
  ],
  [({ loss }) => loss, ({ loss }, { losses }) => named('loss', losses, loss)],
  [
    ({ optimizer: { learning_rate: rate } }) => rate,
    ({ optimizer }) => text('runs.rate', { value: shortest(optimizer.learning_rate) }),
  ],
  [
    ({ optimizer: { learning_rate, schedule, ...rest } }) => rest,
    ({ optimizer }, { optimizers }) => named('optimizer', optimizers, optimizer.name),
  ],
  [
    ({ optimizer: { schedule } }) => schedule,
    ({ optimizer: { schedule } }, { schedules }) => named('schedule', schedules, schedule.name),
  ],
  [
    ({ penalty }) => (penalty.name === 'none' ? 'none' : penalty),
    ({ penalty: { name, rate } }, { penalties }) =>
      name === 'none' ? text('runs.noPenalty') : `${named('penalty', penalties, name)} ${shortest(rate)}`,
  ],
  [({ batch_size }) => batch_size, ({ batch_size: size }) => text('runs.batch', { value: size })],
  [
    ({ initializer }) => initializer,
    ({ initializer }, { initializers }) => named('initializer', initializers, initializer.name),
  ],
  [({ seed }) => seed, ({ seed }) => text('runs.seed', { value: seed })],
  [({ frozen }) => frozen ?? null, ({ frozen }) => text(frozen ? 'runs.frozen' : 'runs.free')],
  [({ dtype }) => dtype, ({ dtype }) => text(`dtype.${dtype}.name`)],
  [({ shuffle }) => shuffle, ({ shuffle }) => text(shuffle ? 'runs.shuffled' : 'runs.inOrder')],
];

/** Of a run's set-up, what is otherwise now. @param {Spec} spec @param {Spec} now @param {Catalog} catalog */
export function specDiff(spec, now, catalog) {
  return FACETS.flatMap(([of, say]) =>
    JSON.stringify(of(spec)) === JSON.stringify(of(now)) ? [] : [say(spec, catalog)],
  );
}
