/** Every key the page listens to, in one table that feeds the handler, the help and the hints. */

/** @typedef {import('../actions/index.js').Actions} Actions */
/**
 * @template Doer what a page can do
 * @typedef {{
 *   name: string,
 *   key: string,
 *   ctrl?: boolean,
 *   shift?: boolean,
 *   alt?: boolean,
 *   hint?: string,
 *   when?: (actions: Doer) => boolean,
 *   run: (actions: Doer) => void,
 * }} Key name: of its words in the catalogue; hint: what it belongs to on the page; when: it is listened to,
 *   always without
 */

/** @type {Key<Actions>[]} */
export const KEYS = [
  {
    name: 'unitLeft',
    key: 'ArrowLeft',
    when: (actions) => actions.isAmongUnits(),
    run: (actions) => actions.moveFocus(-1, 0),
  },
  {
    name: 'unitRight',
    key: 'ArrowRight',
    when: (actions) => actions.isAmongUnits(),
    run: (actions) => actions.moveFocus(1, 0),
  },
  {
    name: 'unitUp',
    key: 'ArrowUp',
    when: (actions) => actions.isAmongUnits(),
    run: (actions) => actions.moveFocus(0, -1),
  },
  {
    name: 'unitDown',
    key: 'ArrowDown',
    when: (actions) => actions.isAmongUnits(),
    run: (actions) => actions.moveFocus(0, 1),
  },
  { name: 'microscope', key: 'm', hint: 'microscope', run: (actions) => void actions.toggleMicroscope() },
  { name: 'draw', key: 'd', hint: 'draw', run: (actions) => actions.toggleDrawing() },
  {
    name: 'drawLeft',
    key: 'ArrowLeft',
    when: (actions) => actions.isDrawing(),
    run: (actions) => actions.moveCursor(-1, 0),
  },
  {
    name: 'drawRight',
    key: 'ArrowRight',
    when: (actions) => actions.isDrawing(),
    run: (actions) => actions.moveCursor(1, 0),
  },
  {
    name: 'drawUp',
    key: 'ArrowUp',
    when: (actions) => actions.isDrawing(),
    run: (actions) => actions.moveCursor(0, 1),
  },
  {
    name: 'drawDown',
    key: 'ArrowDown',
    when: (actions) => actions.isDrawing(),
    run: (actions) => actions.moveCursor(0, -1),
  },
  {
    name: 'drawPut',
    key: 'Enter',
    when: (actions) => actions.isDrawing(),
    run: (actions) => actions.putPoint(),
  },
  {
    name: 'drawNext',
    key: 'PageDown',
    when: (actions) => actions.isDrawing(),
    run: (actions) => actions.nextPoint(1),
  },
  {
    name: 'drawLast',
    key: 'PageUp',
    when: (actions) => actions.isDrawing(),
    run: (actions) => actions.nextPoint(-1),
  },
  {
    name: 'drawLabel',
    key: 'l',
    when: (actions) => actions.isDrawing(),
    run: (actions) => actions.nextBrush(),
  },
  {
    name: 'drawErase',
    key: 'Delete',
    hint: 'draw.erase',
    when: (actions) => actions.isDrawing(),
    run: (actions) => actions.erasePoint(),
  },
  {
    name: 'drawEnd',
    key: 'Escape',
    when: (actions) => actions.isDrawing(),
    run: (actions) => actions.toggleDrawing(),
  },
  {
    name: 'walkOn',
    key: 'ArrowRight',
    hint: 'microscope.on',
    when: (actions) => actions.isLooking(),
    run: (actions) => actions.walk(1),
  },
  {
    name: 'walkBack',
    key: 'ArrowLeft',
    hint: 'microscope.back',
    when: (actions) => actions.isLooking(),
    run: (actions) => actions.walk(-1),
  },
  {
    name: 'walkStart',
    key: 'Home',
    when: (actions) => actions.isLooking(),
    run: (actions) => actions.walkTo(0),
  },
  {
    name: 'walkEnd',
    key: 'End',
    when: (actions) => actions.isLooking(),
    run: (actions) => actions.walkToEnd(),
  },
  {
    name: 'predict',
    key: 'b',
    hint: 'microscope.predict',
    when: (actions) => actions.isLooking(),
    run: (actions) => void actions.togglePredict(),
  },
  { name: 'toggle', key: ' ', hint: 'play', run: (actions) => void actions.toggle() },
  { name: 'step', key: 'ArrowRight', hint: 'step', run: (actions) => void actions.step() },
  { name: 'stepEpoch', key: 'ArrowRight', shift: true, run: (actions) => void actions.step('epoch') },
  { name: 'stepExample', key: 'ArrowRight', alt: true, run: (actions) => void actions.step('example') },
  { name: 'reset', key: 'r', hint: 'reset', run: (actions) => void actions.reset() },
  { name: 'reseed', key: 'n', hint: 'reseed', run: (actions) => void actions.reseed() },
  { name: 'undo', key: 'z', ctrl: true, hint: 'undo', run: (actions) => void actions.undo() },
  { name: 'redo', key: 'z', ctrl: true, shift: true, hint: 'redo', run: (actions) => void actions.redo() },
  { name: 'redo', key: 'y', ctrl: true, run: (actions) => void actions.redo() },
  { name: 'projector', key: 'p', hint: 'projector', run: (actions) => actions.switchProjector() },
  {
    name: 'projectNetwork',
    key: '1',
    when: (actions) => actions.isProjecting(),
    run: (actions) => actions.project('network'),
  },
  {
    name: 'projectBoundary',
    key: '2',
    when: (actions) => actions.isProjecting(),
    run: (actions) => actions.project('boundary'),
  },
  {
    name: 'projectMicroscope',
    key: '3',
    when: (actions) => actions.isProjecting(),
    run: (actions) => actions.project('microscope'),
  },
  { name: 'theme', key: 't', hint: 'header.theme', run: (actions) => actions.switchTheme() },
  { name: 'rest', key: 'c', hint: 'header.rest', run: (actions) => actions.togglePanel('rest') },
  { name: 'fullscreen', key: 'f', run: (actions) => actions.fullScreen() },
  { name: 'help', key: '?', hint: 'header.help', run: (actions) => actions.togglePanel('help') },
  { name: 'dismiss', key: 'Escape', run: (actions) => actions.dismiss() },
];

const WRITING = 'input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, [contenteditable]';
const TYPING = 'input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable]';

/** Whether a key belongs to the control it was pressed on. @param {KeyboardEvent} event */
function belongsToControl({ key, target, ctrlKey, metaKey }) {
  if (!(target instanceof Element)) return false;
  if (ctrlKey || metaKey) return target.closest(WRITING) !== null;
  if (key === 'Escape') return false;
  if (target.closest(TYPING)) return true;
  if (key.startsWith('Arrow'))
    return target.closest('input, [role=radiogroup], .stage') !== null && !target.closest('#units');
  return (
    (key === ' ' || key === 'Enter') && target.closest('a, button, input, summary, [role=radio]') !== null
  );
}

/** @template Doer @param {KeyboardEvent} event @param {Doer} actions @param {Key<Doer>[]} keys */
function keyFor({ key, shiftKey, altKey, ctrlKey, metaKey }, actions, keys) {
  const letter = key.length === 1 ? key.toLowerCase() : key;
  return keys.find((entry) => {
    if (
      entry.key !== letter ||
      Boolean(entry.alt) !== altKey ||
      Boolean(entry.ctrl) !== (ctrlKey || metaKey) ||
      entry.when?.(actions) === false
    )
      return false;
    return key === '?' || Boolean(entry.shift) === shiftKey;
  });
}

/** @template Doer @param {Doer} actions @param {Key<Doer>[]} keys */
export function listenToKeys(actions, keys) {
  document.addEventListener('keydown', (event) => {
    const entry = belongsToControl(event) ? undefined : keyFor(event, actions, keys);
    if (!entry) return;
    event.preventDefault();
    entry.run(actions);
  });
}
