/**
 * What the browser keeps under a name: for this tab, or for every page. A browser that may keep nothing
 * throws, and is asked for nothing more.
 */

/** @typedef {'localStorage' | 'sessionStorage'} StorageArea */

/** @param {StorageArea} place @param {string} name @returns {string | null} null: nothing is kept */
export function readStorage(place, name) {
  try {
    return window[place].getItem(name);
  } catch {
    return null;
  }
}

/** @param {StorageArea} place @param {string} name @param {string} value */
export function writeStorage(place, name, value) {
  try {
    window[place].setItem(name, value);
  } catch {
    // It is forgotten with the page.
  }
}
