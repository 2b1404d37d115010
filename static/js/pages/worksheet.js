/** Brings the page of a worksheet to life. */

import { createWorksheetActions } from '../actions/worksheet.js';
import { applySavedTheme } from '../actions/page/theme.js';
import { requireElement, setText } from '../lib/dom/element.js';
import { fillTexts, text, setMessages } from '../lib/format/i18n.js';
import { INITIAL_WORKSHEET, createWorksheetStore } from '../state/pages/worksheet.js';
import { fetchMessages } from '../transport/staticFiles.js';
import { createLanguageButtons } from '../views/layout/languageButtons.js';
import { createWorksheetForm } from '../views/worksheets/worksheetForm.js';
import { createWorksheet } from '../views/worksheets/worksheet.js';

const root = (/** @type {string} */ id) => requireElement(document, `#${id}`, HTMLElement);

async function start() {
  applySavedTheme();
  setMessages(await fetchMessages());
  fillTexts(document);
  document.title = text('worksheet.title');
  const store = createWorksheetStore(INITIAL_WORKSHEET);
  const actions = createWorksheetActions(store);
  const views = [createWorksheetForm(root('asking'), actions), createWorksheet(root('sheet'), root('key'))];
  createLanguageButtons(root('asking'), actions);
  store.subscribe((state) => {
    for (const view of views) view.update(state);
    setText(root('fault'), state.fault);
  });
  await actions.begin();
}

void start();
