/**
 * A control that goes away, is switched off or is hidden under the focus hands it on, so that a keyboard
 * never starts at the page's top again.
 */

const CONTROLS = 'a[href], button, input, select, textarea, [tabindex]';
const PANELS = '.drawer, .card, .projection, .surface';

/** @param {Element} box */
const controlsIn = (box) => [...box.querySelectorAll(CONTROLS)];

/** Whether it can have the focus. @param {Element} node */
const isStop = (node) =>
  node.isConnected && node.matches(CONTROLS) && !node.matches(':disabled') && node.checkVisibility();

/**
 * What opens the innermost panel around a control that has gone with it; where that is folded away itself,
 * what unfolds it.
 * @param {Element} node
 */
function openerOf(node) {
  for (let at = /** @type {Element | null} */ (node); at; at = at.parentElement) {
    const opener = at.id && document.querySelector(`[aria-controls="${at.id}"]`);
    if (opener && isStop(opener)) return opener;
    if (opener && !opener.contains(node)) at = opener;
  }
  return null;
}

/** Whether Tab stops at it. @param {Element} node */
const isTabStop = (node) => isStop(node) && node.getAttribute('tabindex') !== '-1';

/** Tab leaves a drawer as if it stood right behind what opens it. @param {KeyboardEvent} event */
function leavePanel(event) {
  const { activeElement: node } = document;
  const panel = node?.closest('.drawer');
  if (event.key !== 'Tab' || !node || !panel) return;
  const way = event.shiftKey ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  if (controlsIn(panel).some((other) => isTabStop(other) && node.compareDocumentPosition(other) & way))
    return;
  const opener = openerOf(node);
  const follows = (/** @type {Element} */ other) =>
    isTabStop(other) && opener && opener.compareDocumentPosition(other) & way && !panel.contains(other);
  const next = event.shiftKey ? opener : controlsIn(document.body).find(follows);
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

/** What has the focus is seen: a drawer over it closes. @param {Element} node */
function uncover(node) {
  const { x, y, width, height } = node.getBoundingClientRect();
  const panel = document.elementFromPoint(x + width / 2, y + height / 2)?.closest('.drawer');
  const close = panel && !panel.contains(node) && panel.querySelector('[name=close]');
  if (close instanceof HTMLElement) close.click();
}

/**
 * The boxes around a control, the innermost first, and which of their controls it is.
 * @param {Element} node
 */
function placesOf(node) {
  const places = [];
  for (let box = node.parentElement; box && box !== document.documentElement; box = box.parentElement) {
    places.push({ box, place: controlsIn(box).indexOf(node) });
  }
  return places;
}

/** What `enable` has switched off under the focus does nothing. @param {MouseEvent} event */
function stopWhatIsOff(event) {
  if (event.target instanceof Element && event.target.closest('[aria-disabled=true]'))
    event.stopImmediatePropagation();
}

/**
 * Keep a keyboard's focus near where it was: on what had it before the panel that has closed, on what opens
 * that, or on the control that has taken its place in the innermost box that still has any.
 */
export function restoreFocus() {
  /** @type {Element | null} */
  let held = null;
  /** @type {Element | null} what had it before a panel got it */
  let before = null;
  /** @type {ReturnType<typeof placesOf>} */
  let places = [];

  /** @param {Element} lost */
  function handOn(lost) {
    const panel = lost.closest(PANELS);
    const closed = panel?.isConnected && (panel === lost || !panel.checkVisibility());
    const opener = closed ? (before && isStop(before) ? before : openerOf(lost)) : null;
    if (opener instanceof HTMLElement) return opener.focus({ preventScroll: true });
    for (const { box, place } of places) {
      const controls = box.isConnected ? controlsIn(box) : [];
      const next = controls.slice(place).find(isStop) ?? controls.slice(0, place).findLast(isStop);
      if (next instanceof HTMLElement) return next.focus({ preventScroll: true });
    }
  }

  /** @param {Element | null} node */
  function hold(node) {
    const panel = node?.closest(PANELS);
    if (panel && !panel.contains(held)) before = held;
    held = node?.matches(CONTROLS) ? node : null;
    places = held ? placesOf(held) : [];
  }

  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element) || !target.matches(':focus-visible')) return;
    hold(target);
    requestAnimationFrame(() => uncover(target));
  });
  document.addEventListener('keydown', leavePanel);
  document.addEventListener(
    'keydown',
    () => document.activeElement !== held && hold(document.activeElement),
    true,
  );
  document.addEventListener('click', stopWhatIsOff, true);
  document.addEventListener('pointerdown', () => (held = null));
  new MutationObserver(() => {
    const { activeElement } = document;
    if (held && (activeElement === held || activeElement === document.body) && !isStop(held)) handOn(held);
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'hidden'] });
}
