/**
 * First calls: what a page asks the service in any case, sent before its main script has arrived.
 *
 * This module imports nothing, so that it is small and runs one round trip after the page. `rest.js` takes
 * the answers.
 */

/** @type {Map<string, Promise<Response>>} */
const answers = new Map();

/** @param {string} method @param {string} path @param {string} [body] */
const keyOf = (method, path, body) => [method, path, body].join(' ');

/**
 * @param {string} method
 * @param {string} path of the API
 * @param {string} [body] JSON
 * @param {(response: Response) => Promise<void>} [then] runs before anybody takes the answer
 */
function send(method, path, body, then = async () => {}) {
  const whole = `/api/v1${path}`;
  const headers = body === undefined ? undefined : { 'Content-Type': 'application/json' };
  const answer = fetch(new URL(whole.slice(1), document.baseURI), { method, headers, body }).then(
    async (response) => {
      if (response.ok) await then(response.clone());
      return response;
    },
  );
  answer.catch(() => {}); // whoever takes the answer handles its failure
  answers.set(keyOf(method, whole, body), answer);
}

/**
 * Return the answer to a request if it was sent already, at most once.
 * @param {string} method
 * @param {string} path from the site's root
 * @param {string} [body] JSON
 */
export function takeFirst(method, path, body) {
  const key = keyOf(method, path, body);
  const answer = answers.get(key);
  answers.delete(key);
  return answer;
}

/**
 * The network that this tab shows already, as `actions/page/address.js` leaves it in the address or in the
 * history.
 */
function knownNetwork() {
  return /^#id=([\w-]+)$/.exec(window.location.hash)?.[1] ?? window.history.state?.id;
}

/** @param {Response} response a network */
async function sendForData(response) {
  const { id } = await response.json();
  send('GET', `/networks/${id}/data`);
}

function sendForPlayground() {
  const id = knownNetwork();
  if (id !== undefined) send('GET', `/networks/${id}`, undefined, sendForData);
  // Any other hash is a set-up, which only the main script can read.
  else if (window.location.hash === '') send('POST', '/networks', '{}', sendForData);
  send('GET', '/catalog');
}

function sendForLecture() {
  const language = `language=${document.documentElement.lang}`;
  const name = window.location.hash.slice(1);
  send('GET', `/exhibits?${language}`);
  if (name !== '') send('GET', `/exhibits/${name}?${language}`);
  send('GET', '/catalog');
}

const { page } = document.documentElement.dataset;
if (page === 'index') sendForPlayground();
if (page === 'lecture') sendForLecture();
