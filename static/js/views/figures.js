/**
 * Numbers written into a small network's diagram: each weight on its link, each bias beside its unit, and z and a of
 * the example looked at, as far as the walk has come. Larger networks stay without.
 */

import { element } from '../lib/element.js';
import { alongLink } from '../lib/geometry.js';
import { diagramOf, thetaOf, valueOf } from '../lib/network.js';
import { formulaNodes } from '../lib/notation.js';
import { readable, shortest } from '../lib/number.js';
import { text } from '../lib/text.js';
import { veiled } from '../lib/trace/blanks.js';
import { spoken } from '../lib/trace/figures.js';
import { walkOf } from '../lib/trace/walk.js';

/** @typedef {import('../state/types.js').State} State */
/** @typedef {import('../state/deck.js').Exhibit} Exhibit */
/** @typedef {import('../lib/geometry.js').Geometry} Geometry */

const MOST_LINKS = 20;
const DIGITS = 4;
const BESIDE = 6;
const ABOVE = 2.3;
const NEAR = 0.3;
const NEARER_THE_MIDDLE = 0.36;
const ROOMY = 4;
const NARROWEST = 4.2;

/** @param {number} x @param {number} y @param {string} kind @param {(Node | string)[]} words */
function note(x, y, kind, words) {
  const node = element('span', { class: `figure ${kind}` }, words);
  node.style.left = `${x}px`;
  node.style.top = `${y}px`;
  return node;
}

/** The page's own names of weights, as the columns of its table of rounds name them. @param {Exhibit} exhibit @returns {Map<string, string>} */
function ownNames({ rounds }) {
  return new Map((rounds?.columns ?? []).map((column, index) => [column, rounds?.names?.[index] ?? column]));
}

/** How far along their links the weights out of a column stand: where they have parted from their neighbours. @param {Geometry} geometry @param {number} layer @param {number} rem */
function shareOf({ columns }, layer, rem) {
  const [first, second] = columns[layer].units;
  return second && second.y - first.y < ROOMY * rem ? NEARER_THE_MIDDLE : NEAR;
}

/** Whether there is room between the columns for the numbers. @param {Geometry} geometry @param {number} rem */
function isRoomy({ columns, links }, rem) {
  const gaps = columns.slice(1).map(({ x, size }, index) => x - columns[index].x - size);
  return links.length <= MOST_LINKS && Math.min(...gaps) >= NARROWEST * rem;
}

/** @param {string} name "w_1" @returns {(Node | string)[]} */
function named(name) {
  const [letter, index] = name.split('_');
  return [element('i', {}, [letter]), element('sub', {}, [index ?? ''])];
}

/** @param {State} state @param {Geometry} geometry @param {Map<string, string>} names */
function weights(state, geometry, names) {
  return geometry.links.map((link) => {
    const { layer, unit, input } = link;
    const { x, y } = alongLink(link, shareOf(geometry, layer, state.measures.rem));
    const value = shortest(valueOf(state, { kind: 'link', layer, unit, input }), DIGITS);
    const own = names.get(`w_${unit + 1}${input + 1}^(${layer + 1})`);
    return note(x, y, 'weight', own ? [...named(own), ` ${value}`] : [value]);
  });
}

/** @param {State} state @param {Geometry} geometry */
function biases(state, geometry) {
  return geometry.columns.slice(1).flatMap(({ layer, units, size }) =>
    units.map(({ x, y }, unit) => {
      const value = valueOf(state, { kind: 'bias', layer, unit, input: -1 });
      return note(x - size / 2 - BESIDE, y + size / 2, 'bias', [shortest(value, DIGITS)]);
    }),
  );
}

/** z, a and δ of every unit, once the walk has come to it. @param {State} state @param {Geometry} geometry */
function values({ microscope, data, measures }, { columns }) {
  const { trace, at, notation, changed, moved } = microscope;
  if (!trace || trace.batch || changed || moved) return [];
  const known = walkOf(veiled(trace, microscope.blanks).trace, notation).slice(0, at + 1).flatMap(({ lines }) => lines);
  const inputs = (data?.x[trace.example] ?? []).map((value, index) => {
    const spot = columns[0].units[index];
    return spot ? note(spot.x, spot.y, 'input', [shortest(value, DIGITS)]) : '';
  });
  const units = columns.slice(1).flatMap(({ layer, units: spots, size }) =>
    spots.flatMap(({ x, y }, unit) => {
      const lines = ['z', 'a', 'δ'].flatMap((letter) => {
        const line = known.find(({ symbol }) => symbol === `${letter}_${unit + 1}^(${layer + 2})`);
        if (!line) return [];
        const value = line.value === undefined ? spoken(line.value) : readable(line.value, DIGITS);
        return [element('span', { class: letter === 'δ' ? 'delta' : letter }, [element('i', {}, [letter]), ` ${value}`])];
      });
      if (lines.length === 0) return [];
      const pitch = spots.length > 1 ? spots[1].y - spots[0].y : Infinity;
      const above = pitch - size >= ABOVE * measures.rem;
      return [above ? note(x, y - size / 2 - BESIDE / 2, 'answer above', lines) : note(x - size / 2 - BESIDE, y, 'answer', lines)];
    }),
  );
  return [...inputs, ...units];
}

/** Above each column which layer it is. @param {Geometry} geometry */
function heads({ columns }) {
  return columns.map(({ x, layer }) => {
    const name = layer < 0 ? [...formulaNodes('a'), element('sup', {}, ['(1)']), ' = ', ...formulaNodes('x')] : [text('network.layer', { layer: layer + 2 })];
    return note(x, 0, 'columnHead', name);
  });
}

/** @param {HTMLElement} root @param {Exhibit} exhibit */
export function createFigures(root, exhibit) {
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
      const small = !exhibit.play && isRoomy(geometry, state.measures.rem);
      root.replaceChildren(...heads(geometry), ...(small ? [...weights(state, geometry, names), ...biases(state, geometry), ...values(state, geometry)] : []));
    },
    destroy() {},
  };
}
