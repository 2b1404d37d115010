/**
 * Activation functions and their slopes as curves, with z dragged along them; where a unit learns next to
 * nothing is shaded.
 */

import { element, requireElement } from '../../lib/dom/element.js';
import { formulaNode } from '../../lib/format/formula.js';
import { fixed, shortest } from '../../lib/format/number.js';
import { createSlider } from '../../lib/ui/slider.js';
import { svgElement, polylinePath } from '../../lib/dom/svg.js';
import { text } from '../../lib/format/i18n.js';
import { showsPart } from '../../state/pages/lecture.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../../state/pages/lecture.js').ActivationCurve} ActivationCurve */
/** @typedef {{setZ: (z: number) => unknown}} Actions */

const WIDTH = 400;
const HEIGHT = 220;
const REACH = 5;
const TOP = 1.6;
const BOTTOM = -1.2;
const EDGE = 12;
const FLAT = 0.05;
const GRAIN = 0.1;
const VALUES = Array.from({ length: 101 }, (_, k) => Number((-REACH + k * GRAIN).toFixed(6)));

const across = (/** @type {number} */ z) => ((z + REACH) / (2 * REACH)) * WIDTH;
const down = (/** @type {number} */ value) => (HEIGHT * (TOP - value)) / (TOP - BOTTOM);

/**
 * Stretches of z where the slope is smaller than a twentieth.
 * @param {ActivationCurve} shape
 * @returns {{from: number, to: number, dead: boolean, even: boolean}[]}
 */
function flats({ z, slope }) {
  /** @type {{from: number, to: number, dead: boolean, even: boolean}[]} */
  const found = [];
  z.forEach((at, k) => {
    if (Math.abs(slope[k]) >= FLAT) return;
    const last = found.at(-1);
    if (last && k > 0 && last.to === z[k - 1]) last.to = at;
    else
      found.push({
        from: at,
        to: at,
        dead: slope[k] === 0,
        even: slope[k] === slope[Math.min(k + 1, slope.length - 1)],
      });
  });
  return found.filter(({ from, to }) => to > from);
}

/** At the foot, or at the head where the curve is down there. @param {number} a */
const besideCurve = (a) => (a < BOTTOM / 2 ? EDGE : HEIGHT - EDGE);

/** @param {ActivationCurve} curve */
function drawing(curve) {
  const line = (/** @type {number[]} */ values, /** @type {string} */ kind) =>
    svgElement('path', {
      class: kind,
      d: polylinePath(curve.z.map((z, k) => /** @type {[number, number]} */ ([across(z), down(values[k])]))),
    });
  const shades = flats(curve).flatMap(({ from, to, dead, even }) => [
    svgElement('rect', {
      class: 'flat',
      x: across(from),
      y: 0,
      width: across(to) - across(from),
      height: HEIGHT,
    }),
    svgElement(
      'text',
      {
        class: 'flatWord',
        x: (across(from) + across(to)) / 2,
        y: besideCurve(curve.a[curve.z.indexOf(from)]),
      },
      [text(dead ? 'deck.dead' : even ? 'deck.leak' : 'deck.flat')],
    ),
  ]);
  const axes = [
    svgElement('path', { class: 'axisLine', d: `M0,${down(0)}H${WIDTH}M${across(0)},0V${HEIGHT}` }),
    ...[-1, 1].map((tick) =>
      svgElement('text', { class: 'tick', x: across(0) - 6, y: down(tick) }, [shortest(tick)]),
    ),
    ...[-4, -2, 2, 4].map((tick) =>
      svgElement('text', { class: 'tick below', x: across(tick), y: down(0) + 14 }, [shortest(tick)]),
    ),
  ];
  return [...shades, ...axes, line(curve.slope, 'slope'), line(curve.a, 'value')];
}

/** @param {HTMLElement} root @param {Actions} actions */
export function createActivationCurves(root, actions) {
  const input = element('input', { type: 'range', name: 'z', 'aria-label': 'z' });
  const output = element('output');
  const slider = createSlider(input, output, {
    values: () => VALUES,
    change: (z) => void actions.setZ(z),
    words: (z) => fixed(z, 1),
  });
  const grid = element('div', { class: 'shapeGrid' });
  root.append(element('div', { class: 'sliderRow' }, [formulaNode('z'), input, output]), grid);
  /** @type {Lecture['shapes'] | null} */
  let drawn = null;

  function drag(/** @type {PointerEvent} */ event) {
    const svg = event.target instanceof Element ? event.target.closest('svg') : null;
    if (!svg || event.buttons !== 1) return;
    const box = svg.getBoundingClientRect();
    const z = -REACH + (2 * REACH * (event.clientX - box.left)) / box.width;
    void actions.setZ(Number(Math.max(-REACH, Math.min(REACH, z)).toFixed(1)));
  }
  grid.addEventListener('pointerdown', drag);
  grid.addEventListener('pointermove', drag);

  /** @param {Lecture['shapes']} shapes */
  function build(shapes) {
    drawn = shapes;
    grid.replaceChildren(
      ...Object.entries(shapes).map(([name, curve]) => {
        const marks = [
          svgElement('path', { class: 'at' }),
          svgElement('circle', { class: 'dot value', r: 6 }),
          svgElement('circle', { class: 'dot slope', r: 6 }),
        ];
        const label = text(`activation.${name}.name`);
        const svg = svgElement(
          'svg',
          { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label },
          [...drawing(curve), ...marks],
        );
        const reading = element('p', { class: 'shapeReading' }, [
          element('output', { 'data-value': 'a' }),
          element('output', { 'data-value': 'slope' }),
        ]);
        return element('figure', { 'data-shape': name }, [
          element('figcaption', {}, [element('b', {}, [label]), reading]),
          svg,
        ]);
      }),
    );
  }

  return {
    /** @param {Lecture} lecture */
    update(lecture) {
      root.hidden = !showsPart(lecture, 'shapes');
      if (root.hidden) return;
      if (lecture.shapes !== drawn) build(lecture.shapes);
      slider.set(lecture.z);
      for (const figure of grid.children) {
        const response = lecture.shapesAt[figure.getAttribute('data-shape') ?? ''];
        if (!response) continue;
        requireElement(figure, '[data-value=a]', HTMLOutputElement).value = `g(z) = ${fixed(response.a, 4)}`;
        requireElement(figure, '[data-value=slope]', HTMLOutputElement).value =
          `g\u2032(z) = ${fixed(response.slope, 4)}`;
        requireElement(figure, '.at', SVGElement).setAttribute('d', `M${across(lecture.z)},0V${HEIGHT}`);
        for (const [kind, value] of [
          ['value', response.a],
          ['slope', response.slope],
        ]) {
          const dot = requireElement(figure, `.dot.${kind}`, SVGElement);
          dot.setAttribute('cx', String(across(lecture.z)));
          dot.setAttribute('cy', String(down(Number(value))));
        }
      }
    },
    destroy() {},
  };
}
