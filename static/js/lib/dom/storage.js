/** What the browser keeps under a name: for this tab, or for every page. A browser that may keep nothing throws, and is asked for nothing more. */

/** @typedef {'localStorage' | 'sessionStorage'} Place */

/** @param {Place} place @param {string} name @returns {string | null} null: nothing is kept */
export function kept(place, name) {
  try {
    return window[place].getItem(name);
  } catch {
    return null;
  }
}

/** @param {Place} place @param {string} name @param {string} value */
export function keep(place, name, value) {
  try {
    window[place].setItem(name, value);
  } catch {
    // It is forgotten with the page.
  }
}
