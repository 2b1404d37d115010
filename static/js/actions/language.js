/** The language of the page: remembered by the browser, and the same page comes back in it. */

const A_YEAR = 365 * 24 * 3600;

/** @param {string} language */
export function speak(language) {
  const path = new URL('.', document.baseURI).pathname;
  document.cookie = `language=${language}; max-age=${A_YEAR}; path=${path}; samesite=lax`;
  const address = new URL(window.location.href);
  if (!address.searchParams.has('language')) {
    window.location.reload();
    return;
  }
  address.searchParams.delete('language');
  window.location.replace(address);
}
