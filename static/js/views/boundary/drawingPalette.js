/**
 * The pen's palette, in the legend's place: a mark for each class or a value, the eraser, and how many
 * classes there are.
 */

import { className, classSign } from '../../lib/format/classNames.js';
import {
  clearCanvas,
  element,
  setEnabled,
  icon,
  setAttribute,
  requireElement,
  setText,
} from '../../lib/dom/element.js';
import { targetsOf } from '../../lib/model/selectors.js';
import { readable } from '../../lib/format/number.js';
import { labelColor, markerOf, traceShape } from '../../lib/plot/markers.js';
import { labelsOf } from '../../lib/model/rows.js';
import { mix } from '../../lib/plot/colorScale.js';
import { createSlider } from '../../lib/ui/slider.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').Data} Data */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const MOST = 10;
const STEPS = 20;
const SIZE = 0.8;
const ARROWS = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'];

/** Whether single points can be drawn at all. @param {State} state */
const drawable = ({ network, data }) =>
  Boolean(network?.plane && data && (data.task !== 'regression' || (data.y[0]?.length ?? 1) === 1));

/** @param {HTMLCanvasElement} canvas @param {Data} data @param {number} label @param {State} state */
function drawMark(canvas, { task, classes }, label, { palette, layoutSizes }) {
  const size = SIZE * layoutSizes.rem;
  const context = clearCanvas(canvas, size, size);
  if (!palette) return;
  const look = markerOf({ task, classes, range: 1 }, label);
  const path = new Path2D();
  traceShape(path, look.shape, size / 2, size / 2, size * 0.36);
  context.fillStyle = labelColor(look, palette, (value) =>
    mix(palette.neutral, value < 0 ? palette.negative : palette.positive, Math.abs(value)),
  );
  context.fill(path);
}

/** @param {HTMLElement} list a radio group that arrow keys go through */
function listenToArrows(list) {
  list.addEventListener('keydown', (event) => {
    const way = ARROWS.indexOf(event.key);
    const all = [...list.querySelectorAll('button')];
    const at = all.findIndex((button) => button === document.activeElement);
    if (way < 0 || at < 0) return;
    event.preventDefault();
    const next = all[(at + (way < 2 ? 1 : all.length - 1)) % all.length];
    next.focus();
    next.click();
  });
}

/** @param {HTMLElement} root @param {Actions} actions */
function createBrushes(root, actions) {
  let built = '';
  /** @type {Map<number, HTMLButtonElement>} */
  const buttons = new Map();
  listenToArrows(root);

  /** @param {number} label @param {string} name @param {Node[]} content @param {string} [hint] */
  function brush(label, name, content, hint) {
    const button = element(
      'button',
      { type: 'button', class: 'brush', role: 'radio', 'aria-label': name, 'data-hint': hint ?? false },
      content,
    );
    button.addEventListener('click', () => actions.takeBrush(label));
    buttons.set(label, button);
    return button;
  }

  return {
    /** @param {State} state */
    update(state) {
      const { data, drawing, palette, layoutSizes } = state;
      if (!data || !palette) return;
      const labels = data.task === 'regression' ? [] : labelsOf(data);
      const names = labels.map((_, index) => className(data, index));
      const now = JSON.stringify([labels, names, palette.classes, palette.negative, layoutSizes.rem]);
      if (now !== built) {
        built = now;
        buttons.clear();
        const marks = labels.map((label, index) => {
          const canvas = element('canvas', { 'aria-hidden': 'true' });
          drawMark(canvas, data, label, state);
          const short = element('span', { 'aria-hidden': 'true' }, [classSign(data, index)]);
          return brush(label, text('draw.class', { name: names[index] }), [canvas, short]);
        });
        root.replaceChildren(...marks, brush(NaN, text('draw.erase.name'), [icon('eraser')], 'draw.erase'));
      }
      for (const [label, button] of buttons) {
        const taken =
          Object.is(label, drawing.brush) ||
          (data.task === 'regression' && !Number.isNaN(label) && !Number.isNaN(drawing.brush));
        setAttribute(button, 'aria-checked', String(taken));
        button.tabIndex = taken || data.task === 'regression' ? 0 : -1;
      }
    },
  };
}

/** @param {HTMLElement} root @param {Actions} actions */
function createValue(root, actions) {
  let range = 1;
  const values = () =>
    Array.from({ length: 2 * STEPS + 1 }, (_, k) => Number(((range * (k - STEPS)) / STEPS).toPrecision(6)));
  const slider = createSlider(
    requireElement(root, 'input', HTMLInputElement),
    requireElement(root, 'output', HTMLOutputElement),
    {
      values,
      change: (value) => actions.takeBrush(value),
      words: (value) => readable(value, 2),
    },
  );
  return {
    /** @param {State} state */
    update(state) {
      root.hidden = state.data?.task !== 'regression';
      if (root.hidden) return;
      range = targetsOf(state)[1];
      if (!Number.isNaN(state.drawing.brush)) slider.set(state.drawing.brush);
    },
  };
}

/**
 * @param {HTMLElement} root the panel
 * @param {Actions} actions
 */
export function createDrawingPalette(root, actions) {
  const toggle = requireElement(root, '#draw', HTMLButtonElement);
  const pens = requireElement(root, '#pens', HTMLElement);
  const what = requireElement(pens, '.penWords', HTMLElement);
  const said = requireElement(pens, '[role=status]', HTMLElement);
  const brushes = createBrushes(requireElement(pens, '.brushes', HTMLElement), actions);
  const value = createValue(requireElement(pens, '.brushValue', HTMLElement), actions);
  const tool = (/** @type {string} */ name) => requireElement(pens, `[name=${name}]`, HTMLButtonElement);
  const [fewer, more, blank] = ['fewer', 'more', 'blank'].map(tool);
  let classes = 2;
  toggle.addEventListener('click', () => actions.toggleDrawing());
  fewer.addEventListener('click', () => void actions.setClasses(classes - 1));
  more.addEventListener('click', () => void actions.setClasses(classes + 1));
  blank.addEventListener('click', () => actions.beginBlank());

  return {
    /** @param {State} state */
    update(state) {
      const { drawing, data } = state;
      const can = drawable(state);
      toggle.disabled = !can;
      toggle.title = can ? '' : text('draw.none');
      setAttribute(toggle, 'aria-pressed', String(drawing.on));
      pens.hidden = !drawing.on || !can;
      root.classList.toggle('drawing', !pens.hidden);
      if (pens.hidden || !data) return;
      ({ classes } = data);
      brushes.update(state);
      value.update(state);
      fewer.hidden = more.hidden = data.task === 'regression';
      setEnabled(fewer, classes > 2);
      setEnabled(more, classes < MOST);
      setAttribute(blank, 'aria-pressed', String(drawing.blank));
      setText(what, text(drawing.blank ? 'draw.blank.what' : 'draw.own'));
      setText(said, drawing.said);
    },
    destroy() {},
  };
}
