/**
 * E as a curve over the one weight chosen: where it stands, the tangent whose slope is ∂E/∂w, and an arrow to
 * where one
 * step of gradient descent leads. The ball is dragged to try another value, the arrow's head to try another
 * rate.
 */

import { element, setAttribute } from '../../lib/dom/element.js';
import { decades, nextStep } from '../../lib/ui/stepper.js';
import { powerOfTen, readable, shortest } from '../../lib/format/number.js';
import { svgElement, polylinePath } from '../../lib/dom/svg.js';
import { text } from '../../lib/format/i18n.js';
import { enlargement, lossAt, rateTo, sliceRange, lossRange } from '../../lib/model/lossSlice.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/probe.js').Slice} Slice */
/** @typedef {{setWeight: (value: number) => void, setRate: (rate: number) => void}} SliceActions */

const WIDTH = 240;
const HEIGHT = 132;
const TOP = 8;
const FLOOR = 116;
const BALL = 5;
const GRASP = { mouse: 14, touch: 24 };
const SEEN = 14;
const TANGENT = 46;
const STEEPEST = 1e4;
const RATES = decades(-5, 1);

/**
 * A place in the drawing, or beyond its edge but not out of all bounds.
 * @param {number} at
 * @param {number} size
 */
const near = (at, size) => Math.max(-size, Math.min(2 * size, at));

/** @param {Pick<Slice, 'values' | 'losses'>} slice */
function scalesOf({ values, losses }) {
  const low = values[0];
  const high = values[values.length - 1];
  const [least, most] = lossRange(losses);
  return {
    x: (/** @type {number} */ value) => near(((value - low) / (high - low)) * WIDTH, WIDTH),
    y: (/** @type {number} */ loss) =>
      near(FLOOR - ((loss - least) / (most - least)) * (FLOOR - TOP), HEIGHT),
    value: (/** @type {number} */ x) => low + (x / WIDTH) * (high - low),
    perPixel: (high - low) / WIDTH,
    low,
    high,
    steepness: (WIDTH / (high - low)) * ((most - least) / (FLOOR - TOP)),
  };
}

/** The pieces of the drawing, made once. */
function piecesOf() {
  const pieces = {
    curve: svgElement('path', { class: 'valleyCurve' }),
    tangent: svgElement('path', { class: 'tangent' }),
    drop: svgElement('path', { class: 'drop' }),
    arrow: svgElement('path', { class: 'arrow' }),
    next: svgElement('circle', { class: 'next', r: BALL - 1 }),
    head: svgElement('path', {
      class: 'arrowHead',
      role: 'slider',
      tabindex: 0,
      'aria-label': text('valley.rate'),
    }),
    ball: svgElement('circle', { class: 'ball', r: BALL }),
    times: svgElement('text', { class: 'times', 'text-anchor': 'middle' }),
    low: svgElement('text', { class: 'end', x: 2, y: HEIGHT - 3 }),
    zero: svgElement('text', { class: 'end', x: WIDTH / 2, y: HEIGHT - 3, 'text-anchor': 'middle' }, ['0']),
    high: svgElement('text', { class: 'end', x: WIDTH - 2, y: HEIGHT - 3, 'text-anchor': 'end' }),
  };
  const axis = svgElement('path', { class: 'floor', d: `M0,${FLOOR}H${WIDTH}M${WIDTH / 2},${FLOOR}v4` });
  const root = svgElement('svg', { class: 'valley', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'group' }, [
    axis,
    ...Object.values(pieces),
  ]);
  return { root, pieces };
}

/** @param {SliceActions} acts */
export function createLossSlice(acts) {
  const { root, pieces } = piecesOf();
  const words = element('p', { class: 'descent' });
  /** @type {Slice | null} */
  let slice = null;
  let frozen = false;
  /** What is held: the value tried, or the rate. @type {{what: 'value' | 'rate', at: number} | null} */
  let held = null;
  let headAt = 0;

  /** @param {Slice} of */
  const stand = (of) => (held?.what === 'value' ? held.at : of.value);

  /** @param {Slice} of @param {number} value */
  function drawBall(of, value) {
    const { x, y } = scalesOf(of);
    const height = lossAt(of, value) ?? of.loss ?? 0;
    setAttribute(pieces.ball, 'cx', x(value).toFixed(1));
    setAttribute(pieces.ball, 'cy', y(height).toFixed(1));
    return { x: x(value), y: y(height) };
  }

  /** @param {Slice} of @param {{x: number, y: number}} at */
  function drawTangent({ values, losses, gradient }, at) {
    const { steepness } = scalesOf({ values, losses });
    const rise = Math.max(-STEEPEST, Math.min(STEEPEST, -(gradient ?? 0) / steepness));
    const across = TANGENT / Math.hypot(1, rise);
    const end = (/** @type {number} */ dx) => `${(at.x + dx).toFixed(1)},${(at.y + dx * rise).toFixed(1)}`;
    setAttribute(pieces.tangent, 'd', `M${end(-across)}L${end(across)}`);
  }

  /**
   * The arrow to the next value, and where it comes to stand on the curve.
   * @param {Slice} of
   * @param {{x: number, y: number}} at
   */
  function drawArrow(of, at) {
    const scales = scalesOf(of);
    const rate = held?.what === 'rate' ? held.at : of.rate;
    const next = of.value - rate * (of.gradient ?? 0);
    const times = held?.what === 'rate' ? 1 : enlargement((next - of.value) / scales.perPixel, SEEN);
    const end = scales.x(of.value + times * (next - of.value));
    const way = end < at.x ? -1 : 1;
    headAt = end;
    setAttribute(pieces.arrow, 'd', `M${at.x.toFixed(1)},${at.y.toFixed(1)}H${end.toFixed(1)}`);
    setAttribute(pieces.head, 'd', `M${end.toFixed(1)},${at.y.toFixed(1)}l${-way * 8},-4.5v9z`);
    const height = times === 1 ? lossAt(of, Math.min(scales.high, Math.max(scales.low, next))) : null;
    pieces.next.toggleAttribute('hidden', height === null);
    pieces.drop.toggleAttribute('hidden', height === null);
    if (height !== null) {
      setAttribute(pieces.next, 'cx', end.toFixed(1));
      setAttribute(pieces.next, 'cy', scales.y(height).toFixed(1));
      setAttribute(pieces.drop, 'd', `M${end.toFixed(1)},${at.y.toFixed(1)}V${scales.y(height).toFixed(1)}`);
    }
    pieces.times.textContent = times === 1 ? '' : text('valley.times', { times: powerOfTen(times) });
    setAttribute(pieces.times, 'x', String(Math.min(WIDTH - 34, Math.max(34, (at.x + end) / 2))));
    setAttribute(pieces.times, 'y', String(at.y > TOP + 22 ? at.y - 9 : at.y + 17));
    say(of, rate, next);
  }

  /** @param {Slice} of @param {number} rate @param {number} next */
  function say(of, rate, next) {
    const slope = readable(of.gradient, 4);
    const values = {
      value: readable(of.value, 4),
      rate: shortest(rate, 3),
      gradient: (of.gradient ?? 0) < 0 ? `(${slope})` : slope,
      next: readable(next, 4),
    };
    const said = text(held?.what === 'rate' ? 'valley.tried' : 'valley.step', values);
    if (words.textContent !== said) words.textContent = said;
    setAttribute(pieces.head, 'aria-valuenow', String(rate));
    setAttribute(pieces.head, 'aria-valuetext', said);
  }

  function draw() {
    root.toggleAttribute('data-empty', slice === null);
    if (!slice) return;
    const { x, y, low, high } = scalesOf(slice);
    const points = slice.values.flatMap((value, index) => {
      const loss = slice?.losses[index] ?? null;
      return loss === null ? [] : [/** @type {[number, number]} */ ([x(value), y(loss)])];
    });
    setAttribute(pieces.curve, 'd', polylinePath(points));
    pieces.low.textContent = shortest(low);
    pieces.high.textContent = shortest(high);
    const at = drawBall(slice, stand(slice));
    const still = held?.what === 'value' || slice.gradient === null;
    pieces.tangent.toggleAttribute('hidden', still);
    for (const piece of [pieces.arrow, pieces.head, pieces.drop, pieces.next, pieces.times])
      piece.toggleAttribute('hidden', still || frozen);
    if (!still) drawTangent(slice, at);
    if (!still && !frozen) drawArrow(slice, at);
    else
      words.textContent =
        held?.what === 'value'
          ? text('valley.here', { value: readable(held.at, 3), loss: readable(lossAt(slice, held.at), 4) })
          : text(frozen ? 'valley.frozen' : 'valley.flat');
    setAttribute(
      root,
      'aria-label',
      text('valley.described', {
        loss: readable(slice.loss, 4),
        value: readable(slice.value, 3),
        gradient: readable(slice.gradient, 4),
      }),
    );
  }

  /** Where the pointer is, in the drawing's own units. @param {PointerEvent} event */
  function under(event) {
    const box = root.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * WIDTH,
      y: ((event.clientY - box.top) / box.height) * HEIGHT,
    };
  }

  /** @param {PointerEvent} event */
  function drag(event) {
    if (!held || !slice) return;
    const { value, low, high } = scalesOf(slice);
    const at = Math.min(high, Math.max(low, value(under(event).x)));
    if (held.what === 'value') {
      held.at = Number(at.toFixed(3));
      acts.setWeight(held.at);
    } else {
      const rate = rateTo(slice.value, slice.gradient ?? 0, at);
      if (rate > 0 && Number.isFinite(rate)) held.at = Number(rate.toPrecision(2));
    }
    draw();
  }

  root.addEventListener('pointerdown', (event) => {
    if (!(event instanceof PointerEvent) || !slice) return;
    const { x, y } = under(event);
    const grasp = GRASP[event.pointerType === 'touch' ? 'touch' : 'mouse'];
    const ball = { x: Number(pieces.ball.getAttribute('cx')), y: Number(pieces.ball.getAttribute('cy')) };
    const toHead = Math.hypot(x - headAt, y - ball.y);
    const isHead = !frozen && slice.gradient && toHead < grasp && toHead < Math.hypot(x - ball.x, y - ball.y);
    held = isHead ? { what: 'rate', at: slice.rate } : { what: 'value', at: slice.value };
    root.setPointerCapture(event.pointerId);
    event.preventDefault();
    drag(event);
  });
  root.addEventListener('pointermove', (event) => event instanceof PointerEvent && drag(event));
  for (const end of ['pointerup', 'pointercancel']) {
    root.addEventListener(end, () => {
      if (held?.what === 'rate' && end === 'pointerup') acts.setRate(held.at);
      held = null;
      draw();
    });
  }
  pieces.head.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || !slice || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    event.stopPropagation();
    acts.setRate(nextStep(RATES, slice.rate, event.key === 'ArrowUp' || event.key === 'ArrowRight' ? 1 : -1));
  });

  draw();
  return {
    nodes: [root, words],
    /** How far the curve goes from 0. */
    reach: () => (slice ? slice.values[slice.values.length - 1] : sliceRange(0)),
    /** @param {Slice | null} next @param {boolean} isFrozen */
    update(next, isFrozen) {
      if (next === slice && frozen === isFrozen) return;
      slice = next;
      frozen = isFrozen;
      draw();
    },
  };
}
