/**
 * What is pressed before the page can do it is kept until it can: keys at first, then clicks on what comes
 * late.
 */

const LAZY_CONTROLS = '#microscope .opener, #draw, #data [name=own]';

/** @returns {() => void} ends it, and does what was clicked last */
export function recordEarlyClick() {
  /** @type {Element | null} */
  let kept = null;
  /** @param {MouseEvent} event */
  function keep({ target }) {
    if (target instanceof Element) kept = target.closest(LAZY_CONTROLS) ?? kept;
  }
  document.addEventListener('click', keep, true);
  return () => {
    document.removeEventListener('click', keep, true);
    if (kept instanceof HTMLElement) kept.click();
  };
}

/** @returns {() => void} ends it, and presses the keys once more, in their order, for those who listen now */
export function recordEarlyKeys() {
  /** @type {KeyboardEvent[]} */
  const kept = [];
  const keep = (/** @type {KeyboardEvent} */ event) => kept.push(event);
  document.addEventListener('keydown', keep);
  return () => {
    document.removeEventListener('keydown', keep);
    for (const event of kept) (event.target ?? document).dispatchEvent(new KeyboardEvent('keydown', event));
  };
}
