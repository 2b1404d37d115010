/** The lecture's controls: reset, play, step, and how far the page has been stepped through. */

import { setAttribute, requireElement, setText } from '../../lib/dom/element.js';
import { shortest, whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';
import { arrivalRound, isWeightsFixed, showsPart, stepKind, canTrain } from '../../state/pages/lecture.js';
import { walkLength } from '../../state/pages/graphWalk.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Deck */
/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/lecture/lecture.js').LectureActions} Actions */

/** @param {Deck} deck @param {State[]} networks */
function progress(deck, [first]) {
  const kind = stepKind(deck);
  if (kind === 'gates') return text('deck.progress', { at: deck.at, count: walkLength(deck) });
  const round = arrivalRound(deck);
  if (round >= 0) return text('deck.arrived', { round, tolerance: shortest(deck.exhibit?.rounds?.tolerance ?? NaN) });
  const seen = first?.frame ?? first?.network;
  return seen && kind !== 'nothing' && !isWeightsFixed(deck) ? text('at', { step: whole(seen.step) }) : '';
}

/** @param {HTMLElement} root the page's head @param {Actions} actions */
export function createLectureControls(root, actions) {
  const button = (/** @type {string} */ name, /** @type {() => unknown} */ run) => {
    const node = requireElement(root, `[name=${name}]`, HTMLButtonElement);
    node.addEventListener('click', () => void run());
    return node;
  };
  const reset = button('reset', actions.reset);
  const play = button('play', actions.toggle);
  const glyph = requireElement(play, 'use', SVGUseElement);
  const back = button('back', actions.back);
  const on = button('on', actions.on);
  const all = button('all', actions.all);
  const leave = button('try', actions.leave);
  const projector = button('projector', actions.switchProjector);
  const help = button('help', () => actions.togglePanel('help'));
  button('theme', actions.switchTheme);
  const worksheet = requireElement(root, '#worksheet', HTMLAnchorElement);
  const rounding = requireElement(root, '#rounding', HTMLElement);
  const said = requireElement(root, '#progress', HTMLElement);
  const biases = requireElement(root, '#biases', HTMLElement);
  const free = requireElement(root, '[name=free]', HTMLInputElement);
  free.addEventListener('change', () => void actions.freeBiases(free.checked));
  let page = '';

  return {
    /** @param {Deck} deck @param {State[]} networks */
    update(deck, networks) {
      const kind = stepKind(deck);
      const playing = deck.playing || networks.some(({ network }) => network?.status === 'playing');
      reset.hidden = deck.networks.length === 0;
      play.hidden = !canTrain(deck);
      setAttribute(play, 'aria-label', text(playing ? 'play.pause' : 'play.name'));
      setAttribute(play, 'data-playing', String(playing));
      setAttribute(glyph, 'href', playing ? '#icon-pause' : '#icon-play');
      back.hidden = kind !== 'gates' && kind !== 'walk';
      on.hidden = kind === 'nothing' || (kind === 'training' && !canTrain(deck));
      all.hidden = kind !== 'gates' && !deck.exhibit?.rounds;
      leave.hidden = deck.networks.length === 0;
      worksheet.hidden = !deck.exhibit?.worksheet;
      worksheet.href = `worksheets?exhibit=${deck.exhibit?.id ?? ''}`;
      biases.hidden = !(deck.exhibit?.network && 'frozen' in deck.exhibit.network);
      if (page !== deck.exhibit?.id) free.checked = false;
      page = deck.exhibit?.id ?? '';
      rounding.hidden = !showsPart(deck, 'gates');
      setAttribute(projector, 'aria-pressed', String(deck.projector));
      setAttribute(help, 'aria-expanded', String(deck.openPanel === 'help'));
      setText(said, progress(deck, networks));
    },
    destroy() {},
  };
}
