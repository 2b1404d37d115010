/** One operation of the reference, to be tried: a form that sends it, and what is answered. */

import { requireElement, setText } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/pages/reference.js').Reference} Reference */
/** @typedef {import('../../transport/exchange.js').SentRequest} SentRequest */

/** JSON in lines; anything else as it is. @param {string} type @param {string} content */
function readable(type, content) {
  return type.includes('json') && content !== '' ? JSON.stringify(JSON.parse(content), null, 2) : content;
}

/**
 * @param {HTMLElement} root an operation's article
 * @param {{send: (operation: string, sent: SentRequest) => void}} actions
 */
export function createTryOperation(root, actions) {
  const form = requireElement(root, 'form', HTMLFormElement);
  const send = requireElement(root, '.send', HTMLButtonElement);
  const outcome = requireElement(root, '.outcome', HTMLElement);
  const status = requireElement(root, '.outcome .status', HTMLElement);
  const content = requireElement(root, '.outcome code', HTMLElement);
  const body = form.querySelector('textarea');
  const examples = form.querySelector('select[name=example]');
  const accept = form.querySelector('select[name=accept]');
  const network = form.querySelector('input[name=id]');
  const { method = '', path = '' } = root.dataset;

  /** @param {string} place */
  const given = (place) =>
    [...form.querySelectorAll('input')].filter(
      (input) => input.dataset.place === place && input.value !== '',
    );

  function fill() {
    if (body && examples instanceof HTMLSelectElement) body.value = examples.value;
  }

  function compose() {
    const query = new URLSearchParams(given('query').map(({ name, value }) => [name, value])).toString();
    const filled = given('path').reduce(
      (sofar, { name, value }) => sofar.replace(`{${name}}`, encodeURIComponent(value)),
      path,
    );
    /** @type {Record<string, string>} */
    const headers = Object.fromEntries(given('header').map(({ name, value }) => [name, value]));
    if (accept instanceof HTMLSelectElement) headers.Accept = accept.value;
    if (examples instanceof HTMLSelectElement)
      headers['Content-Type'] = examples.selectedOptions[0]?.dataset.type ?? '';
    return { method, path: filled + (query && `?${query}`), headers, body: body?.value };
  }

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    actions.send(root.id, compose());
  }

  fill();
  form.addEventListener('submit', submit);
  examples?.addEventListener('change', fill);

  return {
    /** @param {Reference} state @param {Reference} before */
    update(state, before) {
      if (network instanceof HTMLInputElement && state.network !== before.network)
        network.value = state.network;
      send.disabled = state.waiting.includes(root.id);
      const answer = state.answers[root.id];
      if (!answer || answer === before.answers[root.id]) return;
      outcome.hidden = false;
      const { phrase, size, milliseconds } = answer;
      const reached = text('reference.outcome', { status: answer.status, phrase, size, milliseconds });
      setText(status, answer.status ? reached : text('reference.unreached'));
      setText(content, readable(answer.type, answer.text));
      requireElement(outcome, 'pre', HTMLElement).hidden = answer.text === '';
    },
    destroy() {
      form.removeEventListener('submit', submit);
      examples?.removeEventListener('change', fill);
    },
  };
}
