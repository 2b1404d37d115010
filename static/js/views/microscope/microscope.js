/** The microscope: under the network, 32 pixels closed; open, one example's walk through it, stop by stop. */

import { setEnabled, setAttribute, requireElement, setText } from '../../lib/dom/element.js';
import { predictionOf } from '../../lib/model/selectors.js';
import { formulaNodes, gatesAddress } from '../../lib/format/notation.js';
import { whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';
import { formatNumber } from '../../lib/format/boardNumber.js';
import {
  spokenBatchLines,
  weightRelabeler,
  sentenceOf,
  titleOf,
  spokenLines,
} from '../../lib/trace/captions.js';
import { blanksAt, isAsking, isOpen, hideAnswers } from '../../lib/trace/blanks.js';
import { batchSentence } from '../../lib/trace/batchWalk.js';
import { PHASES, walkOf } from '../../lib/trace/walk.js';
import { createBoard } from './board.js';
import { createGradientCheck } from './gradientCheck.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/types.js').Spec} Spec */
/** @typedef {import('../../lib/trace/walk.js').Stop} Stop */
/** @typedef {import('../../lib/trace/blanks.js').Veiled} Veiled */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** Whether training leaves units out by chance, which no line here does. @param {Spec} spec */
const dropsOut = ({ layers }) => layers.some(({ dropout = 0 }) => dropout > 0);

/**
 * The inputs' symbols where they stand for features.
 * @param {Stop} stop
 * @param {Spec} spec
 * @param {boolean} standardized
 * @returns {(Node | string)[]}
 */
function legend({ layer, kind }, { features }, standardized) {
  const concerned = layer === 2 && (kind === 'forward' || kind === 'gradient');
  const plain = features.every((formula, index) => formula === `x${index + 1}`);
  if (!concerned || (plain && !standardized)) return [];
  const said = features.flatMap((formula, index) => [
    ...(index > 0 ? [', '] : [`${text('microscope.where')} `]),
    ...formulaNodes(`x${index + 1}`),
    ' = ',
    ...formulaNodes(formula),
  ]);
  return standardized ? [...said, ` ${text('microscope.standardized')}`] : said;
}

/** Whose numbers these are, and whether they still hold. @param {State} state */
function standing({ microscope, network, frame }) {
  const { trace, changed, moved, applied } = microscope;
  if (!trace) return { words: '', stale: false };
  const words = { step: whole(trace.step), now: whole(frame?.step ?? 0) };
  if (applied !== null && applied === frame?.step && !changed)
    return { words: text('microscope.applied', words), stale: true };
  if (!changed && !moved) return { words: text('at', words), stale: false };
  if (network?.status === 'playing') return { words: text('microscope.playing', words), stale: true };
  return {
    words: text(changed || trace.step === frame?.step ? 'microscope.otherwise' : 'microscope.stale', words),
    stale: true,
  };
}

/** @param {HTMLElement} root @param {Actions} actions */
function listen(root, actions) {
  const on = (/** @type {string} */ name, /** @type {() => void} */ run) =>
    requireElement(root, `[name=${name}]`, HTMLButtonElement).addEventListener('click', run);
  const example = requireElement(root, '[name=example]', HTMLInputElement);
  on('microscope', () => void actions.toggleMicroscope());
  on('previous', () => void actions.pickExample(example.valueAsNumber - 1));
  on('next', () => void actions.pickExample(example.valueAsNumber + 1));
  on('back', () => actions.walk(-1));
  on('on', () => actions.walk(1));
  on('again', () => void actions.reloadTrace());
  on('apply', () => void actions.doUpdate());
  on('batch', () => void actions.toggleBatch());
  on('check', () => void actions.checkGradient());
  on('predict', () => void actions.togglePredict());
  on('slides', () => actions.setNotation('slides'));
  on('matrices', () => actions.setNotation('matrices'));
  for (const phase of PHASES) on(phase, () => actions.walkToPhase(phase));
  example.addEventListener('change', () => {
    if (Number.isFinite(example.valueAsNumber)) void actions.pickExample(example.valueAsNumber);
  });
}

/** The exact value of a number pointed at. @param {HTMLElement} body @param {HTMLElement} tag */
function showExactValues(body, tag) {
  body.addEventListener('pointerover', (event) => {
    const number = event.target instanceof Element ? event.target.closest('[data-exact]') : null;
    tag.hidden = !number;
    if (!number) return;
    setText(tag, formatNumber(Number(number.getAttribute('data-exact')), true));
    const [box, around] = [number.getBoundingClientRect(), body.getBoundingClientRect()];
    const half = tag.offsetWidth / 2;
    const middle = box.left - around.left + box.width / 2;
    tag.style.left = `${Math.max(half, Math.min(around.width - half, middle))}px`;
    tag.style.top = `${box.top - around.top}px`;
  });
  body.addEventListener('pointerleave', () => {
    tag.hidden = true;
  });
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 * @param {Record<string, string>} [names] the page's own, by symbol
 */
export function createMicroscope(root, actions, names = {}) {
  const find = (/** @type {string} */ selector) => requireElement(root, selector, HTMLElement);
  const button = (/** @type {string} */ name) => requireElement(root, `[name=${name}]`, HTMLButtonElement);
  const example = requireElement(root, '[name=example]', HTMLInputElement);
  const blackboard = createBoard(find('#blackboard'), actions, weightRelabeler(names));
  const check = createGradientCheck(find('#gradientCheck'));
  let legendFor = '';
  /** Whether somebody is typing a row that is not looked at yet. */
  let typing = false;
  example.addEventListener('input', () => (typing = true));
  for (const end of ['change', 'blur']) example.addEventListener(end, () => (typing = false));
  /** The network first looked at by itself, where the dock was open before there was one. */
  let lookedAt = '';
  listen(root, actions);
  showExactValues(find('.microscopeBody'), find('#exactValue'));

  /** @param {State} state */
  function showExample({ data, microscope }) {
    const row = data?.x[microscope.example];
    const last = (data?.x.length ?? 1) - 1;
    example.max = String(last);
    if (!typing) example.value = String(microscope.example);
    setEnabled(button('previous'), microscope.example > 0);
    setEnabled(button('next'), microscope.example < last);
    const y = data?.y[microscope.example] ?? [];
    const list = (/** @type {number[]} */ values) =>
      values
        .slice(0, 4)
        .map((value) => formatNumber(Number(value.toPrecision(3))))
        .join(text('number.list')) + (values.length > 4 ? `${text('number.list')}…` : '');
    const words = row
      ? { x: list(row), y: list(y), split: text(data?.split[microscope.example] ?? 'train') }
      : null;
    const count = microscope.trace?.batch?.examples.length;
    if (microscope.batch) setText(find('#exampleIs'), count ? text('microscope.batch.is', { count }) : '');
    else setText(find('#exampleIs'), words ? text('microscope.exampleIs', words) : '');
  }

  /** @param {Stop} stop @param {State} state @param {Veiled} seen */
  function showStop(stop, state, { trace, asked }) {
    const { catalog, microscope } = state;
    const { of: network } = microscope;
    if (!catalog || !network) return;
    setText(find('#stopTitle'), titleOf(stop));
    setText(
      find('#sentence'),
      trace.batch ? batchSentence(stop, trace) : sentenceOf(stop, predictionOf(network) !== 'identity'),
    );
    setText(find('#workings'), trace.batch ? spokenBatchLines(stop, trace, names) : spokenLines(stop, names));
    const gates = requireElement(root, '#toGates', HTMLAnchorElement);
    gates.hidden =
      trace.batch !== undefined ||
      !isOpen(stop) ||
      stop.unit === 0 ||
      stop.phase === 'update' ||
      microscope.moved ||
      microscope.changed;
    gates.href = gatesAddress(network.id, stop.layer, stop.unit, trace.example);
    const drops = dropsOut(network.spec);
    const key = JSON.stringify([
      network.spec.features,
      stop.layer,
      stop.kind,
      network.standardization !== null,
      drops,
    ]);
    if (key !== legendFor) {
      legendFor = key;
      const said = legend(stop, network.spec, network.standardization !== null);
      find('#legend').replaceChildren(...said, ...(drops ? [` ${text('microscope.dropout')}`] : []));
    }
    const setting = { trace, spec: network.spec, catalog, exact: microscope.exact };
    blackboard.show(stop, setting, microscope.notation, microscope.blanks, blanksAt(stop, asked));
  }

  /** @param {State} state */
  function showWalk(state) {
    const { microscope } = state;
    const { notation, at, blanks } = microscope;
    const seen = microscope.trace && hideAnswers(microscope.trace, blanks);
    const walk = walkOf(seen?.trace ?? null, notation);
    const stop = walk[at];
    for (const phase of PHASES) {
      const chip = button(phase);
      const current = microscope.panel === 'walk' && stop?.phase === phase;
      chip.disabled = !walk.some((other) => other.phase === phase);
      if (current) setAttribute(chip, 'aria-current', 'step');
      else chip.removeAttribute('aria-current');
    }
    setEnabled(button('back'), at > 0);
    setEnabled(button('on'), at < walk.length - 1);
    setText(
      find('#stopCount'),
      walk.length > 0 ? text('microscope.count', { at: at + 1, of: walk.length }) : '',
    );
    button('apply').hidden =
      stop?.phase !== 'update' || !isOpen(stop) || microscope.moved || microscope.changed;
    setAttribute(button('slides'), 'aria-pressed', String(notation === 'slides'));
    setAttribute(button('matrices'), 'aria-pressed', String(notation === 'matrices'));
    setAttribute(button('predict'), 'aria-pressed', String(isAsking(blanks)));
    button('predict').disabled = !seen;
    button('predict').dataset.hint = microscope.batch ? 'microscope.batch.predict' : 'microscope.predict';
    setAttribute(button('batch'), 'aria-pressed', String(microscope.batch));
    button('check').disabled = seen?.any ?? false;
    if (stop && seen) showStop(stop, state, seen);
    else blackboard.clear();
  }

  return {
    /** @param {State} state */
    update(state) {
      const { microscope } = state;
      const { open, panel } = microscope;
      root.toggleAttribute('data-open', open);
      setAttribute(button('microscope'), 'aria-expanded', String(open));
      find('.microscopeBody').hidden = !open;
      find('.looking').hidden = !open;
      find('.invitation').hidden = open;
      if (!open) return;
      if (!microscope.trace && state.network && state.data && lookedAt !== state.network.id) {
        lookedAt = state.network.id;
        void actions.reloadTrace();
      }
      const { words, stale } = standing(state);
      setText(find('#standing'), words);
      root.toggleAttribute('data-stale', stale);
      button('again').hidden = !stale || state.network?.status === 'playing';
      find('#walkPanel').hidden = panel !== 'walk';
      find('#gradientCheck').hidden = panel !== 'check';
      setAttribute(button('check'), 'aria-pressed', String(panel === 'check'));
      showExample(state);
      showWalk(state);
      if (panel === 'check') check.show(microscope.check);
    },
    destroy() {},
  };
}
