/**
 * Where everything in the diagram stands: columns left to right (inputs, hidden layers, output), their
 * units centred on one line. Pure numbers in CSS pixels, so that drawing, pointing and labels agree.
 */

/** @typedef {import('../model/parameterLayout.js').LayerSpec} LayerSpec */
/** @typedef {{x: number, y: number}} Point */
/**
 * @typedef {{
 *   kind: 'input' | 'hidden' | 'output',
 *   layer: number,
 *   x: number,
 *   size: number,
 *   units: Point[],
 * }} Column layer −1: the inputs
 */
/**
 * @typedef {{layer: number, unit: number, input: number, from: Point, to: Point}} Link from the right edge of
 *   one square to the left edge of the next
 */
/**
 * @typedef {{formula: string, active: number}} Offer a feature on offer; active: its place among the
 *   network's inputs, or −1
 */
/**
 * @typedef {{
 *   width: number,
 *   height: number,
 *   headHeight: number,
 *   thumb: number,
 *   compact: boolean,
 *   plain: boolean,
 *   used: boolean,
 *   columns: Column[],
 *   offers: Offer[],
 *   gaps: {x: number, layer: number}[],
 *   links: Link[],
 * }} Geometry thumb: how far from a part a finger may come down, 0 for a mouse
 */

const UNIT = 4;
const PITCH = 5.75;
const SHARE = 0.72;
const ACROSS = 0.6;
const SMALLEST = 1;
const FULL = 8;
const HEAD = 4.5;
const TOUCHED_HEAD = 6.5;
const PLAIN_HEAD = 1.75;
const PLAIN_LEFT = 3;
const PLAIN_LEFT_TEXT = 4.4;
const WORD = 4;
const PLAIN_ACROSS = 0.42;
const PLAIN_SMALLEST = 0.25;
const NUMBERS = 5;
const ABOVE = 2.3;
const WIDE = 26;
const AMPLE = 40;
const FOOT = 0.75;
const LEFT = 4.5;
const RIGHT = 2.4;
const NARROWEST = 3.85;
const NARROWEST_TOUCHED = 10;
const TOUCHED = 2.75;
const ROOMY = 6.4;
const BARE = 9;
const CROWD = 12;

/**
 * Whether numbers have room between a unit and the one above it.
 * @param {{pitch: number, size: number}} units
 * @param {number} rem
 */
export const isRoomAbove = ({ pitch, size }, rem) => pitch - size >= ABOVE * rem;

/**
 * @typedef {{
 *   top: number,
 *   height: number,
 *   pitch: number,
 *   closest: number,
 *   widest: number,
 *   least: number,
 * }} Room pitch, closest: from unit to unit, where there is space and where there is none; widest, least: the
 *   largest and the smallest square
 */

/**
 * Columns of up to eight units share one size; longer ones shrink theirs, down to a square that can still be
 * touched.
 * @param {number} count
 * @param {Room} room
 */
function spread(count, { height, pitch, closest, widest, least }) {
  const own = Math.min(pitch, Math.max(height / count, closest));
  return { pitch: own, size: Math.round(Math.min(widest, Math.max(least, own * SHARE))) };
}

/**
 * @param {Column['kind']} kind
 * @param {number} layer
 * @param {number} count
 * @param {number} x
 * @param {Room} room
 * @returns {Column}
 */
function column(kind, layer, count, x, room) {
  const { top, height } = room;
  const { pitch, size } = spread(count, room);
  const middle = top + Math.max(height, pitch * count) / 2;
  const units = Array.from({ length: count }, (_, i) => ({
    x: Math.round(x),
    y: Math.round(middle + (i - (count - 1) / 2) * pitch),
  }));
  return { kind, layer, x: Math.round(x), size, units };
}

/**
 * How far each layer stands from the inputs, as a share of the way: where there is room for numbers, many
 * links need more of it.
 * @param {number[]} counts of units, the inputs first
 * @param {boolean} roomy
 */
function distances(counts, roomy) {
  const gaps = counts
    .slice(1)
    .map((count, index) => (roomy ? BARE + Math.min(CROWD, count * counts[index]) : 1));
  const whole = gaps.reduce((sum, gap) => sum + gap, 0);
  return gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0) / whole);
}

/** @param {Column} column @param {number} unit @param {1 | -1} side */
function edge({ units, size }, unit, side) {
  return { x: units[unit].x + (side * size) / 2, y: units[unit].y };
}

/** @param {Column[]} columns @param {Offer[]} offers @returns {Link[]} */
function joinColumns(columns, offers) {
  const active = offers.flatMap((offer, index) => (offer.active < 0 ? [] : [{ index, input: offer.active }]));
  return columns.slice(1).flatMap((to, layer) => {
    const from = columns[layer];
    const sources = layer === 0 ? active : from.units.map((_, index) => ({ index, input: index }));
    return to.units.flatMap((_, unit) =>
      sources.map(({ index, input }) => ({
        layer,
        unit,
        input,
        from: edge(from, index, 1),
        to: edge(to, unit, -1),
      })),
    );
  });
}

/**
 * @param {Offer[]} offers
 * @param {LayerSpec[]} layers
 * @param {{width: number, height: number, rem: number, coarse: boolean, plain: boolean, used: boolean}} box
 *   coarse: touched by a finger, which needs room between columns; plain: heads of one line; used: only
 *   inputs that the network has
 * @returns {Geometry}
 */
export function layoutDiagram(offers, layers, box) {
  const { rem, coarse, plain, used } = box;
  const headHeight = (plain ? PLAIN_HEAD : coarse ? TOUCHED_HEAD : HEAD) * rem;
  const words = offers.some(({ active, formula }) => active >= 0 && formula.length > WORD);
  const left = plain ? (words ? PLAIN_LEFT_TEXT : PLAIN_LEFT) : LEFT;
  const touched = coarse && !plain;
  const smallest = (plain ? PLAIN_SMALLEST : SMALLEST) * rem;
  const closest = touched ? TOUCHED * rem : smallest / SHARE;
  const height = box.height - headHeight - FOOT * rem;
  const most = Math.min(FULL, Math.max(offers.length, ...layers.map(({ units }) => units)));
  const pitch = Math.max(touched ? closest : 0, Math.min(PITCH * rem, height / most));
  const roomWith = (/** @type {number} */ right, /** @type {number} */ width) => {
    const spacing = (width - (left + right) * rem) / (layers.length + 0.6);
    const widest = Math.min(UNIT * rem, Math.max(SMALLEST * rem, spacing * (plain ? PLAIN_ACROSS : ACROSS)));
    return { top: headHeight, height, pitch, closest, widest, least: smallest };
  };
  const outputs = layers[layers.length - 1]?.units ?? 1;
  const above = outputs === 1 || isRoomAbove(spread(outputs, roomWith(NUMBERS, box.width)), rem);
  const right = plain ? (above && box.width > WIDE * rem ? NUMBERS : 1) : RIGHT;
  const least =
    (left +
      right +
      (touched ? UNIT : UNIT / 2) +
      layers.length * (plain ? NARROWEST * 0.8 : touched ? NARROWEST_TOUCHED : NARROWEST)) *
    rem;
  const width = Math.max(box.width, least);
  const room = roomWith(right, width);
  const { size } = spread(1, room);
  const first = left * rem + size / 2;
  const last = width - right * rem - size / 2;
  const columns = [column('input', -1, offers.length, first, room)];
  const shares = distances(
    [offers.length, ...layers.map(({ units }) => units)],
    plain && box.width > AMPLE * rem,
  );
  layers.forEach(({ units }, layer) => {
    const x = first + (last - first) * shares[layer];
    columns.push(column(layer === layers.length - 1 ? 'output' : 'hidden', layer, units, x, room));
  });
  const lowest = Math.max(...columns.map(({ units, size }) => (units.at(-1)?.y ?? 0) + size / 2));
  return {
    width,
    height: Math.max(box.height, lowest + FOOT * rem),
    headHeight,
    thumb: coarse ? (TOUCHED / 2) * rem : 0,
    plain,
    used,
    compact: last - first < ROOMY * rem * layers.length,
    columns,
    offers,
    gaps: columns.slice(1).map(({ x }, layer) => ({ x: (columns[layer].x + x) / 2, layer })),
    links: joinColumns(columns, offers),
  };
}

/** The middle of a link, where its value is shown. @param {Link} link @returns {Point} */
export function middle({ from, to }) {
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}

/**
 * A link is a cubic curve that leaves and arrives level.
 * @param {CanvasPath} path
 * @param {Link} link
 */
export function traceLink(path, { from, to }) {
  const half = (to.x - from.x) / 2;
  path.moveTo(from.x, from.y);
  path.bezierCurveTo(from.x + half, from.y, to.x - half, to.y, to.x, to.y);
}

/**
 * The point a share t of the way along a link's curve.
 * @param {Link} link
 * @param {number} t
 * @returns {Point}
 */
export function alongLink({ from, to }, t) {
  const half = (to.x - from.x) / 2;
  const s = 1 - t;
  return {
    x: s ** 3 * from.x + 3 * s * s * t * (from.x + half) + 3 * s * t * t * (to.x - half) + t ** 3 * to.x,
    y: (s ** 3 + 3 * s * s * t) * from.y + (3 * s * t * t + t ** 3) * to.y,
  };
}
