/**
 * Numbers written into a small network's diagram: each weight on its link, each bias beside its unit, and z
 * and a of
 * the example looked at, as far as the walk has come. Larger networks stay without.
 */

import { element } from '../../lib/dom/element.js';
import { isRoomAbove } from '../../lib/plot/diagramLayout.js';
import { diagramOf, thetaOf, parameterValue } from '../../lib/model/selectors.js';
import { formulaNodes } from '../../lib/format/notation.js';
import { readable, shortest } from '../../lib/format/number.js';
import { boxAround, placeLabels } from '../../lib/plot/labelPlacement.js';
import { text } from '../../lib/format/i18n.js';
import { hideAnswers } from '../../lib/trace/blanks.js';
import { formatNumber } from '../../lib/format/boardNumber.js';
import { walkOf } from '../../lib/trace/walk.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/pages/lecture.js').Exhibit} Exhibit */
/** @typedef {import('../../lib/plot/diagramLayout.js').Geometry} Geometry */

const MOST_LINKS = 20;
const DIGITS = 4;
const FEW = 8;
const BESIDE = 6;
const MOST_BESIDE = 2;
const NARROWEST = 4.2;
const LETTER = 0.5;
const LINE = 1.2;
const ANSWER = 5;

/** @param {number} x @param {number} y @param {string} kind @param {(Node | string)[]} words */
function note(x, y, kind, words) {
  const node = element('span', { class: `figure ${kind}` }, words);
  node.style.left = `${x}px`;
  node.style.top = `${y}px`;
  return node;
}

/**
 * The page's own names of weights, as the columns of its table of rounds name them.
 * @param {Exhibit} exhibit
 * @returns {Map<string, string>}
 */
function ownNames({ rounds }) {
  return new Map((rounds?.columns ?? []).map((column, index) => [column, rounds?.names?.[index] ?? column]));
}

/**
 * Whether z and a stand above a column's units; else they stand before them.
 * @param {Geometry['columns'][number]} column
 * @param {number} rem
 */
function answersAbove({ units, size }, rem) {
  const pitch = units.length > 1 ? units[1].y - units[0].y : Infinity;
  return isRoomAbove({ pitch, size }, rem);
}

/**
 * Whether numbers fit between any two columns, beside z and a where these stand before a unit.
 * @param {Geometry} geometry
 * @param {number} rem
 * @param {boolean} answered
 */
function haveRoom({ columns }, rem, answered) {
  return columns.slice(1).every((column, index) => {
    const stretch = column.x - columns[index].x - (column.size + columns[index].size) / 2;
    return stretch >= rem * (NARROWEST + (answered && !answersAbove(column, rem) ? ANSWER : 0));
  });
}

/**
 * What weights must not cover: units, their biases, and z and a where these stand before a unit.
 * @param {Geometry} geometry
 * @param {number} rem
 * @param {boolean} answered
 */
function obstacles({ columns }, rem, answered) {
  return columns.flatMap((column, index) =>
    column.units.flatMap(({ x, y }) => {
      const { size } = column;
      const left = x - size / 2;
      const bias =
        index > 0
          ? [
              {
                left: left - 2.4 * rem,
                right: left,
                top: y + size / 2 - 0.3 * rem,
                bottom: y + size / 2 + 0.8 * rem,
              },
            ]
          : [];
      const answer =
        answered && index > 0 && !answersAbove(column, rem)
          ? [{ left: left - ANSWER * rem, right: left, top: y - LINE * rem, bottom: y + LINE * rem }]
          : [];
      return [boxAround({ x, y }, size, size), ...bias, ...answer];
    }),
  );
}

/** @param {string} name "w_1" @returns {(Node | string)[]} */
function named(name) {
  const [letter, index] = name.split('_');
  return [element('i', {}, [letter]), element('sub', {}, [index ?? ''])];
}

/**
 * @param {State} state
 * @param {Geometry} geometry
 * @param {Map<string, string>} names
 * @param {boolean} answered z and a are shown too
 */
function weights(state, geometry, names, answered) {
  const { rem } = state.layoutSizes;
  const labels = geometry.links.map((link) => {
    const { layer, unit, input } = link;
    const value = shortest(
      parameterValue(state, { kind: 'link', layer, unit, input }),
      geometry.links.length > FEW ? DIGITS - 1 : DIGITS,
    );
    const own = names.get(`w_${unit + 1}${input + 1}^(${layer + 1})`);
    const width = LETTER * rem * (value.length + (own ? own.length + 1 : 1));
    return { link, width, words: own ? [...named(own), ` ${value}`] : [value] };
  });
  return placeLabels(labels, LINE * rem, obstacles(geometry, rem, answered)).map(({ x, y }, index) =>
    note(x, y, 'weight', labels[index].words),
  );
}

/** @param {State} state @param {Geometry} geometry */
function biases(state, geometry) {
  return geometry.columns.slice(1).flatMap(({ layer, units, size }) =>
    units.map(({ x, y }, unit) => {
      const value = parameterValue(state, { kind: 'bias', layer, unit, input: -1 });
      return note(x - size / 2 - BESIDE, y + size / 2, 'bias', [shortest(value, DIGITS)]);
    }),
  );
}

/**
 * z, a and δ of every unit, once the walk has come to it; where they stand before the unit, the last two of
 * them.
 * @param {State} state
 * @param {Geometry} geometry
 */
function values({ microscope, data, layoutSizes }, { columns }) {
  const { trace, at, notation, changed, moved } = microscope;
  if (!trace || trace.batch || changed || moved) return [];
  const known = walkOf(hideAnswers(trace, microscope.blanks).trace, notation)
    .slice(0, at + 1)
    .flatMap(({ lines }) => lines);
  const inputs = (data?.x[trace.example] ?? []).map((value, index) => {
    const spot = columns[0].units[index];
    return spot ? note(spot.x, spot.y, 'input', [shortest(value, DIGITS)]) : '';
  });
  const units = columns.slice(1).flatMap((column) => {
    const { layer, size } = column;
    return column.units.flatMap(({ x, y }, unit) => {
      const lines = ['z', 'a', 'δ'].flatMap((letter) => {
        const line = known.find(({ symbol }) => symbol === `${letter}_${unit + 1}^(${layer + 2})`);
        if (!line) return [];
        const value = line.value === undefined ? formatNumber(line.value) : readable(line.value, DIGITS);
        return [
          element('span', { class: letter === 'δ' ? 'delta' : letter }, [
            element('i', {}, [letter]),
            ` ${value}`,
          ]),
        ];
      });
      if (lines.length === 0) return [];
      if (answersAbove(column, layoutSizes.rem))
        return [note(x, y - size / 2 - BESIDE / 2, 'answer above', lines)];
      return [note(x - size / 2 - BESIDE, y, 'answer', lines.slice(-MOST_BESIDE))];
    });
  });
  return [...inputs, ...units];
}

/** Above each column which layer it is. @param {Geometry} geometry */
function heads({ columns }) {
  return columns.map(({ x, layer }) => {
    const name =
      layer < 0
        ? [...formulaNodes('a'), element('sup', {}, ['(1)']), ' = ', ...formulaNodes('x')]
        : [text('network.layer', { layer: layer + 2 })];
    const head = note(x, 0, 'columnHead', name);
    const half = (LETTER * (head.textContent?.length ?? 0)) / 2;
    head.style.left = `min(${x}px, 100% - ${half}rem)`;
    return head;
  });
}

/** @param {HTMLElement} root @param {Exhibit} exhibit */
export function createDiagramNumbers(root, exhibit) {
  const names = ownNames(exhibit);
  /** @type {unknown[]} */
  let before = [];
  return {
    /** @param {State} state */
    update(state) {
      const geometry = diagramOf(state);
      const theta = thetaOf(state);
      const now = [geometry, theta, state.microscope, state.data];
      if (!geometry || !theta || now.every((value, index) => value === before[index])) return;
      before = now;
      const { rem } = state.layoutSizes;
      const answered = exhibit.parts.includes('walk');
      const small = !exhibit.play && geometry.links.length <= MOST_LINKS;
      root.replaceChildren(
        ...heads(geometry),
        ...(small && haveRoom(geometry, rem, answered) ? weights(state, geometry, names, answered) : []),
        ...(small && haveRoom(geometry, rem, false)
          ? [...biases(state, geometry), ...values(state, geometry)]
          : []),
      );
    },
    destroy() {},
  };
}
