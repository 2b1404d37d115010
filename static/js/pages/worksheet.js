/** Brings the page of a worksheet to life. */

import { createWorksheetActions } from '../actions/worksheet.js';
import { wearKept } from '../actions/page/theme.js';
import { part, write } from '../lib/dom/element.js';
import { fillWords, text, useCatalogue } from '../lib/format/i18n.js';
import { NO_SHEET, createWorksheets } from '../state/pages/worksheet.js';
import { fetchWords } from '../transport/staticFiles.js';
import { createLanguage } from '../views/layout/languageButtons.js';
import { createAsking } from '../views/worksheets/worksheetForm.js';
import { createSheet } from '../views/worksheets/worksheet.js';

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
