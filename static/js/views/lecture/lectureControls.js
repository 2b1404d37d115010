/** The lecture's controls: reset, play, step, and how far the page has been stepped through. */

import { mark, part, write } from '../../lib/dom/element.js';
import { shortest, whole } from '../../lib/format/number.js';
import { text } from '../../lib/format/i18n.js';
import { arrival, keepsWeights, shows, stepped, trains } from '../../state/pages/lecture.js';
import { walkLength } from '../../state/pages/graphWalk.js';

/** @typedef {import('../../state/pages/lecture.js').Deck} Deck */
/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/lecture/lecture.js').DeckActions} Actions */

/** @param {Deck} deck @param {State[]} networks */
function progress(deck, [first]) {
  const kind = stepped(deck);
  if (kind === 'gates') return text('deck.progress', { at: deck.at, count: walkLength(deck) });
  const round = arrival(deck);
  if (round >= 0) return text('deck.arrived', { round, tolerance: shortest(deck.exhibit?.rounds?.tolerance ?? NaN) });
  const seen = first?.frame ?? first?.network;
  return seen && kind !== 'nothing' && !keepsWeights(deck) ? text('at', { step: whole(seen.step) }) : '';
}

/** @param {HTMLElement} root the page's head @param {Actions} actions */
export function createConductor(root, actions) {
  const button = (/** @type {string} */ name, /** @type {() => unknown} */ run) => {
    const node = part(root, `[name=${name}]`, HTMLButtonElement);
    node.addEventListener('click', () => void run());
    return node;
  };
  const reset = button('reset', actions.reset);
  const play = button('play', actions.toggle);
  const glyph = part(play, 'use', SVGUseElement);
  const back = button('back', actions.back);
  const on = button('on', actions.on);
  const all = button('all', actions.all);
  const leave = button('try', actions.leave);
  const projector = button('projector', actions.switchProjector);
  const help = button('help', () => actions.toggleSheet('help'));
  button('theme', actions.switchTheme);
  const worksheet = part(root, '#worksheet', HTMLAnchorElement);
  const rounding = part(root, '#rounding', HTMLElement);
  const said = part(root, '#progress', HTMLElement);
  const biases = part(root, '#biases', HTMLElement);
  const free = part(root, '[name=free]', HTMLInputElement);
  free.addEventListener('change', () => void actions.freeBiases(free.checked));
  let page = '';

  return {
    /** @param {Deck} deck @param {State[]} networks */
    update(deck, networks) {
      const kind = stepped(deck);
      const playing = deck.playing || networks.some(({ network }) => network?.status === 'playing');
      reset.hidden = deck.networks.length === 0;
      play.hidden = !trains(deck);
      mark(play, 'aria-label', text(playing ? 'play.pause' : 'play.name'));
      mark(play, 'data-playing', String(playing));
      mark(glyph, 'href', playing ? '#icon-pause' : '#icon-play');
      back.hidden = kind !== 'gates' && kind !== 'walk';
      on.hidden = kind === 'nothing' || (kind === 'training' && !trains(deck));
      all.hidden = kind !== 'gates' && !deck.exhibit?.rounds;
      leave.hidden = deck.networks.length === 0;
      worksheet.hidden = !deck.exhibit?.worksheet;
      worksheet.href = `worksheets?exhibit=${deck.exhibit?.id ?? ''}`;
      biases.hidden = !(deck.exhibit?.network && 'frozen' in deck.exhibit.network);
      if (page !== deck.exhibit?.id) free.checked = false;
      page = deck.exhibit?.id ?? '';
      rounding.hidden = !shows(deck, 'gates');
      mark(projector, 'aria-pressed', String(deck.projector));
      mark(help, 'aria-expanded', String(deck.sheet === 'help'));
      write(said, progress(deck, networks));
    },
    destroy() {},
  };
}
