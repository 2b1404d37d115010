/** The reference of the API: every operation can be tried where it is described. */

import { wearKept } from '../actions/page/theme.js';
import { fillWords, text, useCatalogue } from '../lib/format/i18n.js';
import { NOTHING_ASKED, reduceReference } from '../state/pages/reference.js';
import { exchange } from '../transport/exchange.js';
import { fetchWords } from '../transport/staticFiles.js';
import { createTrial } from '../views/reference/tryOperation.js';

/** @typedef {import('../state/pages/reference.js').Event} Event */
/** @typedef {import('../transport/exchange.js').Sent} Sent */

async function start() {
  wearKept();
  useCatalogue(await fetchWords());
  document.title = text('reference.title');
  fillWords(document);

  let state = NOTHING_ASKED;
  /** @param {Event} event */
  function dispatch(event) {
    const before = state;
    state = reduceReference(state, event);
    requestAnimationFrame(() => {
      for (const trial of trials) trial.update(state, before);
    });
  }
  /** @param {string} operation @param {Sent} sent */
  async function send(operation, sent) {
    dispatch({ type: 'asked', operation });
    dispatch({ type: 'answered', operation, answer: await exchange(sent) });
  }
  const articles = [...document.querySelectorAll('.operation')].filter((node) => node instanceof HTMLElement);
  const trials = articles.map((article) => createTrial(article, { send }));
}

void start();
