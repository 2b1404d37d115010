/** REST calls. A refusal (problem+json) and a server out of reach both come as a Problem. */

import { fieldErrorText } from '../lib/format/fieldErrors.js';
import { contentType } from '../lib/format/requestSnippet.js';
import { takeFirst } from './first.js';

/** @typedef {import('../lib/format/requestSnippet.js').Request} Request */
/**
 * @typedef {{
 *   title?: string,
 *   status: number,
 *   detail?: string,
 *   errors?: import('../lib/format/fieldErrors.js').FieldError[],
 * }} ProblemDocument
 */

export const PREFIX = '/api/v1';

/** What went wrong, in the server's words where the page has none. status 0: the server did not answer. */
export class Problem extends Error {
  /** @param {ProblemDocument} document */
  constructor(document) {
    const reasons = (document.errors ?? []).map(fieldErrorText);
    super(reasons.length > 0 ? reasons.join('; ') : (document.detail ?? document.title ?? ''));
    this.status = document.status;
    /** Each wrong field with what is wrong with it. */
    this.reasons = reasons;
  }
}

/** @param {string} path */
const address = (path) => new URL(path.slice(1), document.baseURI);

/** @type {Map<Promise<any>, string>} calls that are under way, and their paths */
const inFlight = new Map();

/** Until nothing is asked any more that has this in its path. @param {string} part */
export async function retryAfter(part) {
  const waiting = () => [...inFlight].filter(([, path]) => path.includes(part)).map(([answer]) => answer);
  for (let left = waiting(); left.length > 0; left = waiting()) {
    await Promise.allSettled(left);
    await new Promise((resolve) => window.setTimeout(resolve));
  }
}

/**
 * @param {string} path
 * @param {RequestInit & {method?: string, body?: BodyInit}} how
 * @returns {Promise<Response>} a good answer
 */
async function ask(path, how) {
  const { method = 'GET', body } = how;
  let answer;
  try {
    answer = await ((typeof body !== 'object' && takeFirst(method, path, body)) || fetch(address(path), how));
  } catch {
    throw new Problem({ status: 0 });
  }
  if (answer.ok) return answer;
  const isJson = (answer.headers.get('Content-Type') ?? '').includes('json');
  throw new Problem({
    title: answer.statusText,
    ...(isJson && (await answer.json())),
    status: answer.status,
  });
}

/** @param {Request} request @returns {Promise<any>} */
async function readResponse(request) {
  const { method, path, body } = request;
  const content =
    body === undefined
      ? {}
      : { headers: { 'Content-Type': contentType(request) }, body: JSON.stringify(body) };
  const answer = await ask(path, { method, ...content });
  return (answer.headers.get('Content-Type') ?? '').includes('json') ? answer.json() : {};
}

/**
 * @param {Request} request path from the site's root
 * @returns {Promise<any>} the answer's JSON
 */
export async function call(request) {
  const answer = readResponse(request);
  inFlight.set(answer, request.path);
  try {
    return await answer;
  } finally {
    inFlight.delete(answer);
  }
}

/**
 * Send a file as it is.
 * @param {string} path
 * @param {Blob} file
 * @param {string} type
 * @returns {Promise<any>}
 */
export async function upload(path, file, type) {
  const answer = await ask(`${PREFIX}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: file,
  });
  return answer.json();
}

/**
 * What the server says as a file.
 * @param {string} path
 * @param {string} type that is wanted, where there are several
 */
export async function download(path, type) {
  const answer = await ask(`${PREFIX}${path}`, { headers: { Accept: type } });
  return answer.blob();
}

/** @param {string} path */
export const get = (path) => call({ method: 'GET', path: `${PREFIX}${path}` });

/** @param {string} path the live socket's address */
export function socketAddress(path) {
  const target = address(`${PREFIX}${path}`);
  target.protocol = target.protocol === 'https:' ? 'wss:' : 'ws:';
  return target;
}
