/** Brings the page of a worksheet to life. */

import { createWorksheetActions } from '../actions/worksheets.js';
import { wearKept } from '../actions/page/theme.js';
import { part, write } from '../lib/dom/element.js';
import { fillWords, text, useCatalogue } from '../lib/format/text.js';
import { NO_SHEET, createWorksheets } from '../state/pages/worksheets.js';
import { fetchWords } from '../transport/words.js';
import { createLanguage } from '../views/layout/language.js';
import { createAsking } from '../views/worksheets/asking.js';
import { createSheet } from '../views/worksheets/sheet.js';

const root = (/** @type {string} */ id) => part(document, `#${id}`, HTMLElement);

async function start() {
  wearKept();
  useCatalogue(await fetchWords());
  fillWords(document);
  document.title = text('worksheet.title');
  const store = createWorksheets(NO_SHEET);
  const actions = createWorksheetActions(store);
  const views = [createAsking(root('asking'), actions), createSheet(root('sheet'), root('key'))];
  createLanguage(root('asking'), actions);
  store.subscribe((state) => {
    for (const view of views) view.update(state);
    write(root('fault'), state.fault);
  });
  await actions.begin();
}

void start();
