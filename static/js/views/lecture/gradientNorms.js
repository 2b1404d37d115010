/**
 * How long each layer's gradient is, on a logarithmic scale: a line for each network of the page, from the
 * first layer to the last.
 */

import { element, setAttribute } from '../../lib/dom/element.js';
import { shortest, whole } from '../../lib/format/number.js';
import { svgElement, polylinePath } from '../../lib/dom/svg.js';
import { text } from '../../lib/format/i18n.js';
import { formatNumber } from '../../lib/format/boardNumber.js';
import { showsPart } from '../../state/pages/lecture.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {{initialize: (name: string) => unknown}} Actions */

const WIDTH = 760;
const HEIGHT = 300;
const LEFT = 56;
const RIGHT = 150;
const FOOT = 30;
const STARTS = ['uniform', 'glorot_uniform', 'he_normal'];
const LEAST = 1e-12;
const LABEL = 26;

/** @param {Lecture['norms']} norms */
function drawing(norms) {
  const logs = norms.flatMap((line) => line.norms.map((norm) => Math.log10(Math.max(norm, LEAST))));
  const low = Math.floor(Math.min(...logs));
  const high = Math.max(low + 1, Math.ceil(Math.max(...logs)));
  const layers = norms[0].norms.length;
  const x = (/** @type {number} */ layer) =>
    LEFT + ((WIDTH - LEFT - RIGHT) * layer) / Math.max(1, layers - 1);
  const y = (/** @type {number} */ log) => 12 + ((HEIGHT - FOOT - 24) * (high - log)) / (high - low);
  const decades = Array.from({ length: high - low + 1 }, (_, k) => low + k);
  const grid = decades.flatMap((power) => [
    svgElement('path', { class: 'axisLine', d: `M${LEFT},${y(power)}H${WIDTH - RIGHT}` }),
    svgElement('text', { class: 'tick', x: LEFT - 8, y: y(power) }, [
      '10',
      svgElement('tspan', { dy: -6 }, [String(power).replace('-', '\u2212')]),
    ]),
  ]);
  const names = Array.from({ length: layers }, (_, layer) =>
    svgElement('text', { class: 'tick below', x: x(layer), y: HEIGHT - 8 }, [
      'W',
      svgElement('tspan', { dy: -5 }, [`(${layer + 1})`]),
    ]),
  );
  const ends = norms.map((line) => y(Math.log10(Math.max(line.norms.at(-1) ?? 1, LEAST))));
  const order = [...ends.keys()].sort((a, b) => ends[a] - ends[b]);
  order.forEach((index, rank) => {
    if (rank > 0) ends[index] = Math.max(ends[index], ends[order[rank - 1]] + LABEL);
  });
  const lines = norms.flatMap((line, index) => {
    const points = line.norms.map(
      (norm, layer) => /** @type {[number, number]} */ ([x(layer), y(Math.log10(Math.max(norm, LEAST)))]),
    );
    const dots = points.map(([cx, cy], layer) =>
      svgElement('circle', { class: 'dot', cx, cy, r: 4 }, [
        svgElement('title', {}, [formatNumber(line.norms[layer])]),
      ]),
    );
    return [
      svgElement('path', { class: `norm stroke-${index}`, d: polylinePath(points) }),
      ...dots,
      svgElement('text', { class: 'normLabel', x: WIDTH - RIGHT + 12, y: ends[index] }, [line.label]),
    ];
  });
  return svgElement(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': text('deck.norms') },
    [...grid, ...names, ...lines],
  );
}

/** Three digits of a ratio. @param {number} value */
const ratio = (value) => (value < 1000 ? shortest(value, 3) : whole(Number(value.toPrecision(3))));

/**
 * The same as numbers: the first layer's, the last's, and how many times smaller or larger.
 * @param {number} first
 * @param {number} last
 */
function comparison(first, last) {
  const key = first === 0 ? 'deck.stops' : first <= last ? 'deck.shrinks' : 'deck.grows';
  return text(key, {
    first: formatNumber(first),
    last: formatNumber(last),
    ratio: ratio(Math.max(first, last) / Math.min(first, last)),
  });
}

/** @param {Lecture['norms']} norms */
function summary(norms) {
  return norms.map(({ label, norms: all }) =>
    element('li', {}, [element('b', {}, [label]), ` ${comparison(all[0], all[all.length - 1])}`]),
  );
}

/** @param {HTMLElement} root @param {Actions} actions */
export function createGradientNorms(root, actions) {
  const buttons = STARTS.map((name) => {
    const button = element('button', { type: 'button', name: `start-${name}`, 'aria-pressed': 'false' }, [
      text(`initializer.${name}.name`),
    ]);
    button.addEventListener('click', () => {
      for (const other of buttons) setAttribute(other, 'aria-pressed', String(other === button));
      void actions.initialize(name);
    });
    return button;
  });
  const picture = element('figure', { class: 'normPicture' });
  const said = element('ul', { class: 'normWords' });
  const head = element('header', { class: 'curveHead' }, [
    element('h2', { class: 'title' }, [text('deck.norms')]),
    element('div', { class: 'choices', role: 'group', 'aria-label': text('initializer.label') }, [
      element('span', { class: 'term' }, [text('initializer.label')]),
      ...buttons,
    ]),
  ]);
  root.append(head, picture, said);
  /** @type {Lecture['norms']} */
  let drawn = [];
  return {
    /** @param {Lecture} lecture */
    update(lecture) {
      root.hidden = !showsPart(lecture, 'norms');
      if (root.hidden || lecture.norms === drawn || lecture.norms.length === 0) return;
      if (drawn.length === 0) setAttribute(buttons[0], 'aria-pressed', 'true');
      drawn = lecture.norms;
      picture.replaceChildren(drawing(drawn));
      said.replaceChildren(...summary(drawn));
    },
    destroy() {},
  };
}
