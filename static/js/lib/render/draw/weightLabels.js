/** Weights and biases as numbers on the diagram: where they stand is worked out once for each arrangement. */

import { alongLink } from '../../plot/diagramLayout.js';
import { parameterIndex } from '../../model/parameterLayout.js';
import { biasPosition } from '../../plot/diagramHitTest.js';
import { css } from '../../plot/colorScale.js';

/** @typedef {import('../../plot/diagramLayout.js').Geometry} Geometry */
/** @typedef {import('../../plot/diagramLayout.js').Link} Link */
/** @typedef {import('../../plot/diagramLayout.js').Point} Point */
/** @typedef {import('../../model/parameterLayout.js').Block} Block */
/** @typedef {import('../scene.js').View} View */
/** @typedef {OffscreenCanvasRenderingContext2D} Context */

const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8, 0.14, 0.86];
const DIGITS = 2;
const WIDTH = 2.2;
const HEIGHT = 0.8;
const MOST = 700;
const HALO = 3;
const CROWDED = 0.12;
const SMALLEST = 1.5;

let isLoading = false;

/** The page's letters, for the worker, when the first number is drawn. */
function loadLetters() {
  if (isLoading) return;
  isLoading = true;
  const address = new URL('../../../../vendor/inter-latin-wght-normal.woff2', import.meta.url).href;
  const face = new FontFace('Inter Variable', `url(${address})`, { weight: '100 900' });
  /** @type {{fonts: {add: (face: FontFace) => void}}} */ (/** @type {unknown} */ (globalThis)).fonts.add(
    face,
  );
  void face.load();
}

/** @param {number} value @param {string} decimal */
function words(value, decimal) {
  if (!Number.isFinite(value)) return 'NaN';
  const size = Math.abs(value);
  const rounded = size >= 1e5 ? value.toExponential(0) : value.toFixed(size >= 100 ? 0 : DIGITS);
  const plain = Number(rounded) === 0 ? (0).toFixed(DIGITS) : rounded;
  return plain.replace('-', '\u2212').replace('.', decimal);
}

/**
 * How much a number here would lie on those that stand already.
 * @param {Point} at
 * @param {Point[]} taken
 * @param {number} rem
 */
function overlap({ x, y }, taken, rem) {
  let sum = 0;
  for (const other of taken) {
    const across = 1 - Math.abs(other.x - x) / (WIDTH * rem);
    const down = 1 - Math.abs(other.y - y) / (HEIGHT * rem);
    if (across > 0 && down > 0) sum += across * down;
  }
  return sum;
}

/**
 * A place on each link where its number is clear of the others. Where there is none it is left out, but for
 * those a
 * person asks about.
 * @param {Link[]} links @param {(link: Link) => boolean} isAsked @param {number} rem
 */
function settle(links, isAsked, rem) {
  /** @type {Point[]} */
  const taken = [];
  /** @type {{link: Link, spot: Point}[]} */
  const settled = [];
  const asked = links.filter(isAsked);
  for (const link of [...asked, ...links.filter((other) => !isAsked(other))]) {
    const roomy = link.to.x - link.from.x >= WIDTH * rem;
    let spot = alongLink(link, SHARES[0]);
    let least = overlap(spot, taken, rem);
    for (const share of SHARES) {
      if (least === 0) break;
      const other = alongLink(link, share);
      const worse = overlap(other, taken, rem);
      if (worse < least) [spot, least] = [other, worse];
    }
    if (!isAsked(link) && (!roomy || least > CROWDED)) continue;
    taken.push(spot);
    settled.push({ link, spot });
  }
  return settled;
}

/** @type {{geometry: Geometry | null, which: string, numbers: {link: Link, spot: Point}[]}} */
let known = { geometry: null, which: '', numbers: [] };

/** The links whose numbers are shown, with their places. @param {View} view */
function wanted({ geometry, figures, chosen, pointed, rem }) {
  const unit = chosen ?? pointed;
  const all = figures === 'all';
  const which = `${all} ${unit?.layer} ${unit?.unit}`;
  if (known.geometry !== geometry || known.which !== which) {
    const isAsked = (/** @type {Link} */ link) => link.layer === unit?.layer && link.unit === unit.unit;
    const links = all && geometry.links.length <= MOST ? geometry.links : geometry.links.filter(isAsked);
    known = { geometry, which, numbers: settle(links, isAsked, rem) };
  }
  return { numbers: known.numbers, all, unit };
}

/**
 * In CSS pixels.
 * @param {Context} context
 * @param {ArrayLike<number>} theta
 * @param {Block[]} blocks
 * @param {View} view
 */
export function drawWeightLabels(context, theta, blocks, view) {
  if (view.figures === 'none') return;
  loadLetters();
  const { geometry, colors, rem, chosen, decimal } = view;
  const { numbers, all, unit } = wanted(view);
  context.font = `500 ${0.6875 * rem}px "Inter Variable", sans-serif`;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = HALO;
  context.strokeStyle = css(colors.paper);
  context.fillStyle = css(colors.ink);
  const write = (
    /** @type {number} */ value,
    /** @type {Point} */ { x, y },
    /** @type {boolean} */ faint,
  ) => {
    context.globalAlpha = faint ? 0.25 : 1;
    context.strokeText(words(value, decimal), x, y);
    context.fillText(words(value, decimal), x, y);
  };
  const other = (/** @type {number} */ layer, /** @type {number} */ index) =>
    chosen !== null && (layer !== chosen.layer || index !== chosen.unit);
  context.textAlign = 'center';
  for (const { link, spot } of numbers)
    write(
      theta[parameterIndex(blocks, link.layer, link.unit, link.input)],
      spot,
      other(link.layer, link.unit),
    );
  for (const { layer, units, size } of geometry.columns.slice(1)) {
    units.forEach((centre, index) => {
      const asked = layer === unit?.layer && index === unit.unit;
      if (!asked && (!all || size < SMALLEST * rem)) return;
      const spot = biasPosition(centre, size);
      write(
        theta[parameterIndex(blocks, layer, index, -1)],
        { x: spot.x + 0.45 * rem, y: spot.y + 0.75 * rem },
        other(layer, index),
      );
    });
  }
  context.globalAlpha = 1;
}
