/** The colour scale with its range, and what the shapes mean; beside it the two switches of the plane. */

import { className, classSign } from '../../lib/format/classNames.js';
import { clearCanvas, element, requireElement } from '../../lib/dom/element.js';
import { targetsOf } from '../../lib/model/selectors.js';
import { shortest } from '../../lib/format/number.js';
import { labelColor, markerOf, traceShape } from '../../lib/plot/markers.js';
import { css, mix } from '../../lib/plot/colorScale.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../lib/plot/palette.js').Palette} Palette */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const PIECES = 24;
const MARK = 0.75;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Palette} palette
 * @param {boolean} discretize
 * @param {number} rem
 */
function drawStrip(canvas, palette, discretize, rem) {
  const width = 3.5 * rem;
  const height = 0.5 * rem;
  const context = clearCanvas(canvas, width, height);
  for (let piece = 0; piece < PIECES; piece += 1) {
    const value = (2 * (piece + 0.5)) / PIECES - 1;
    const shown = discretize ? Math.sign(value) : value;
    const end = shown < 0 ? palette.fieldNegative : palette.fieldPositive;
    context.fillStyle = css(mix(palette.neutral, end, Math.abs(shown)));
    context.fillRect((piece * width) / PIECES, 0, width / PIECES + 0.5, height);
  }
}

/**
 * A label's mark as it stands on the plane.
 * @param {{task: string, classes: number, range: number}} meaning
 * @param {number} label
 * @param {State} state
 */
function drawMark(meaning, label, { palette, layoutSizes }) {
  const size = MARK * layoutSizes.rem;
  const canvas = element('canvas', { class: 'shape', 'aria-hidden': 'true' });
  if (!palette) return canvas;
  const context = clearCanvas(canvas, size, size);
  const look = markerOf(meaning, label);
  const path = new Path2D();
  traceShape(path, look.shape, size / 2, size / 2, size * 0.36);
  context.fillStyle = labelColor(look, palette, (value) => (value < 0 ? palette.negative : palette.positive));
  context.fill(path);
  return canvas;
}

/** @param {State} state */
function scaleNodes(state) {
  const { network, data, palette, ui, layoutSizes } = state;
  if (!network || !palette) return [];
  const { task, classes } = network;
  const [low, high] = targetsOf(state);
  const meaning = { task, classes, range: high };
  if (classes > 2) {
    return Array.from({ length: classes }, (_, label) => {
      const [sign, name] = [classSign(data, label), className(data, label)];
      return element('span', { class: 'classSign', title: name }, [
        drawMark(meaning, label, state),
        sign === name ? name : `${sign} ${name}`,
      ]);
    });
  }
  const strip = element('canvas', { role: 'img', 'aria-label': text('scale.described', { low, high }) });
  drawStrip(strip, palette, ui.discretize, layoutSizes.rem);
  const ends =
    task === 'classification' ? [drawMark(meaning, -1, state), drawMark(meaning, 1, state)] : ['', ''];
  const named = data?.class_names?.length === 2;
  const [first, last] = [low, high].map((value, index) =>
    element('span', { class: 'end' }, [named ? className(data, index) : shortest(value, 3)]),
  );
  return [ends[0], first, strip, last, ends[1]];
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createLegend(root, actions) {
  const scale = requireElement(root, '#scale', HTMLElement);
  const testPoints = requireElement(root, '[name=testPoints]', HTMLInputElement);
  const discretize = requireElement(root, '[name=discretize]', HTMLInputElement);
  testPoints.addEventListener('change', () => actions.setUi({ testPoints: testPoints.checked }));
  discretize.addEventListener('change', () => actions.setUi({ discretize: discretize.checked }));
  /** @type {State | null} */
  let before = null;

  return {
    /** @param {State} state */
    update(state) {
      testPoints.checked = state.ui.testPoints;
      discretize.checked = state.ui.discretize;
      const slices = /** @type {const} */ (['data', 'palette', 'ui', 'layoutSizes', 'network']);
      if (slices.every((slice) => before?.[slice] === state[slice])) return;
      before = state;
      scale.replaceChildren(...scaleNodes(state));
    },
    destroy() {},
  };
}
