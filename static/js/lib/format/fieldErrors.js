/**
 * What is wrong with a field: in the language of the page where a number is of the wrong size, else as the
 * server says it.
 */

import { hasText, text } from './i18n.js';
import { formatValue } from './boardNumber.js';

/**
 * @typedef {{
 *   given: number,
 *   minimum?: number,
 *   exclusive_minimum?: number,
 *   maximum?: number,
 *   exclusive_maximum?: number,
 * }} Bounds
 */
/** @typedef {{field: string, message: string, bounds?: Bounds}} FieldError */

/** Fields that the page calls by words of their own. @type {Record<string, string>} */
const NAMES = {
  'optimizer.learning_rate': 'rate.name',
  'optimizer.clip_norm': 'clip.name',
  'penalty.rate': 'penaltyRate.name',
  'data.noise': 'noise.name',
  'data.examples': 'examples.name',
  'data.train_fraction': 'share.name',
  'data.seed': 'dataSeed.name',
  batch_size: 'batch.name',
  seed: 'seed.name',
};

/** @param {string} field as the server names it: "layers.0.dropout" */
function nameOf(field) {
  const [, layer] = /^layers\.(\d+)\.dropout$/.exec(field) ?? [];
  if (layer) return text('dropout.of', { layer: Number(layer) + 2 });
  const key = NAMES[field] ?? `fields.${field.split('.').at(-1)}.name`;
  return hasText(key) ? text(key) : field;
}

/** "0 ≤ Dropout < 1". @param {string} name @param {Bounds} bounds */
function relation(name, { minimum, exclusive_minimum: above, maximum, exclusive_maximum: below }) {
  const low = above ?? minimum;
  const high = below ?? maximum;
  const after = high === undefined ? '' : ` ${below === undefined ? '\u2264' : '<'} ${formatValue(high)}`;
  if (low === undefined) return name + after;
  if (high === undefined) return `${name} ${above === undefined ? '\u2265' : '>'} ${formatValue(low)}`;
  return `${formatValue(low)} ${above === undefined ? '\u2264' : '<'} ${name}${after}`;
}

/** @param {FieldError} wrong */
export function fieldErrorText({ field, message, bounds }) {
  if (!bounds) return `${field}: ${message}`;
  return text('bounds', { relation: relation(nameOf(field), bounds), given: formatValue(bounds.given) });
}
