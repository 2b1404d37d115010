/** The language of the page: remembered by the browser, and the same page comes back in it. */

import { rememberLanguage } from '../../transport/staticFiles.js';

/** @param {string} language */
export async function setLanguage(language) {
  if (!(await rememberLanguage(language))) return;
  const address = new URL(window.location.href);
  if (!address.searchParams.has('language')) {
    window.location.reload();
    return;
  }
  address.searchParams.delete('language');
  window.location.replace(address);
}
