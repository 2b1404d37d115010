/** The lecture's controls: reset, play, step, and how far the page has been stepped through. */

import { setAttribute, requireElement, setText } from '../../lib/dom/element.js';
import { shortest, whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';
import { arrivalRound, isWeightsFixed, showsPart, stepKind, canTrain } from '../../state/pages/lecture.js';
import { walkLength } from '../../state/pages/graphWalk.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/lecture/lecture.js').LectureActions} Actions */

/** @param {Lecture} lecture @param {State[]} networks */
function progress(lecture, [first]) {
  const kind = stepKind(lecture);
  if (kind === 'gates') return text('deck.progress', { at: lecture.at, count: walkLength(lecture) });
  const round = arrivalRound(lecture);
  if (round >= 0)
    return text('deck.arrived', { round, tolerance: shortest(lecture.exhibit?.rounds?.tolerance ?? NaN) });
  const seen = first?.frame ?? first?.network;
  return seen && kind !== 'nothing' && !isWeightsFixed(lecture) ? text('at', { step: whole(seen.step) }) : '';
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
  const back = button('back', actions.stepBack);
  const on = button('on', actions.stepForward);
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
    /** @param {Lecture} lecture @param {State[]} networks */
    update(lecture, networks) {
      const kind = stepKind(lecture);
      const playing = lecture.playing || networks.some(({ network }) => network?.status === 'playing');
      reset.hidden = lecture.networks.length === 0;
      play.hidden = !canTrain(lecture);
      setAttribute(play, 'aria-label', text(playing ? 'play.pause' : 'play.name'));
      setAttribute(play, 'data-playing', String(playing));
      setAttribute(glyph, 'href', playing ? '#icon-pause' : '#icon-play');
      back.hidden = kind !== 'gates' && kind !== 'walk';
      on.hidden = kind === 'nothing' || (kind === 'training' && !canTrain(lecture));
      all.hidden = kind !== 'gates' && !lecture.exhibit?.rounds;
      leave.hidden = lecture.networks.length === 0;
      worksheet.hidden = !lecture.exhibit?.worksheet;
      worksheet.href = `worksheets?exhibit=${lecture.exhibit?.id ?? ''}`;
      biases.hidden = !(lecture.exhibit?.network && 'frozen' in lecture.exhibit.network);
      if (page !== lecture.exhibit?.id) free.checked = false;
      page = lecture.exhibit?.id ?? '';
      rounding.hidden = !showsPart(lecture, 'gates');
      setAttribute(projector, 'aria-pressed', String(lecture.projector));
      setAttribute(help, 'aria-expanded', String(lecture.openPanel === 'help'));
      setText(said, progress(lecture, networks));
    },
    destroy() {},
  };
}
