/** A stop said in one sentence, for the caption and for screen readers. */

import { text } from '../format/i18n.js';
import { spoken } from '../format/boardNumber.js';

/** @typedef {import('./walk.js').Stop} Stop */

/** @param {import('./walk.js').Value[]} values */
const list = (values) => values.map((value) => spoken(value)).join(text('number.list'));

/** @param {Stop} stop @returns {Record<string, string | number>} the numbers a sentence speaks of */
function wordsOf({ kind, layer, unit, lines }) {
  const [first, second] = lines;
  const words = { unit, layer, units: new Set(lines.map((line) => line.unit)).size, weights: lines.length - 1 };
  if (kind === 'forward') return { ...words, bias: spoken(first.terms[0].values[0]), inputs: first.terms.length - 1, z: spoken(first.value), a: spoken(second.value) };
  if (kind === 'loss') return { ...words, outputs: list(first.terms.map(({ values }) => values[0])), targets: list(first.terms.map(({ values }) => values[1])), loss: spoken(first.value) };
  if (kind === 'delta') {
    const [da, local] = second.terms[0]?.values ?? [null, null];
    return { ...words, da: spoken(da), local: spoken(local), delta: spoken(second.value) };
  }
  if (kind === 'gradient') return { ...words, delta: spoken(first.value) };
  const frozen = lines.filter(({ terms }) => terms.length === 1).length;
  return { ...words, moved: lines.length - frozen, frozen };
}

/** @param {Stop} stop @param {boolean} logits the loss reads z, from which chances are still to be made */
export function sentenceOf(stop, logits) {
  const hidden = stop.kind === 'delta' && stop.lines[0].terms.length > 0;
  const kind = hidden ? 'deltaHidden' : stop.kind === 'loss' && logits ? 'lossLogits' : stop.kind;
  const whole = stop.unit === 0 && stop.kind !== 'loss' ? 'Layer' : '';
  const words = wordsOf(stop);
  const frozen = stop.kind === 'update' && Number(words.frozen) > 0 ? ` ${text('microscope.say.frozen', words)}` : '';
  return text(`microscope.say.${kind}${whole}`, words) + frozen;
}

/** @param {Stop} stop what it is about: a unit, a layer, the loss */
export function titleOf({ kind, layer, unit }) {
  if (kind === 'loss') return text('microscope.title.loss');
  return text(unit > 0 ? `microscope.title.${kind}` : `microscope.title.${kind}Layer`, { unit, layer });
}
