/** The catalogue of the language the page was sent in. */

/** @returns {Promise<import('../lib/text.js').Words>} */
export async function fetchWords() {
  const answer = await fetch(new URL(`../../text/${document.documentElement.lang}.json`, import.meta.url));
  return answer.json();
}
