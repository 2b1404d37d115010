/** Every key the lecture listens to, in one table that feeds the handler, the help and the hints. */

/** @typedef {import('../actions/lecture/lecture.js').LectureActions} LectureActions */
/** @typedef {import('./keyboard.js').Key<LectureActions>} Key */

/** @type {Key[]} */
export const LECTURE_KEYS = [
  { name: 'nextPage', key: 'PageDown', run: (actions) => actions.turn(1) },
  { name: 'lastPage', key: 'PageUp', run: (actions) => actions.turn(-1) },
  { name: 'jump', key: 'number', when: () => false, run: () => {} },
  { name: 'on', key: 'ArrowRight', hint: 'deck.on', run: (actions) => actions.stepForward() },
  { name: 'onBack', key: 'ArrowLeft', hint: 'deck.back', run: (actions) => actions.stepBack() },
  { name: 'round', key: 'ArrowRight', shift: true, run: (actions) => void actions.update() },
  { name: 'toggle', key: ' ', hint: 'play', run: (actions) => actions.toggle() },
  { name: 'reset', key: 'r', hint: 'reset', run: (actions) => void actions.reset() },
  { name: 'reseed', key: 'n', hint: 'reseed', run: (actions) => void actions.reseed() },
  { name: 'predict', key: 'b', hint: 'microscope.predict', run: (actions) => actions.predict() },
  { name: 'contents', key: 'c', hint: 'deck.contents', run: (actions) => actions.togglePanel('contents') },
  { name: 'projector', key: 'p', hint: 'deck.projector', run: (actions) => actions.switchProjector() },
  { name: 'theme', key: 't', hint: 'header.theme', run: (actions) => actions.switchTheme() },
  { name: 'fullscreen', key: 'f', run: (actions) => actions.fullScreen() },
  { name: 'help', key: '?', hint: 'header.help', run: (actions) => actions.togglePanel('help') },
  { name: 'dismiss', key: 'Escape', run: (actions) => actions.closePanel() },
];

/** A page's number, typed digit by digit, and Enter. @param {LectureActions} actions */
export function listenToNumbers(actions) {
  let typed = '';
  document.addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (
      ctrlKey ||
      metaKey ||
      altKey ||
      (target instanceof Element && target.closest('input, select, textarea'))
    )
      return;
    if (key === 'Enter' && typed !== '') actions.jump(Number(typed));
    typed = /^\d$/.test(key) ? typed + key : '';
  });
}
