/** A click on a button whose view is still to come is kept until it is there. */

const LATE = '#microscope .opener, #draw, #data [name=own]';

/** @returns {() => void} ends it, and does what was clicked last */
export function keepEarlyClick() {
  /** @type {Element | null} */
  let kept = null;
  /** @param {MouseEvent} event */
  function keep({ target }) {
    if (target instanceof Element) kept = target.closest(LATE) ?? kept;
  }
  document.addEventListener('click', keep, true);
  return () => {
    document.removeEventListener('click', keep, true);
    if (kept instanceof HTMLElement) kept.click();
  };
}
