/**
 * A network's numbers as a table, as the server computed them: every example's sums and answers, or every
 * update.
 */

import { element, setText } from '../../lib/dom/element.js';
import { formulaNode } from '../../lib/format/formula.js';
import { fixed, readable, shortest } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';
import { formatNumber } from '../../lib/format/boardNumber.js';
import { spokenSymbol } from '../../lib/trace/captions.js';
import { arrivalRound, showsPart } from '../../state/pages/lecture.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../../state/pages/lecture.js').Reading} Reading */

const WIDEST = 3;
const FEW = 4;
const NEARING = ['a-y', 'E'];

/** @param {string} caption @param {string[]} heads in TeX @param {string[][]} rows @param {string} name */
function table(caption, heads, rows, name) {
  const head = element(
    'tr',
    {},
    heads.map((tex) => element('th', { scope: 'col' }, [formulaNode(tex)])),
  );
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      row.map((cell) => element('td', {}, [cell])),
    ),
  );
  return element('table', { class: 'numbersTable', 'data-table': name }, [
    element('caption', {}, [caption]),
    element('thead', {}, [head]),
    element('tbody', {}, body),
  ]);
}

/**
 * Inputs, every unit that there is room for, and the target.
 * @param {Reading} reading
 * @param {string} [name]
 */
function examples({ data, layers, step, train, label, losses }, name = 'examples') {
  const units = layers.reduce((sum, { z }) => sum + z[0].length, 0);
  const first = units <= WIDEST && data.x.length <= FEW ? 0 : layers.length - 1;
  const shown = layers.slice(first).map((layer, index) => ({ ...layer, number: first + index + 2 }));
  const heads = data.inputs.map((_, index) => `x_{${index + 1}}`);
  for (const { number, z } of shown)
    z[0].forEach((_, i) => heads.push(`z_{${i + 1}}^{(${number})}`, `a_{${i + 1}}^{(${number})}`));
  heads.push(...data.y[0].map((_, k) => (data.y[0].length > 1 ? `y_{${k + 1}}` : 'y')));
  if (losses.length > 0) heads.push('E_k');
  const rows = data.x.map((x, row) => [
    ...x.map((value) => shortest(value, 4)),
    ...shown.flatMap(({ z, a }) => z[row].flatMap((value, i) => [shortest(value, 4), fixed(a[row][i], 4)])),
    ...data.y[row].map((value) => shortest(value, 4)),
    ...losses.slice(row, row + 1).map((value) => formatNumber(value)),
  ]);
  const caption = text('deck.examples', { step, loss: readable(train.loss, 6) });
  return table(label ? `${label}. ${caption}` : caption, heads, rows, name);
}

/** What comes ever nearer to 0 keeps its digits. @param {string} column @param {number} value */
const roundCell = (column, value) => (NEARING.includes(column) ? formatNumber(value) : readable(value, 4));

/** @param {Lecture} lecture */
function rounds(lecture) {
  const { exhibit, rounds: rows } = lecture;
  if (!exhibit?.rounds || rows.length === 0) return [];
  const heads = [
    String.raw`\text{${text('deck.round')}}`,
    ...(exhibit.rounds.names ?? exhibit.rounds.columns),
  ];
  const { columns } = exhibit.rounds;
  const cells = rows.map((row, round) => [
    String(round),
    ...row.map((value, place) => roundCell(columns[place], value)),
  ]);
  const made = table(text('deck.rounds'), heads, cells, 'rounds');
  const arrived = made.querySelectorAll('tbody tr')[arrivalRound(lecture)];
  arrived?.setAttribute('aria-current', 'true');
  return [made];
}

/** The newest round in words; while they play, only where they end. @param {Lecture} lecture */
function roundSentence(lecture) {
  const { exhibit, rounds: rows } = lecture;
  const round = rows.length - 1;
  if (!exhibit?.rounds || round < 0 || (lecture.playing && arrivalRound(lecture) < 0)) return '';
  const { columns } = exhibit.rounds;
  const names = exhibit.rounds.names ?? columns;
  const values = rows[round].map((value, place) =>
    text('microscope.workings.is', {
      symbol: spokenSymbol(names[place]),
      value: roundCell(columns[place], value),
    }),
  );
  return `${text('deck.roundSays', { round })} ${values.join(' ')}`;
}

/** @param {HTMLElement} root for the examples @param {HTMLElement} roundsRoot for the updates */
export function createTables(root, roundsRoot) {
  /** @type {Lecture | null} */
  let before = null;
  const said = element('p', { class: 'unseen', role: 'status' });
  roundsRoot.after(said);
  return {
    /** @param {Lecture} lecture */
    update(lecture) {
      root.hidden = !showsPart(lecture, 'table');
      roundsRoot.hidden = !showsPart(lecture, 'rounds');
      if (lecture.reading === before?.reading && lecture.rounds === before?.rounds) return;
      before = lecture;
      const beside = lecture.beside.map((reading) => examples(reading, 'beside'));
      root.replaceChildren(
        ...(lecture.reading && !root.hidden ? [examples(lecture.reading), ...beside] : []),
      );
      roundsRoot.replaceChildren(...rounds(lecture));
      setText(said, roundSentence(lecture));
      roundsRoot.scrollTo(showsPart(lecture, 'walk') ? roundsRoot.scrollWidth : 0, roundsRoot.scrollHeight);
    },
    destroy() {},
  };
}
