/** What a command changes, told by what it says. Pure functions. */

/** @typedef {import('../../state/types.js').Command} Command */
/** @typedef {import('../../state/types.js').Spec} Spec */

/**
 * The words for a field of the spec, and for one of its fields where that has words of its own.
 * @type {Record<string, string | Record<string, string>>}
 */
const WORDS = {
  data: {
    noise: 'noise.name',
    train_fraction: 'share.name',
    examples: 'examples.name',
    seed: 'dataSeed.name',
    standardize: 'standardize.name',
  },
  optimizer: {
    learning_rate: 'rate.name',
    name: 'optimizer.label',
    schedule: 'schedule.label',
    clip_norm: 'clip.name',
  },
  penalty: { name: 'penalty.label', rate: 'penaltyRate.name' },
  layers: 'layers.name',
  features: 'network.inputs',
  loss: 'loss.label',
  initializer: 'initializer.label',
  batch_size: 'batch.name',
  shuffle: 'shuffle.name',
  dtype: 'dtype.label',
  frozen: 'freeze.what',
};
const PLAIN = { data: 'data.name', optimizer: 'optimizer.label', penalty: 'penalty.label' };

/**
 * Sets one number or one name of it, nothing else.
 * @param {unknown} value
 * @param {string} [path]
 * @returns {[string, unknown]}
 */
function leaf(value, path = '') {
  const fields = value && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
  return fields.length === 1 ? leaf(fields[0][1], `${path}.${fields[0][0]}`) : [path, value];
}

/** @param {Record<string, any>} patch */
function patchWords(patch) {
  const field = Object.keys(patch).find((name) => name in WORDS) ?? 'layers';
  const known = WORDS[field];
  if (typeof known === 'string') return known;
  const inner = Object.keys(patch[field] ?? {});
  const plain = PLAIN[/** @type {keyof typeof PLAIN} */ (field)];
  if (field === 'optimizer' && inner.length === 1 && !(inner[0] in known)) return `fields.${inner[0]}.name`;
  return field === 'data' && inner.length > 1 ? plain : (known[inner[0]] ?? plain);
}

/** @param {Command} command @returns {string} */
function wordsOf({ name, body }) {
  const asked = /** @type {Record<string, any>} */ (body ?? {});
  if (name === 'patch') return patchWords(asked);
  if (name === 'reset') return asked.seed === undefined ? 'reset.name' : 'reseed.name';
  return name === 'rows' || name === 'data' ? 'undo.points' : 'undo.weight';
}

/**
 * What two commands of a drag have in common; '': no command is like this one.
 * @param {Command} command
 * @returns {string}
 */
function subjectOf({ name, body }) {
  const asked = /** @type {Record<string, any>} */ (body ?? {});
  const [change] = asked.change ?? [];
  if (name === 'rows')
    return change?.x && !asked.add && !asked.remove && asked.change.length === 1 ? `row ${change.row}` : '';
  if (name === 'edit')
    return asked.changes.map((/** @type {{parameter: string}} */ { parameter }) => parameter).join();
  const [path, value] = leaf(asked);
  return name === 'patch' && typeof value === 'number' ? path : '';
}

/** @param {Spec} spec */
const startOf = ({ features, layers, initializer, seed, dtype }) =>
  JSON.stringify([features, layers.map(({ units }) => units), initializer, seed, dtype]);

/** Whether the parameters of one network may go on in the other. @param {Spec} one @param {Spec} other */
export const startsAlike = (one, other) => startOf(one) === startOf(other);

const EDITS = ['patch', 'parameters', 'edit', 'data', 'rows', 'reset'];

/**
 * @param {Command} command
 * @returns {{what: string, subject: string, keepTraining: boolean} | null} null: it changes nothing by hand
 */
export function editOf(command) {
  if (!EDITS.includes(command.name)) return null;
  return { what: wordsOf(command), subject: subjectOf(command), keepTraining: command.name !== 'reset' };
}
