/**
 * Every weight as a field of colour: a matrix per layer, the bias first, as [b | W] stands in the flat
 * vector.
 */

import { clearCanvas, element, setAttribute, setText } from '../../lib/dom/element.js';
import { blocksOf, thetaOf } from '../../lib/model/selectors.js';
import { weightName } from '../../lib/format/notation.js';
import { readable, shortest, whole } from '../../lib/format/number.js';
import { parameterIndex } from '../../lib/model/parameterLayout.js';
import { css, mix } from '../../lib/plot/colorScale.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {import('../../lib/model/parameterLayout.js').Block} Block */
/** @typedef {import('../../lib/plot/palette.js').Palette} Palette */
/**
 * @typedef {{theta: Float32Array, blocks: Block[], palette: Palette, reach: number, rem: number}} Field
 *   reach: the largest size of a weight
 */

const PERIOD_MS = 50;
const LARGEST = 40;
const SMALLEST = 7;
const GAP = 14;
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * The largest cells with which all matrices fit into a box, put side by side and broken into lines.
 * @param {Block[]} blocks
 * @param {number} width
 * @param {number} height
 */
function cellFor(blocks, width, height) {
  for (let cell = LARGEST; cell > SMALLEST; cell -= 1) {
    let [across, down, line] = [0, 0, 0];
    for (const { inputs, units } of blocks) {
      const size = { across: (inputs + 1) * cell + GAP, down: units * cell + 2.4 * GAP };
      if (across + size.across > width) {
        down += line;
        [across, line] = [0, 0];
      }
      across += size.across;
      line = Math.max(line, size.down);
    }
    if (down + line <= height && blocks.every(({ inputs }) => (inputs + 1) * cell <= width)) return cell;
  }
  return SMALLEST;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} layer
 * @param {number} cell
 * @param {Field} field
 * @param {{unit: number, input: number} | null} lit
 */
function draw(canvas, layer, cell, { theta, blocks, palette, reach }, lit) {
  const { inputs, units } = blocks[layer];
  const context = clearCanvas(canvas, (inputs + 1) * cell + 3, units * cell);
  for (let unit = 0; unit < units; unit += 1) {
    for (let input = -1; input < inputs; input += 1) {
      const value = theta[parameterIndex(blocks, layer, unit, input)];
      const share = Number.isFinite(value) ? Math.min(1, Math.abs(value) / reach) : 0;
      const left = (input + 1) * cell + (input < 0 ? 0 : 3);
      context.fillStyle = css(mix(palette.neutral, value < 0 ? palette.negative : palette.positive, share));
      context.fillRect(left, unit * cell, cell - 1, cell - 1);
      if (lit?.unit === unit && lit.input === input) {
        context.strokeStyle = css(palette.ink);
        context.lineWidth = 2;
        context.strokeRect(left, unit * cell, cell - 1, cell - 1);
      }
    }
  }
}

/** The same for those who hear it. @param {number} layer @param {Field} field */
function tableOf(layer, { theta, blocks }) {
  const { inputs, units } = blocks[layer];
  const names = [text('weights.bias'), ...Array.from({ length: inputs }, (_, input) => String(input + 1))];
  const head = element('tr', {}, [
    element('td'),
    ...names.map((name) => element('th', { scope: 'col' }, [name])),
  ]);
  const rows = Array.from({ length: units }, (_, unit) => {
    const cells = names.map((__, column) =>
      element('td', {}, [readable(theta[parameterIndex(blocks, layer, unit, column - 1)])]),
    );
    return element('tr', {}, [
      element('th', { scope: 'row' }, [text('weights.unit', { unit: unit + 1 })]),
      ...cells,
    ]);
  });
  return element('table', { class: 'unseen' }, [
    element('caption', {}, [text('weights.layer', { layer: layer + 2 })]),
    head,
    ...rows,
  ]);
}

/**
 * One layer's picture.
 * @param {number} layer
 * @param {() => Field | null} now
 * @param {(layer: number, unit: number, input: number) => void} read
 * @param {Actions} actions
 */
function createMatrix(layer, now, read, actions) {
  const canvas = element('canvas', { role: 'img', tabindex: '0' });
  const table = element('div');
  const node = element('figure', { class: 'matrix' }, [
    element('figcaption', {}, [text('weights.layer', { layer: layer + 2 })]),
    canvas,
    table,
  ]);
  let cell = SMALLEST;
  /** @type {{unit: number, input: number} | null} */
  let lit = null;

  /** @param {number} unit @param {number} input */
  function light(unit, input) {
    const field = now();
    if (!field) return;
    const { units, inputs } = field.blocks[layer];
    lit = { unit: Math.max(0, Math.min(units - 1, unit)), input: Math.max(-1, Math.min(inputs - 1, input)) };
    draw(canvas, layer, cell, field, lit);
    read(layer, lit.unit, lit.input);
  }
  canvas.addEventListener('pointermove', ({ offsetX, offsetY }) =>
    light(Math.floor(offsetY / cell), Math.floor((offsetX - 3) / cell) - 1),
  );
  canvas.addEventListener(
    'click',
    () => lit && actions.selectPart({ kind: lit.input < 0 ? 'bias' : 'link', layer, ...lit }),
  );
  canvas.addEventListener('focus', () => light(lit?.unit ?? 0, lit?.input ?? -1));
  canvas.addEventListener('pointerleave', () => (lit = null));
  canvas.addEventListener('blur', () => (lit = null));
  canvas.addEventListener('keydown', (event) => {
    const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    light((lit?.unit ?? 0) + step[0], (lit?.input ?? -1) + step[1]);
  });

  return {
    node,
    /** @param {Field} field @param {number} size of a cell @param {boolean} resting */
    update(field, size, resting) {
      cell = size;
      const { units, inputs } = field.blocks[layer];
      setAttribute(canvas, 'aria-label', text('weights.picture', { layer: layer + 2, units, inputs }));
      draw(canvas, layer, cell, field, lit);
      if (lit) read(layer, lit.unit, lit.input);
      if (resting || table.childElementCount === 0) table.replaceChildren(tableOf(layer, field));
    },
  };
}

/** @param {HTMLElement} root @param {Actions} actions */
export function createWeightMatrices(root, actions) {
  const reading = element('span', { class: 'score', 'aria-live': 'polite' }, [text('weights.none')]);
  const range = element('span', { class: 'range' });
  const when = element('span', { class: 'when' });
  const box = element('div', { class: 'fill matrices' });
  root.append(element('div', { class: 'chartHead' }, [reading, range, when]), box);
  /** @type {ReturnType<typeof createMatrix>[]} */
  let matrices = [];
  /** @type {Field | null} */
  let field = null;
  /** @type {unknown[]} */
  let shown = [];
  let drawn = 0;

  /** @param {number} layer @param {number} unit @param {number} input */
  function read(layer, unit, input) {
    if (field)
      reading.replaceChildren(
        weightName(layer, unit, input),
        ` = ${readable(field.theta[parameterIndex(field.blocks, layer, unit, input)])}`,
      );
  }

  return {
    /** @param {State} state */
    update(state) {
      const { network, palette, layoutSizes, frame } = state;
      const theta = thetaOf(state);
      const resting = network?.status !== 'playing';
      const now = [theta, palette, layoutSizes, resting];
      if (!network || !theta || !palette || now.every((value, index) => value === shown[index])) return;
      if (!resting && performance.now() - drawn < PERIOD_MS) return;
      [shown, drawn] = [now, performance.now()];
      const reach = theta.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
      field = { theta, palette, reach, blocks: blocksOf(network), rem: layoutSizes.rem };
      if (matrices.length !== field.blocks.length) {
        matrices = field.blocks.map((_, layer) => createMatrix(layer, () => field, read, actions));
        box.replaceChildren(...matrices.map(({ node }) => node));
      }
      const cell = cellFor(field.blocks, box.clientWidth, box.clientHeight);
      for (const matrix of matrices) matrix.update(field, cell, resting);
      setText(range, text('weights.range', { value: shortest(reach, 2) }));
      setText(when, text('at', { step: whole(frame?.step ?? 0) }));
    },
    destroy() {},
  };
}
