/** The reference of the API: every operation can be tried where it is described. */

import { applySavedTheme } from '../actions/page/theme.js';
import { fillTexts, text, setMessages } from '../lib/format/i18n.js';
import { INITIAL_REFERENCE, reduceReference } from '../state/pages/reference.js';
import { exchange } from '../transport/exchange.js';
import { fetchMessages } from '../transport/staticFiles.js';
import { createTryOperation } from '../views/reference/tryOperation.js';

/** @typedef {import('../state/pages/reference.js').Event} Event */
/** @typedef {import('../transport/exchange.js').SentRequest} SentRequest */

async function start() {
  applySavedTheme();
  setMessages(await fetchMessages());
  document.title = text('reference.title');
  fillTexts(document);

  let state = INITIAL_REFERENCE;
  /** @param {Event} event */
  function dispatch(event) {
    const before = state;
    state = reduceReference(state, event);
    requestAnimationFrame(() => {
      for (const trial of trials) trial.update(state, before);
    });
  }
  /** @param {string} operation @param {SentRequest} sent */
  async function send(operation, sent) {
    dispatch({ type: 'asked', operation });
    dispatch({ type: 'answered', operation, answer: await exchange(sent) });
  }
  const articles = [...document.querySelectorAll('.operation')].filter((node) => node instanceof HTMLElement);
  const trials = articles.map((article) => createTryOperation(article, { send }));
}

void start();
