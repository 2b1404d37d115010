/** Static files of the page: the message catalog of its language, and the presets. */

/** @returns {Promise<import('../lib/format/i18n.js').Messages>} */
export async function fetchMessages() {
  const answer = await fetch(new URL(`../../text/${document.documentElement.lang}.json`, import.meta.url));
  return answer.json();
}

/**
 * The server's answer sets the cookie: one that a script sets may come too late for the page asked for next.
 * @param {string} language
 * @returns {Promise<boolean>} whether it is remembered now; not while the server is out of reach
 */
export async function rememberLanguage(language) {
  try {
    return (await fetch(new URL(`?language=${language}`, document.baseURI), { method: 'HEAD' })).ok;
  } catch {
    return false;
  }
}

/** @returns {Promise<import('../state/slices/presets.js').Preset[]>} */
export async function fetchPresets() {
  const answer = await fetch(new URL('../../presets.json', import.meta.url));
  return answer.json();
}
