/** REST calls. A refusal (problem+json) and a server out of reach both come as a Problem. */

/** @typedef {import('../lib/snippet.js').Request} Request */
/** @typedef {{title?: string, status: number, detail?: string, errors?: {field: string, message: string}[]}} ProblemDocument */

export const PREFIX = '/api/v1';

/** What went wrong, in the server's words where it gave any. status 0: the server did not answer. */
export class Problem extends Error {
  /** @param {ProblemDocument} document */
  constructor(document) {
    const fields = (document.errors ?? []).map(({ field, message }) => `${field}: ${message}`);
    super(fields.length > 0 ? fields.join('; ') : (document.detail ?? document.title ?? ''));
    this.status = document.status;
  }
}

/** @param {string} path */
const address = (path) => new URL(path.slice(1), document.baseURI);

/**
 * @param {Request} request path from the site's root
 * @returns {Promise<any>} the answer's JSON
 */
export async function call({ method, path, body }) {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const content = body === undefined ? {} : { headers: { 'Content-Type': type }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(address(path), { method, ...content });
  } catch {
    throw new Problem({ status: 0 });
  }
  const isJson = (answer.headers.get('Content-Type') ?? '').includes('json');
  const document = isJson ? await answer.json() : {};
  if (!answer.ok) throw new Problem({ title: answer.statusText, ...document, status: answer.status });
  return document;
}

/** @param {string} path */
export const get = (path) => call({ method: 'GET', path: `${PREFIX}${path}` });

/** @param {string} path the live socket's address */
export function socketAddress(path) {
  const target = address(`${PREFIX}${path}`);
  target.protocol = target.protocol === 'https:' ? 'wss:' : 'ws:';
  return target;
}
