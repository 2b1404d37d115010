/**
 * The plane: what the network says everywhere on it, the examples on top, axes beside, the value under the
 * pointer.
 */

import { className } from '../../lib/format/classNames.js';
import { clearCanvas, element, requireElement, showPicture, setText } from '../../lib/dom/element.js';
import { offersOf, predictionOf, targetsOf } from '../../lib/model/selectors.js';
import { formulaNodes } from '../../lib/format/notation.js';
import { readable, shortest, whole } from '../../lib/format/number.js';
import { drawPoints } from '../../lib/plot/scatter.js';
import { text } from '../../lib/format/i18n.js';
import { ticksOf } from '../../lib/plot/ticks.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').Plane} Plane */
/** @typedef {import('../../actions/index.js').Actions} Actions */

const RADIUS = 0.17;
const SMALL_RADIUS = 0.13;
const MANY = 700;
const TINY_RADIUS = 0.075;
const CROWD = 3000;

/** @param {HTMLElement} across @param {HTMLElement} up @param {Plane} plane */
function drawAxes(across, up, { x1, x2 }) {
  const label = (
    /** @type {number} */ tick,
    /** @type {[number, number]} */ [low, high],
    /** @type {'left' | 'bottom'} */ side,
  ) => {
    const node = element('span', {}, [shortest(tick, 3)]);
    node.style[side] = `${(100 * (tick - low)) / (high - low)}%`;
    return node;
  };
  across.replaceChildren(...ticksOf(x1).map((tick) => label(tick, x1, 'left')));
  up.replaceChildren(...ticksOf(x2).map((tick) => label(tick, x2, 'bottom')));
}

/**
 * What the network says at a place, read off the picture's own grid.
 * @param {State} state
 * @param {number} across 0…1
 * @param {number} up 0…1
 */
function readingAt({ pictures, network, data }, across, up) {
  if (!pictures?.board || pictures.enlarged || !network?.plane) return null;
  const { side, field } = pictures;
  const points = side * side;
  const k = Math.round(up * (side - 1)) * side + Math.round(across * (side - 1));
  const { x1, x2 } = network.plane;
  const at = {
    x1: readable(x1[0] + across * (x1[1] - x1[0]), 2),
    x2: readable(x2[0] + up * (x2[1] - x2[0]), 2),
  };
  if (network.classes > 2) {
    let best = 0;
    for (let c = 1; c < field.length / points; c += 1)
      if (field[c * points + k] > field[best * points + k]) best = c;
    return text('board.class', {
      ...at,
      name: className(data, best),
      value: readable(field[best * points + k], 2),
    });
  }
  const kind = predictionOf(network) === 'sigmoid' ? 'board.chance' : 'board.value';
  return text(kind, { ...at, value: readable(field[k], 2) });
}

/** A few points are large, a crowd of them leaves the boundary to be seen. @param {number} count */
function radiusFor(count) {
  if (count > CROWD) return TINY_RADIUS;
  if (count > MANY) return SMALL_RADIUS;
  return count < 10 ? 1.8 * RADIUS : RADIUS;
}

/** @param {HTMLCanvasElement} canvas @param {State} state */
function drawExamples(canvas, state) {
  const { data, network, palette, layoutSizes, ui } = state;
  const size = layoutSizes.board;
  const context = clearCanvas(canvas, size, size);
  if (!data || !network?.plane || !palette || data.x[0]?.length !== 2) return;
  const [, range] = targetsOf(state);
  const marks = data.x.flatMap(([x1, x2], index) => {
    const hollow = data.split[index] === 'test';
    return hollow && !ui.testPoints ? [] : [{ x1, x2, label: data.labels[index], hollow }];
  });
  drawPoints(context, marks, {
    plane: network.plane,
    width: size,
    height: size,
    radius: radiusFor(marks.length) * layoutSizes.rem,
    palette,
    meaning: { task: data.task, classes: data.classes, range },
    outlined: marks.length <= CROWD,
  });
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createPlane(root, actions) {
  const field = requireElement(root, '.plane', HTMLCanvasElement);
  const points = requireElement(root, '.points', HTMLCanvasElement);
  const reading = requireElement(root, '.tag', HTMLElement);
  const needsTwo = element('p', { class: 'needsTwo', hidden: true });
  root.append(needsTwo);
  const caption = element('p', { class: 'whose', hidden: true });
  root.append(caption);
  const axes = {
    across: requireElement(root, '.across', HTMLElement),
    up: requireElement(root, '.up', HTMLElement),
  };
  const watcher = new ResizeObserver(() => {
    // Hidden, it keeps its size, and the maps their pictures.
    if (root.clientWidth > 0) actions.setLayoutSizes({ board: root.clientWidth });
  });
  watcher.observe(root);
  /** @type {State | null} */
  let before = null;
  /** @type {{across: number, up: number} | null} */
  let pointer = null;
  let axesDrawn = '';

  root.addEventListener('pointermove', (event) => {
    const box = root.getBoundingClientRect();
    const across = (event.clientX - box.left) / box.width;
    const up = 1 - (event.clientY - box.top) / box.height;
    pointer = across >= 0 && across <= 1 && up >= 0 && up <= 1 ? { across, up } : null;
    if (before) read(before);
  });
  root.addEventListener('pointerleave', () => {
    pointer = null;
    if (before) read(before);
  });

  /** Whose answers the plane shows, while a unit or an input is pointed at. @param {State} state */
  function name({ pictures, network, catalog, layoutSizes }) {
    const unit = pictures?.enlarged ?? null;
    caption.hidden = !unit || !catalog || !network;
    if (!unit || !catalog || !network) return;
    const input =
      unit.layer < 0 ? offersOf(catalog, network.spec.features, layoutSizes.used)[unit.unit] : null;
    if (input) caption.replaceChildren(...formulaNodes(input.formula));
    else setText(caption, text('network.unit.name', { unit: unit.unit + 1, layer: unit.layer + 2 }));
  }

  /** @param {State} state */
  function read(state) {
    const words = pointer && readingAt(state, pointer.across, pointer.up);
    reading.hidden = !words;
    if (!words || !pointer) return;
    setText(reading, words);
    const half = reading.offsetWidth / 2;
    reading.style.left = `${Math.max(half, Math.min(root.clientWidth - half, pointer.across * root.clientWidth))}px`;
    reading.style.top = `${100 * Math.max(0.1, 1 - pointer.up)}%`;
  }

  /** @param {State} state */
  function describe({ network, frame }) {
    if (!network?.plane) return;
    const { x1, x2 } = network.plane;
    const [low1, high1, low2, high2] = [...x1, ...x2].map((value) => shortest(value, 3));
    const words = { x1: 'x1', x2: 'x2', low1, high1, low2, high2, step: whole(frame?.step ?? 0) };
    field.setAttribute('aria-label', text('board.described', words));
  }

  return {
    /** @param {State} state */
    update(state) {
      const same = (/** @type {keyof State} */ slice) => before?.[slice] === state[slice];
      if (!same('pictures') && state.pictures) {
        const { board } = state.pictures;
        if (board) showPicture(field, board, state.layoutSizes.density);
        name(state);
      }
      if (!same('data') || !same('network') || !same('ui') || !same('palette') || !same('layoutSizes'))
        drawExamples(points, state);
      const inputs = state.data?.x[0]?.length ?? 2;
      for (const axis of Object.values(axes)) axis.hidden = state.network?.plane === null;
      needsTwo.hidden = !state.network || state.network.plane !== null || inputs === 2;
      if (!needsTwo.hidden) setText(needsTwo, text('board.needsTwo', { count: inputs }));
      if (state.network?.plane && !same('network')) {
        const plane = JSON.stringify(state.network.plane);
        if (plane !== axesDrawn) drawAxes(axes.across, axes.up, state.network.plane);
        axesDrawn = plane;
        describe(state);
      }
      before = state;
      if (pointer) read(state);
    },
    destroy() {
      watcher.disconnect();
    },
  };
}
