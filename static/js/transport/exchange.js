/** A request as a program would send it, and the answer as it came. */

/** @typedef {import('../state/pages/reference.js').Exchange} Exchange */
/**
 * @typedef {{
 *   method: string,
 *   path: string,
 *   headers: Record<string, string>,
 *   body: string | undefined,
 * }} SentRequest path from the site's root
 */

/** @param {SentRequest} sent @returns {Promise<Exchange>} */
export async function exchange({ method, path, headers, body }) {
  const begun = performance.now();
  const passed = () => Math.round(performance.now() - begun);
  try {
    const answer = await fetch(new URL(path.slice(1), document.baseURI), { method, headers, body });
    const content = await answer.arrayBuffer();
    const type = answer.headers.get('Content-Type') ?? '';
    const isText = type.includes('json') || type.startsWith('text/');
    const text = isText ? new TextDecoder().decode(content) : '';
    return {
      status: answer.status,
      phrase: answer.statusText,
      type,
      text,
      size: content.byteLength,
      milliseconds: passed(),
    };
  } catch {
    return { status: 0, phrase: '', type: '', text: '', size: 0, milliseconds: passed() };
  }
}
