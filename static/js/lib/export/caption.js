/** What a picture is of: which data, which network, at which step, how good. */

import { datasetOf } from '../model/selectors.js';
import { readable, whole } from '../format/number.js';
import { entryName, text } from '../format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */

/** @param {State} state */
export function captionOf(state) {
  const { network, frame } = state;
  if (!network) return '';
  const entry = datasetOf(state);
  const now = frame ?? network;
  const words = {
    dataset: entry ? entryName('dataset', entry) : text('dataset.own.name'),
    epoch: whole(now.epoch),
    step: whole(now.step),
    train: readable(now.train.loss),
    test: readable(now.test?.loss),
  };
  return text(now.test ? 'picture.caption' : 'picture.untested', words);
}
