/** An action of the page as a program would send it: one curl line, and Python. */

/** @typedef {{method: string, path: string, body?: unknown}} Request path without the origin */

/**
 * A PATCH of a network is a merge patch of its spec; everything else is plain JSON.
 * @param {Request} request
 */
export function contentType({ method, path }) {
  return method === 'PATCH' && !path.endsWith('/parameters')
    ? 'application/merge-patch+json'
    : 'application/json';
}

/** @param {unknown} value JSON as a Python literal @returns {string} */
function pythonLiteral(value) {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(/** @type {Record<string, unknown>} */ (value));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${pythonLiteral(item)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** @param {Request} request @param {string} origin */
export function asCurl(request, origin) {
  const { method, path, body } = request;
  const words = ['curl'];
  if (method !== 'GET') words.push('-X', method);
  words.push(`${origin}${path}`);
  if (body !== undefined) {
    words.push(
      '-H',
      `'Content-Type: ${contentType(request)}'`,
      '-d',
      `'${JSON.stringify(body).replace(/'/g, `'\\''`)}'`,
    );
  }
  return words.join(' ');
}

/** @param {Request} request @param {string} origin */
export function asPython({ method, path, body }, origin) {
  const given = [JSON.stringify(`${origin}${path}`)];
  if (body !== undefined) given.push(`json=${pythonLiteral(body)}`);
  return `import httpx\n\nanswer = httpx.${method.toLowerCase()}(${given.join(', ')})\nprint(answer.json())`;
}
